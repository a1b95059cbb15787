"""Every outcome of a share is a `Share` with its reason, and failed tries are few."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from syncer.model.reason import Reason
from syncer.model.rules import RULES_VERSION
from syncer.model.shares import ListingKind, RememberedRefusal, Share, ShareStatus
from syncer.nextcloud.budget import RunBudget
from syncer.nextcloud.dav.client import Connections, open_connections
from syncer.nextcloud.local import read_local_share
from syncer.nextcloud.memory import ShareMemory
from syncer.nextcloud.share_reader import HostSettings, ShareTarget, confirm_places, read_shares
from syncer.report.words import Lang, words_of
from syncer.store.database import Database, open_database
from syncer.store.share_memory import ShareStore
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud, Infinity, Rights
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Bucket, Throttle

START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)

remember_refusal = partial(RememberedRefusal, rules=RULES_VERSION)


class Night:
    """A server, a memory, and a clock that a test turns."""

    def __init__(self, server: CloudServer, memory: ShareMemory) -> None:
        """Begin at a fixed moment."""
        self.server = server
        self.cloud = server.cloud
        self.memory: ShareMemory | None = memory
        self.time = START
        self.slept_s: list[float] = []
        self.progress: list[tuple[str, int, int]] = []
        self.folders: Mapping[str, tuple[str, ...]] = {}

    def target(self, token: str, password: str | None = None) -> ShareTarget:
        """Name a share of the server."""
        settings = HostSettings(
            self.server.host, self.server.base_url, folders=self.folders, may_be_private=True
        )
        return ShareTarget(f"{self.server.host}/{token}", token, settings, password)

    def read(
        self, *tokens: str, full: bool = False, passwords: Mapping[str, str] | None = None
    ) -> tuple[Share, ...]:
        """Read shares; traffic counts from here."""
        self.server.traffic.forget()
        return read_shares(
            [self.target(token, (passwords or {}).get(token)) for token in tokens],
            memory=self.memory,
            full=full,
            around=Surroundings(
                now=lambda: self.time,
                sleep=self.slept_s.append,
                on_progress=lambda *told: self.progress.append(told),
            ),
        )

    def read_one(
        self, name: str = "TOKEN", *, full: bool = False, password: str | None = None
    ) -> Share:
        """Read one share."""
        passwords = None if password is None else {name: password}
        (share,) = self.read(name, full=full, passwords=passwords)
        return share

    def confirm(self, share: Share, *paths: str) -> Share:
        """Look a second time."""
        (share,) = confirm_places(
            [share],
            [(share.id, path) for path in paths],
            targets=[self.target(share.id.rpartition("/")[2])],
            looked_at=self.time,
            around=Surroundings(now=lambda: self.time, sleep=self.slept_s.append),
        )
        return share


@pytest.fixture(params=["27.0.2", "31.0.4"])
def version(request: pytest.FixtureRequest) -> str:
    """Give a version of each endpoint."""
    return str(request.param)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Give an empty state database."""
    opened = open_database(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def night(version: str, database: Database) -> Iterator[Night]:
    """Give a server with a small share, and an empty memory."""
    cloud = Cloud(version, throttle=Throttle(unit_s=0), now=lambda: START)
    for path in ("Delt/A/a.docx", "Delt/A/B/C/D/dyb.pdf", "Delt/Ø/æ #1 100%.txt"):
        cloud.add_file(path, b"indhold", START)
    cloud.share("TOKEN", "Delt")
    with serve_cloud(cloud, port=0) as server:
        yield Night(server, ShareStore(database))


def paths_of(share: Share) -> list[str]:
    """Return the files of a share that was read."""
    assert share.tree is not None
    return [file.path for file in share.tree.files]


def test_a_first_walk(night: Night, version: str) -> None:
    """The version, the page, and then the whole tree and its root, through the right endpoint."""
    share = night.read_one()
    assert (share.status, share.listing, share.reason) == (
        ShareStatus.OK,
        ListingKind.INFINITY,
        None,
    )
    assert paths_of(share) == ["A/B/C/D/dyb.pdf", "A/a.docx", "Ø/æ #1 100%.txt"]
    assert share.listed
    assert share.server_version == version
    assert share.endpoint == ("legacy" if version < "29" else "new")
    assert share.requests == 4
    assert share.last_full_walk_at == START
    assert share.writable_by_link is False
    assert night.server.traffic.counts == {
        "status": 1,
        "page": 1,
        "propfind-infinity": 1,
        "propfind-0": 1,
    }


def test_an_unchanged_night_costs_one_request(night: Night) -> None:
    """The tree is the remembered one, and tells when everything was last listed."""
    first = night.read_one()
    night.time += DAY
    share = night.read_one()
    assert night.server.traffic.counts == {"propfind-0": 1}
    assert (share.listing, share.requests) == (ListingKind.UNCHANGED, 1)
    assert share.tree == first.tree
    assert share.last_full_walk_at == START


def test_a_change_far_down_costs_depth_plus_three(night: Night) -> None:
    """One look at the root before and after, and one listing per level."""
    night.read_one()
    night.time += DAY
    night.cloud.add_file("Delt/A/B/C/D/ny.pdf", b"ny", START)
    share = night.read_one()
    assert share.requests == 4 + 3
    assert share.listing is ListingKind.CHANGED_PARTS
    assert "A/B/C/D/ny.pdf" in paths_of(share)
    assert share.last_full_walk_at == START
    assert night.read_one().requests == 1


def test_a_full_walk_every_week_and_when_asked_for(night: Night) -> None:
    """What no etag shows is seen after seven days at the latest, and with `full`."""
    night.read_one()
    night.time += 7 * DAY
    assert night.read_one().listing is ListingKind.INFINITY
    assert night.read_one().listing is ListingKind.UNCHANGED
    assert night.read_one(full=True).listing is ListingKind.INFINITY


def test_a_clock_that_was_set_back_is_no_reason_to_believe(night: Night) -> None:
    """A walk that seems to lie in the future is not trusted."""
    night.read_one()
    night.time -= DAY
    assert night.read_one().listing is ListingKind.INFINITY


def test_what_a_clock_set_wrong_dated_into_the_future_is_not_believed(night: Night) -> None:
    """Neither that a token was refused, nor the version, nor that a whole tree was not given."""
    night.time += 4_000 * DAY
    night.cloud.moods.infinity = Infinity.REFUSED
    night.read("TOKEN", "DEAD")
    night.time = START
    night.cloud.moods.infinity = Infinity.FULL
    night.cloud.share("DEAD", "Delt/A")
    shares = {share.name: share for share in night.read("TOKEN", "DEAD")}
    assert shares["DEAD"].status is ShareStatus.OK
    assert shares["TOKEN"].listing is ListingKind.INFINITY
    assert night.server.traffic.counts["status"] == 1


def test_the_share_of_another_folder_is_walked_anew(night: Night) -> None:
    """A root with another id is another folder, whatever its etag."""
    night.read_one()
    night.cloud.unshare("TOKEN")
    night.cloud.share("TOKEN", "Delt/A")
    assert paths_of(night.read_one()) == ["B/C/D/dyb.pdf", "a.docx"]


@pytest.mark.parametrize("mood", [Infinity.REFUSED, Infinity.CLAMPED, Infinity.CUT_OFF])
def test_a_whole_tree_that_is_not_given_is_remembered(night: Night, mood: Infinity) -> None:
    """The same tree comes folder by folder, and the next nights do not ask in vain."""
    expected = night.read_one().tree
    night.cloud.moods.infinity = mood
    share = night.read_one(full=True)
    assert (share.tree, share.listing) == (expected, ListingKind.DEPTH_1)
    assert night.memory is not None
    night.memory.save_refusal(remember_refusal(share.id, ShareStatus.GONE, night.time))
    night.time += DAY
    night.read_one()
    assert "propfind-infinity" not in night.server.traffic.counts
    night.cloud.moods.infinity = Infinity.FULL
    night.time += 7 * DAY
    assert night.read_one().listing is ListingKind.INFINITY


def test_an_ordered_full_walk_tries_a_whole_tree_again(night: Night) -> None:
    """What another run met is not looked at; what this one met is, by the host's next share."""
    night.cloud.share("TOKEN2", "Delt/A")
    night.cloud.moods.infinity = Infinity.REFUSED
    night.read("TOKEN", "TOKEN2")
    night.read("TOKEN", "TOKEN2", full=True)
    assert night.server.traffic.counts["propfind-infinity"] == 1
    night.cloud.moods.infinity = Infinity.FULL
    shares = night.read("TOKEN", "TOKEN2", full=True)
    assert [share.listing for share in shares] == [ListingKind.INFINITY] * 2
    assert night.memory is not None
    known = night.memory.load_host(night.server.host)
    assert known is not None
    assert known.infinity_failed_at is None


def test_one_folder_that_fails(night: Night) -> None:
    """The rest is read; the failed folder is asked for again the next night, alone."""
    night.cloud.moods.failing["Delt/A/B"] = 503
    share = night.read_one()
    assert (share.status, share.listed) == (ShareStatus.OK, False)
    assert share.tree is not None
    assert [(each.path, each.reason.code) for each in share.tree.unread] == [
        ("A/B", "server-status")
    ]
    assert len(night.slept_s) == 2
    night.cloud.moods.failing.clear()
    night.time += DAY
    share = night.read_one()
    assert share.listed
    assert "A/B/C/D/dyb.pdf" in paths_of(share)
    assert night.server.traffic.counts == {"propfind-0": 2, "propfind-1": 5}


def test_a_dead_token_costs_one_try_and_one_look(night: Night) -> None:
    """It is gone because both say so, and is not asked again for a day."""
    share = night.read_one("DEAD")
    assert (share.status, share.tree) == (ShareStatus.GONE, None)
    assert share.reason is not None
    assert share.reason.code == "share-gone"
    assert night.server.traffic.counts == {"status": 1, "propfind-infinity": 1, "page": 1}
    night.time += timedelta(hours=12)
    share = night.read_one("DEAD")
    assert share.status is ShareStatus.GONE
    assert share.reason is not None
    asked_at = (night.time - timedelta(hours=12)).isoformat()
    assert share.reason == Reason("share-gone", {"asked_at": asked_at})
    assert night.server.traffic.total == 0
    night.time += timedelta(hours=12)
    night.cloud.share("DEAD", "Delt/A")
    assert night.read_one("DEAD").status is ShareStatus.OK
    assert night.read_one("DEAD").listing is ListingKind.UNCHANGED


@pytest.mark.parametrize("rules", [None, RULES_VERSION - 1, RULES_VERSION + 1])
@pytest.mark.parametrize("refused", [ShareStatus.GONE, ShareStatus.NEEDS_PASSWORD])
@pytest.mark.parametrize("hours", [1, 24])
def test_a_refusal_by_other_rules_is_proof_of_nothing(
    night: Night, refused: ShareStatus, rules: int | None, hours: int
) -> None:
    """The share is asked again after an upgrade, its page too; the new answer holds for a day."""
    assert night.memory is not None
    night.memory.save_refusal(
        RememberedRefusal(night.target("DEAD").id, refused, night.time, rules)
    )
    night.time += timedelta(hours=hours)
    share = night.read_one("DEAD")
    assert (share.status, share.reason) == (ShareStatus.GONE, Reason("share-gone"))
    assert night.server.traffic.counts == {"status": 1, "propfind-infinity": 1, "page": 1}
    night.time += timedelta(hours=12)
    assert night.read_one("DEAD").status is ShareStatus.GONE
    assert night.server.traffic.total == 0


def test_a_tree_that_other_rules_read_is_listed_again(night: Night) -> None:
    """It might prove that a file is missing which these rules find in the same answers."""
    tree = night.read_one().tree
    assert isinstance(night.memory, ShareStore)
    assert tree is not None
    remembered = night.memory.load_share(night.target("TOKEN").id)
    assert remembered is not None
    night.memory.save_share(replace(remembered, rules=None), tree)
    assert night.read_one().listing is ListingKind.INFINITY
    assert night.read_one().listing is ListingKind.UNCHANGED


def test_a_closed_share_stays_closed_for_the_same_reason(night: Night) -> None:
    """The second run names the missing password as the first did, and when it was asked."""
    night.cloud.share("PW", "Delt/A", password="hemmelig")
    first = night.read_one("PW")
    asked_at = night.time
    night.time += timedelta(hours=1)
    second = night.read_one("PW")
    assert (first.status, second.status) == (ShareStatus.NEEDS_PASSWORD,) * 2
    assert first.reason == Reason("share-password-missing")
    assert second.reason == Reason("share-password-missing", {"asked_at": asked_at.isoformat()})
    words = words_of(Lang.DA)
    reasons = [share.reason for share in (first, second) if share.reason is not None]
    said = [words.reason(reason.code, reason.args) for reason in reasons]
    assert said[1].startswith(f"{said[0]} Den blev sidst prøvet ")
    assert night.server.traffic.total == 0


def test_a_full_walk_asks_a_dead_token_again(night: Night) -> None:
    """Somebody may just have shared it anew: nothing that was remembered is used."""
    assert night.read_one("DEAD").status is ShareStatus.GONE
    night.cloud.share("DEAD", "Delt/A")
    night.time += timedelta(minutes=5)
    assert night.read_one("DEAD").status is ShareStatus.GONE
    assert night.read_one("DEAD", full=True).status is ShareStatus.OK


def test_a_share_that_goes_loses_its_tree(night: Night) -> None:
    """What was remembered of a share that is gone is dropped."""
    night.read_one()
    night.cloud.unshare("TOKEN")
    night.time += DAY
    assert night.read_one().status is ShareStatus.GONE
    assert night.memory is not None
    assert night.memory.load_share(night.target("TOKEN").id) is None


def test_what_the_share_points_at_is_gone(night: Night) -> None:
    """A share without its folder is gone, as its page says too."""
    night.cloud.share("TOM", "Delt/A/B")
    night.cloud.delete("Delt/A/B")
    assert night.read_one("TOM").status is ShareStatus.GONE


def test_passwords(night: Night) -> None:
    """The right one opens; a wrong one and a missing one are told apart, each tried once."""
    night.cloud.share("PW", "Delt/A", password="hemmelig")
    right = night.read_one("PW", password="hemmelig")
    assert right.status is ShareStatus.OK
    assert night.cloud.throttle.failures("127.0.0.1", Bucket.PAGE) == 0
    night.memory = None
    wrong = night.read_one("PW", password="forkert")
    assert (wrong.status, wrong.tree) == (ShareStatus.NEEDS_PASSWORD, None)
    assert wrong.reason is not None
    assert wrong.reason.code == "share-password-wrong"
    missing = night.read_one("PW")
    assert missing.reason is not None
    assert missing.reason.code == "share-password-missing"
    assert night.server.traffic.counts == {"status": 1, "page": 1}
    assert "hemmelig" not in repr(night.target("PW", "hemmelig"))


def test_a_password_that_was_configured_since_is_tried(night: Night) -> None:
    """A remembered refusal does not stand before the password that opens the share."""
    night.cloud.share("PW", "Delt/A", password="hemmelig")
    assert night.read_one("PW").status is ShareStatus.NEEDS_PASSWORD
    assert night.read_one("PW", password="hemmelig").status is ShareStatus.OK


def test_a_file_drop(night: Night) -> None:
    """Files can be put there and not be seen: settled, and no failed try."""
    night.cloud.share("DROP", "Delt/A", rights=Rights.UPLOAD_ONLY)
    share = night.read_one("DROP")
    assert (share.status, share.conclusive) == (ShareStatus.UPLOAD_ONLY, True)


def test_a_share_of_a_single_file(night: Night) -> None:
    """It holds that file under its own name, which stays known while it is unchanged."""
    night.cloud.share("FIL", "Delt/A/a.docx")
    share = night.read_one("FIL")
    assert share.tree is not None
    assert share.tree.single_file
    assert paths_of(share) == ["a.docx"]
    assert share.name == "a.docx"
    assert share.listed
    again = night.read_one("FIL")
    assert (again.tree, again.requests) == (share.tree, 1)
    night.cloud.write("Delt/A/a.docx", b"nyt")
    changed = night.read_one("FIL")
    assert paths_of(changed) == ["a.docx"]
    assert changed.tree != share.tree


def test_a_share_that_anybody_may_change(night: Night) -> None:
    """The letters of the root tell it, also when nothing else is asked."""
    night.cloud.share("SKRIV", "Delt/A", rights=Rights.WRITE)
    assert night.read_one("SKRIV").writable_by_link is True
    assert night.read_one("SKRIV").writable_by_link is True


def test_good_shares_come_first_and_a_host_is_left_alone_after_five_failures(
    night: Night,
) -> None:
    """Known-good shares are read; after five dead tokens the rest is not asked."""
    night.read_one("TOKEN")
    dead = [f"D{number}" for number in range(8)]
    shares = {share.name: share for share in night.read(*dead, "TOKEN")}
    assert shares["TOKEN"].status is ShareStatus.OK
    assert [shares[token].status for token in dead] == [ShareStatus.GONE] * 5 + [
        ShareStatus.THROTTLED
    ] * 3
    reason = shares["D7"].reason
    assert reason is not None
    assert (reason.code, reason.args) == ("server-left-alone", {"failed_tries": 5})
    assert not any(shares[token].conclusive for token in dead[5:])


def test_dead_tokens_of_the_night_before_count_as_well(night: Night) -> None:
    """The new endpoint settles each for one failed try; a 401 of the old one needs the page too."""
    dead = [f"D{number}" for number in range(8)]
    assert night.memory is not None
    for token in dead:
        refusal = remember_refusal(night.target(token).id, ShareStatus.GONE, night.time)
        night.memory.save_refusal(refusal)
    night.time += DAY
    statuses = [share.status for share in night.read(*dead)]
    assert statuses == [ShareStatus.GONE] * 5 + [ShareStatus.THROTTLED] * 3
    pages = 0 if night.cloud.version.startswith("31") else 5
    assert night.server.traffic.counts.get("page", 0) == pages


def test_a_server_that_grows_slow_is_left_alone_earlier(night: Night) -> None:
    """The delay that the server itself names stops us before the next dubious token."""
    night.cloud.throttle.unit_s = 3.0
    night.cloud.throttle.sleep = lambda _: None
    shares = night.read("D1", "D2", "D3", "D4")
    assert [share.status for share in shares] == [ShareStatus.GONE] * 2 + [
        ShareStatus.THROTTLED
    ] * 2
    assert night.server.traffic.counts["capabilities"] == 1


def test_a_lock_out_says_nothing_about_any_share(night: Night) -> None:
    """A server that shuts us out is asked once, and every share is "not checked"."""
    night.memory = None
    for number in range(12):
        night.read(*(f"X{number}{letter}" for letter in "abcde"))
        share = night.read_one()
        if share.status is ShareStatus.THROTTLED:
            break
    assert share.status is ShareStatus.THROTTLED
    assert share.reason is not None
    assert share.reason.code == "server-throttled"
    assert night.server.traffic.counts["propfind-infinity"] == 1
    assert not share.conclusive


@pytest.fixture(params=["29.0.16", "31.0.4", "32.0.1"])
def handbook_night(request: pytest.FixtureRequest, database: Database) -> Iterator[Night]:
    """Give what the real handbook's links lead to: a live share, a dead one, a locked one."""
    cloud = Cloud(request.param, throttle=Throttle(unit_s=0), now=lambda: START)
    cloud.add_file("Delt/a.docx", b"indhold", START)
    cloud.share("TOKEN", "Delt")
    cloud.share("LOCKED", "Delt", password="hemmelig")
    with serve_cloud(cloud, port=0) as server:
        yield Night(server, ShareStore(database))


def test_a_nightly_leaves_one_failed_try(handbook_night: Night) -> None:
    """A dead token is denied twice when it is met, then once a night; a locked one never counts."""
    night = handbook_night
    counted: list[int] = []
    for hours in (0, 12, 24, 48, 72):
        night.time = START + timedelta(hours=hours)
        night.cloud.throttle.forget()
        shares = {share.name: share.status for share in night.read("TOKEN", "LOCKED", "DEAD")}
        assert shares == {
            "TOKEN": ShareStatus.OK,
            "LOCKED": ShareStatus.NEEDS_PASSWORD,
            "DEAD": ShareStatus.GONE,
        }
        counted.append(night.cloud.throttle.failures())
    assert counted == [2, 0, 1, 1, 1]


def test_a_server_without_pages_at_the_short_address(night: Night) -> None:
    """Its 404 for every share's page hides no share: WebDAV is asked as well."""
    night.cloud.moods.rewrites = False
    assert night.read_one().status is ShareStatus.OK
    assert night.memory is not None
    night.cloud.share("DEAD", "Delt/A")
    for refused in (ShareStatus.NEEDS_PASSWORD, ShareStatus.GONE):
        night.memory.save_refusal(remember_refusal(night.target("DEAD").id, refused, night.time))
        night.time += DAY
        assert night.read_one("DEAD").status is ShareStatus.OK


@pytest.mark.parametrize("token", ["min-egen", "min_egen", "Ab-1_2"])
def test_a_token_of_ones_own(night: Night, token: str) -> None:
    """It is read where it works, the old endpoint before 32, also when the version is hidden."""
    night.cloud.share(token, "Delt/A")
    assert night.read_one(token).endpoint == "legacy"
    night.cloud.moods.status_page = False
    night.memory = None
    assert night.read_one(token).status is ShareStatus.OK
    night.cloud.moods.status_page = True
    night.cloud.version = "32.0.1"
    assert night.read_one(token).endpoint == "new"


def test_maintenance(night: Night) -> None:
    """Every share of the host is "not checked", for the price of one request."""
    night.cloud.moods.maintenance = True
    shares = night.read("TOKEN", "U", "V")
    assert {share.status for share in shares} == {ShareStatus.UNREADABLE}
    assert {share.reason.code for share in shares if share.reason} == {"server-maintenance"}
    assert night.server.traffic.total <= 3


def test_a_server_that_is_down(night: Night) -> None:
    """It is tried three times for all its shares together; what is remembered stays."""
    night.read_one()
    night.server.unplug()
    shares = night.read("TOKEN", "U", "V")
    assert {share.reason.code for share in shares if share.reason} == {"server-not-reached"}
    assert sum(share.requests for share in shares) == 3
    assert len(night.slept_s) == 2
    night.server.plug_in()
    assert night.read_one().listing is ListingKind.UNCHANGED


def test_a_hidden_version_is_found_out_by_asking(night: Night, version: str) -> None:
    """Where a proxy hides the status, the new endpoint is tried first, and what it was is kept."""
    night.cloud.moods.status_page = False
    share = night.read_one()
    assert share.status is ShareStatus.OK
    assert share.server_version is None
    assert share.endpoint == ("legacy" if version < "29" else "new")
    assert night.read_one().requests == 1


def test_an_endpoint_found_out_by_asking_may_go(night: Night) -> None:
    """A server that hides its version and has another endpoint now is asked once more."""
    night.cloud.moods.status_page = False
    night.cloud.version = "31.0.4"
    assert night.read_one().endpoint == "new"
    night.cloud.version = "27.0.2"
    share = night.read_one()
    assert (share.status, share.endpoint) == (ShareStatus.OK, "legacy")


def test_a_server_that_was_upgraded_since(night: Night, version: str) -> None:
    """The legacy endpoint goes on to answer; a full walk learns the new version."""
    night.read_one()
    night.cloud.version = "31.0.9"
    assert night.read_one().status is ShareStatus.OK
    share = night.read_one(full=True)
    assert (share.server_version, share.endpoint) == ("31.0.9", "new")


def test_a_server_that_is_older_than_remembered(night: Night) -> None:
    """An endpoint that is none any more is found out in the same run."""
    night.cloud.version = "31.0.4"
    night.read_one()
    night.cloud.version = "27.0.2"
    share = night.read_one()
    assert (share.status, share.endpoint) == (ShareStatus.OK, "legacy")


def test_only_some_folders_of_a_share(night: Night) -> None:
    """The scope is what the settings name, and is never remembered as the whole."""
    night.folders = {"TOKEN": ("A/B",)}
    share = night.read_one()
    assert paths_of(share) == ["A/B/C/D/dyb.pdf"]
    assert share.listed
    assert share.scope == ("A/B",)
    assert night.confirm(share, "Ø").found_places == {"Ø"}
    night.folders = {}
    assert len(paths_of(night.read_one())) == 3


def test_progress_is_told(night: Night) -> None:
    """Each folder that is listed is told, with how many are known."""
    night.cloud.moods.infinity = Infinity.REFUSED
    share = night.read_one()
    assert share.tree is not None
    assert night.progress[0] == ("shares", 0, 1)
    assert night.progress[-2:] == [(share.id, 6, 6), ("shares", 1, 1)]


def test_a_run_that_was_stopped_reads_nothing(night: Night) -> None:
    """What was not read says so."""
    stop = threading.Event()
    stop.set()
    (share,) = read_shares(
        [night.target("TOKEN")],
        memory=None,
        full=False,
        around=Surroundings(now=lambda: START, sleep=night.slept_s.append, stop=stop),
    )
    assert share.status is ShareStatus.UNREADABLE
    assert share.reason is not None
    assert share.reason.code == "run-stopped"
    assert night.server.traffic.total == 0


def test_when_the_time_for_all_shares_is_over_none_is_asked(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each says so; nothing is denied."""
    monkeypatch.setattr("syncer.nextcloud.share_reader.RUN_LIMIT_S", -1.0)
    shares = night.read("TOKEN", "DEAD")
    assert [share.reason for share in shares] == [Reason("run-out-of-time")] * 2
    assert not any(share.conclusive for share in shares)
    assert night.server.traffic.total == 0


def test_a_private_address_is_asked_only_where_the_settings_name_it(night: Night) -> None:
    """A page of the handbook cannot make the run ask a machine of the network it runs in."""
    settings = HostSettings(night.server.host, night.server.base_url)
    (share,) = read_shares(
        [ShareTarget(f"{night.server.host}/TOKEN", "TOKEN", settings)],
        memory=None,
        full=False,
        around=Surroundings(now=lambda: START, sleep=night.slept_s.append),
    )
    assert share.reason == Reason("share-private-address")
    assert night.server.traffic.total == 0


def test_a_host_is_reached_as_its_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its address, with its certificates, by so many connections, with the waits of the run."""
    seen: list[Connections] = []

    def note(*args: Any, **options: Any) -> Connections:
        seen.append(open_connections(*args, **options))
        return seen[-1]

    monkeypatch.setattr("syncer.nextcloud.share_reader.open_connections", note)
    settings = HostSettings("x.dk", "https://x.dk/sky", ca_file=Path("/egen.pem"), workers=3)
    around = Surroundings(sleep=lambda _: None)
    around.stop.set()
    read_shares([ShareTarget("x.dk/T", "T", settings)], memory=None, full=False, around=around)
    (one,) = seen
    assert (one.base_url, getattr(one.adapter, "_ca_path", None)) == (
        "https://x.dk/sky",
        "/egen.pem",
    )
    assert (one.sleep, one.patience.stop) == (around.sleep, around.stop)
    assert getattr(one.adapter, "_pool_maxsize", None) == 3


@pytest.mark.parametrize("remembered", [False, True])
def test_large_shares_leave_room_for_others(
    night: Night, monkeypatch: pytest.MonkeyPatch, *, remembered: bool
) -> None:
    """All shares of a run have one budget, also from memory; each is sure of a part of it."""
    for token in ("A", "B"):
        for number in range(40):
            night.cloud.add_file(f"{token}/{number}/{number}.txt", b"a", START)
        night.cloud.share(token, token)
    if remembered:
        night.read("A", "B", "TOKEN")
        night.time += DAY
    monkeypatch.setattr("syncer.nextcloud.budget.STEP", 1)
    # 80 entries each, and room for what several threads are receiving at the same time.
    monkeypatch.setattr(
        "syncer.nextcloud.share_reader.RunBudget", lambda shares: RunBudget(shares, 150)
    )
    shares = {share.name: share for share in night.read("A", "B", "TOKEN")}
    assert shares["A"].conclusive
    assert shares["TOKEN"].conclusive
    tree = shares["B"].tree
    assert tree is not None
    assert {unread.reason.code for unread in tree.unread} == {"share-too-big"}


def test_a_place_is_gone_when_two_looks_agree(night: Night) -> None:
    """The second look comes five seconds later, and asks only for what was not seen."""
    share = night.read_one()
    night.server.traffic.forget()
    share = night.confirm(share, "", "A", "A/a.docx", "Væk", "A/Væk")
    assert share.gone_places == {"Væk", "A/Væk"}
    assert night.server.traffic.counts == {"propfind-0": 2}
    assert night.slept_s == [5.0]
    assert share.requests == 4 + 2


@pytest.mark.parametrize(
    ("ago_s", "waits_s"), [(0, [5.0]), (2, [3.0]), (4.5, [0.5]), (5, []), (60, []), (-60, [5.0])]
)
def test_a_second_look_comes_five_seconds_after_the_first(
    night: Night, ago_s: float, waits_s: list[float]
) -> None:
    """What has passed counts; a clock that was set back makes no longer wait."""
    share = night.read_one()
    confirm_places(
        [share],
        [(share.id, "Væk")],
        targets=[night.target("TOKEN")],
        looked_at=night.time - timedelta(seconds=ago_s),
        around=Surroundings(now=lambda: night.time, sleep=night.slept_s.append),
    )
    assert night.slept_s == waits_s


def test_a_place_that_is_there_at_the_second_look_is_not_gone(night: Night) -> None:
    """What came meanwhile is not denied."""
    share = night.read_one()
    night.cloud.add_file("Delt/Ny/x.txt", b"", START)
    confirmed = night.confirm(share, "Ny", "Væk")
    assert confirmed.found_places == {"Ny"}
    assert confirmed.gone_places == {"Væk"}


def test_a_second_look_that_fails_proves_nothing(night: Night) -> None:
    """Nor does an incomplete tree, or a share that was not read."""
    share = night.read_one()
    night.server.unplug()
    assert night.confirm(share, "Væk").gone_places == frozenset()
    night.server.plug_in()
    night.cloud.moods.failing["Delt/Ø"] = 403
    share = night.read_one(full=True)
    assert not share.listed
    assert night.confirm(share, "Væk").gone_places == frozenset()
    dead = night.read_one("DEAD")
    assert night.confirm(dead, "Væk").gone_places == frozenset()


@pytest.mark.parametrize("trouble", ["gone", "protected", "down", "maintenance"])
def test_a_second_look_ends_with_what_the_other_places_would_meet(
    night: Night, trouble: str
) -> None:
    """A share that was withdrawn meanwhile costs one failed try, a server that is down one wait."""
    share = night.read_one()
    night.server.traffic.forget()
    match trouble:
        case "gone":
            night.cloud.unshare("TOKEN")
        case "protected":
            night.cloud.share("TOKEN", "Delt", password="hemmelig")
        case "maintenance":
            night.cloud.moods.maintenance = True
        case _:
            night.server.unplug()
    confirmed = night.confirm(share, *(f"Væk {number}" for number in range(30)))
    assert confirmed.gone_places == frozenset()
    assert confirmed.requests - share.requests == (3 if trouble == "down" else 1)
    assert night.cloud.throttle.failures() <= 1


def test_a_place_that_is_refused_does_not_hide_the_next(night: Night) -> None:
    """A folder of which the server says nothing useful leaves the others to be confirmed."""
    share = night.read_one()
    night.cloud.add_file("Delt/Nægtet/x.txt", b"", START)
    night.cloud.moods.failing["Delt/Nægtet"] = 403
    assert night.confirm(share, "Nægtet", "Væk").gone_places == {"Væk"}


def test_a_share_that_is_withdrawn_while_it_is_walked(night: Night) -> None:
    """Only the folders being asked for are failed tries, and they count for the host."""
    for number in range(40):
        night.cloud.add_file(f"Delt/{number:02}/x.txt", b"", START)
    night.cloud.moods.infinity = Infinity.REFUSED
    withdraw = iter([True])

    def unshare(stage: str, *_: object) -> None:
        if stage != "shares" and next(withdraw, False):
            night.cloud.unshare("TOKEN")

    (share, *dead) = read_shares(
        [night.target(token) for token in ("TOKEN", "U", "V", "W", "X", "Y")],
        memory=night.memory,
        full=True,
        around=Surroundings(
            now=lambda: night.time,
            sleep=night.slept_s.append,
            on_progress=unshare,
        ),
    )
    assert (share.status, share.listed) == (ShareStatus.OK, False)
    assert share.tree is not None
    assert len(share.tree.unread) == 43
    assert share.requests <= 3 + HostSettings("", "").workers + 1
    assert [each.status for each in dead] == [ShareStatus.GONE] * 4 + [ShareStatus.THROTTLED]


@pytest.fixture
def busy_night(night: Night) -> Night:
    """Give two folders with a file each, listed one after the other."""
    night.cloud.add_file("Delt 2/A/en.pdf", b"1", START)
    night.cloud.add_file("Delt 2/B/to.pdf", b"2", START)
    night.cloud.share("BUSY", "Delt 2")
    night.cloud.moods.infinity = Infinity.REFUSED
    return night


def _read_while(night: Night, happens: Callable[[int], None]) -> Share:
    """Read the busy share; `happens` gets the number of folders that are listed."""
    target = night.target("BUSY")
    (share,) = read_shares(
        [replace(target, host=replace(target.host, workers=1))],
        memory=night.memory,
        full=False,
        around=Surroundings(
            now=lambda: night.time,
            on_progress=lambda stage, done, _: None if stage == "shares" else happens(done),
        ),
    )
    return share


@pytest.mark.parametrize("remembered", [False, True])
def test_a_file_that_is_moved_during_the_walk_is_found(busy_night: Night, remembered: bool) -> None:
    """Each folder's file goes into the other one when one of them is listed."""
    cloud = busy_night.cloud
    if remembered:
        busy_night.read_one("BUSY")
        cloud.write("Delt 2/A/en.pdf", b"11")
        cloud.write("Delt 2/B/to.pdf", b"22")
    moves = iter([("A/en.pdf", "B/en.pdf"), ("B/to.pdf", "A/to.pdf")])

    def move(done: int) -> None:
        if done == 2:
            for path, to in moves:
                cloud.move(f"Delt 2/{path}", f"Delt 2/{to}")

    share = _read_while(busy_night, move)
    assert share.listed
    assert paths_of(share) == ["A/to.pdf", "B/en.pdf"]
    assert share.listing is (ListingKind.CHANGED_PARTS if remembered else ListingKind.DEPTH_1)
    again = busy_night.read_one("BUSY")
    assert (again.listing, again.tree) == (ListingKind.UNCHANGED, share.tree)


def test_a_share_that_changes_all_the_time_proves_no_absence(busy_night: Night) -> None:
    """It is unread for this night, and as before when it rests."""
    share = _read_while(busy_night, lambda _: busy_night.cloud.touch("Delt 2/B/to.pdf"))
    assert not share.listed
    assert share.tree is not None
    assert [each.reason.code for each in share.tree.unread] == ["share-kept-changing"]
    assert busy_night.read_one("BUSY").listed


def test_nothing_unseen_waits_for_nothing(night: Night) -> None:
    """No second look, no wait."""
    share = night.read_one()
    assert night.confirm(share, "A").gone_places == frozenset()
    assert night.slept_s == []


def test_local_and_strange_places(night: Night, tmp_path: Path) -> None:
    """A local listing settles by itself; places of unknown shares and targets are left alone."""
    (tmp_path / "Mappe").mkdir()
    local = read_local_share("h/LOKAL", tmp_path / "Mappe")
    share = night.read_one()
    night.server.traffic.forget()
    confirmed = confirm_places(
        [local, share],
        [("h/LOKAL", "Væk"), (share.id, "Væk"), ("h/UKENDT", "Væk")],
        targets=[],
        looked_at=night.time - timedelta(seconds=9),
        around=Surroundings(now=lambda: night.time, sleep=night.slept_s.append),
    )
    assert [each.gone_places for each in confirmed] == [frozenset({"Væk"}), frozenset()]
    assert night.server.traffic.total == 0
    assert night.slept_s == []


def test_an_interrupted_walk_is_not_remembered(night: Night) -> None:
    """A run that is stopped in the middle keeps what was remembered before."""
    before = night.read_one().tree
    night.cloud.moods.infinity = Infinity.REFUSED
    stop = threading.Event()
    (share,) = read_shares(
        [night.target("TOKEN")],
        memory=night.memory,
        full=True,
        around=Surroundings(
            now=lambda: night.time,
            sleep=night.slept_s.append,
            stop=stop,
            on_progress=lambda stage, *_: None if stage == "shares" else stop.set(),
        ),
    )
    assert not share.listed
    assert night.memory is not None
    assert night.memory.load_tree(share.id) == before


@pytest.mark.parametrize("changed", [False, True])
def test_a_damaged_memory_is_not_believed(
    night: Night, database: Database, changed: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a part of what was remembered is lost, everything is listed, and the log says why."""
    before = paths_of(night.read_one())
    database.run(lambda records: records.delete(f"tree {night.target('TOKEN').id}"), None)
    if changed:
        night.cloud.touch("Delt/A/a.docx")
    share = night.read_one()
    assert paths_of(share) == before
    assert share.listing is ListingKind.INFINITY
    assert share.last_full_walk_at == night.time
    assert "is damaged: listing everything" in caplog.text
    assert night.read_one().listing is ListingKind.UNCHANGED
