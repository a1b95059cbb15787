"""An account's folders and files, and what it tells of its links, in few requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from syncer.errors import NotFound, Protocol, RemoteError, Transient
from syncer.model.shares import ACCOUNT_NAME, Share, ShareKind, ShareStatus
from syncer.nextcloud import account_shares, account_visit
from syncer.nextcloud.dav.multistatus import DavEntry, EntryKind
from syncer.nextcloud.share_reader import HostSettings, ShareTarget, read_shares
from syncer.surroundings import Surroundings
from tests.cloud.account import SHARES_API
from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle

if TYPE_CHECKING:
    from syncer.nextcloud.server import DavSource

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
USER, PASSWORD = "natte", "kode"


@pytest.fixture(params=["", "/sky"])
def server(request: pytest.FixtureRequest) -> Iterator[CloudServer]:
    """Serve a shared folder, which the account owns, and two that it shares with nobody."""
    cloud = Cloud("31.0.4", throttle=Throttle(unit_s=0), now=lambda: NOW)
    for path in ("Delt/a.docx", "Internt/b.docx", "Privat/c.docx"):
        cloud.add_file(path, b"x", NOW)
    cloud.share("SLUT", "Delt", expires_at=NOW + timedelta(days=20))
    cloud.share("FRI", "Delt")
    cloud.accounts[USER] = PASSWORD
    with serve_cloud(cloud, webroot=request.param) as running:
        yield running


def read(
    server: CloudServer,
    *tokens: str,
    password: str | None = PASSWORD,
    folders: tuple[str, ...] | None = None,
    file_ids: tuple[int, ...] = (),
) -> dict[str, Share]:
    """Read shares, and the account where folders are given, by the last part of their ids."""
    server.traffic.forget()
    host = HostSettings(
        server.host,
        server.base_url,
        may_be_private=True,
        folders={ACCOUNT_NAME: folders or ()},
        account=None if password is None else (USER, password),
    )
    targets = [ShareTarget(f"{server.host}/{token}", token, host) for token in tokens]
    if folders is not None:
        name = f"{server.host}/{ACCOUNT_NAME}"
        targets.append(ShareTarget(name, ACCOUNT_NAME, host, password, USER, file_ids=file_ids))
    around = Surroundings(now=lambda: NOW, sleep=lambda _: None)
    shares = read_shares(targets, memory=None, full=False, around=around)
    return {share.id.rpartition("/")[2]: share for share in shares}


def asked_for_terms(server: CloudServer) -> list[int]:
    """Return the statuses with which the list of links was answered."""
    return [one.status for one in server.traffic.served if one.path.endswith(SHARES_API)]


def test_one_request_tells_when_all_links_end(server: CloudServer) -> None:
    """Below any webroot; the first share by id has it among its requests."""
    server.cloud.share("PW", "Delt", password="hemmelig")
    shares = read(server, "SLUT", "FRI", "PW")
    ends = {name: (share.expires_on, share.has_password) for name, share in shares.items()}
    assert ends == {"SLUT": (date(2026, 12, 13), False), "FRI": (None, False), "PW": (None, True)}
    assert asked_for_terms(server) == [200]
    alone = read(server, "SLUT", "FRI", "PW", password=None)
    assert asked_for_terms(server) == []
    assert {name: share.requests - alone[name].requests for name, share in shares.items()} == {
        "FRI": 1,
        "PW": 0,
        "SLUT": 0,
    }


def test_an_account_without_public_links_tells_nothing(server: CloudServer) -> None:
    """There is nothing to ask its links for."""
    shares = read(server, folders=("Internt",))
    assert asked_for_terms(server) == []
    assert [share.kind for share in shares.values()] == [ShareKind.ACCOUNT]


def test_a_refused_account_is_a_share_of_its_own(server: CloudServer) -> None:
    """Its one request is its own, the public shares are as they were, and the try is counted."""
    shares = read(server, "SLUT", password="forkert")
    account = shares[ACCOUNT_NAME]
    assert account.reason is not None
    assert (account.kind, account.status, account.endpoint, account.reason.code) == (
        ShareKind.ACCOUNT,
        ShareStatus.NEEDS_PASSWORD,
        "account",
        "account-refused",
    )
    assert asked_for_terms(server) == [401]
    assert account.requests == 1
    assert shares["SLUT"] == read(server, "SLUT", password=None)["SLUT"]
    assert USER not in repr(account)


def test_a_refused_account_is_not_asked_for_its_links(server: CloudServer) -> None:
    """Its login failed a moment before: another would be a second failed try."""
    shares = read(server, "SLUT", password="forkert", folders=("Internt",))
    assert shares[ACCOUNT_NAME].status is ShareStatus.NEEDS_PASSWORD
    assert asked_for_terms(server) == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_throttle_in_a_folder_of_an_account_ends_it(server: CloudServer, status: int) -> None:
    """Nothing more is asked of a server that wants to be left alone; one bad folder is no such."""
    server.cloud.moods.failing["Internt"] = status
    shares = read(server, "SLUT", folders=("Internt", "Privat"))
    account = shares[ACCOUNT_NAME]
    assert (account.status, account.listed) == (ShareStatus.OK, False)
    assert asked_for_terms(server) == ([] if status == 429 else [200])
    assert (shares["SLUT"].expires_on is None) is (status == 429)


def test_a_server_that_tells_no_links_is_no_refusal(
    server: CloudServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its app for sharing may be off: the shares are as they were, and the log says why."""
    monkeypatch.setattr(account_shares, "_SHARES", "/ocs/v2.php/apps/none")
    shares = read(server, "SLUT", "FRI")
    assert list(shares) == ["FRI", "SLUT"]
    assert [share.expires_on for share in shares.values()] == [None, None]
    assert f"{server.host} does not tell when links end: 4" in caplog.text


def test_a_server_that_goes_silent_for_its_links(
    server: CloudServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read stays as it was."""

    def fail(*_: object, **__: object) -> None:
        raise Transient("timeout")

    expected = read(server, "SLUT", password=None)
    monkeypatch.setattr(account_shares, "parse_terms", fail)
    assert read(server, "SLUT") == expected


def test_files_are_found_by_their_ids(server: CloudServer) -> None:
    """A file is added to what was walked, a folder is walked; what nobody sees is passed over."""
    number = server.cloud.tree.get("Privat/c.docx").file_id
    folder = server.cloud.tree.get("Internt").file_id
    account = read(server, folders=(), file_ids=(999_999, number, folder))[ACCOUNT_NAME]
    assert account.tree is not None
    assert [file.path for file in account.tree.files] == ["Internt/b.docx", "Privat/c.docx"]
    assert account.last_full_walk_at == NOW


class Lookups:
    """Answers each id with a path, or the error that it was given for it."""

    def __init__(self, errors: dict[int, RemoteError] | None = None) -> None:
        """Ask nobody."""
        self.errors = errors or {}
        self.asked: list[int] = []

    def find_path(self, file_id: int) -> str | None:
        """Note the id."""
        self.asked.append(file_id)
        if file_id in self.errors:
            raise self.errors[file_id]
        return f"{file_id}.txt"

    def look_at(self, path: str) -> DavEntry:
        """Describe a file."""
        return DavEntry(path, f"/{path}", EntryKind.FILE)


def test_two_hundred_ids_are_looked_up() -> None:
    """The smallest, in their order: the same ones each night."""
    source = Lookups()
    found = account_visit._look_up(
        cast("DavSource", source), {number * 7 % 401 for number in range(401)}
    )
    assert source.asked == list(range(200))
    assert [entry.path for entry in found] == [f"{number}.txt" for number in range(200)]


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (NotFound("not-found"), [1, 2, 3]),
        (Protocol("http-status", status=501), [1, 2]),
        (Transient("timeout"), [1, 2]),
    ],
)
def test_a_lookup_that_fails(error: RemoteError, asked: list[int]) -> None:
    """A file that went meanwhile says nothing of the next; a server without searches does."""
    source = Lookups({2: error})
    found = account_visit._look_up(cast("DavSource", source), (3, 2, 1))
    assert source.asked == asked
    assert [entry.path for entry in found] == [f"{number}.txt" for number in asked if number != 2]
