"""Which shares a run names, and how each is reached."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings, NextcloudSettings, PinSettings
from syncer.errors import ConfigError
from syncer.model.reason import Reason
from syncer.model.shares import (
    ACCOUNT_NAME,
    ListingKind,
    Share,
    ShareKind,
    ShareStatus,
    name_account,
)
from syncer.nextcloud.share_reader import HostSettings, ShareTarget
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.shares import NamedShare, find_shares, list_targets, look_at_shares
from syncer.surroundings import Surroundings
from tests.unit.pipeline.test_handbook import read

HOST = "boks.example"
TOKENS = ("Aaaa1111Bbbb222", "Cccc3333Dddd444", "Eeee5555Ffff666")
SHARES = tuple(f"{HOST}/{token}" for token in TOKENS)
URL = f"https://{HOST}/s/{TOKENS[0]}"
TABLE = "| Ressource | Placering |\n|---|---|\n"


def make_settings(*, user: str | None = None, **cloud: Any) -> Settings:
    """Return settings that name the Nextcloud."""
    return Settings(
        handbook=HandbookSettings(site="github"),
        nextcloud=(NextcloudSettings(host=HOST, user=user, **cloud),),
    )


def find(
    text: str, settings: Settings | None = None, *, rows_only: bool = False, **more: Any
) -> dict[str, NamedShare]:
    """Return the shares that a page and the settings name."""
    settings = settings or make_settings()
    return find_shares(
        read({"a.md": text}, settings=settings, **more), settings, rows_only=rows_only
    )


def target(text: str, settings: Settings, secrets: Secrets | None = None) -> ShareTarget:
    """Return how the only share of a page is reached."""
    handbook = read({"a.md": text}, settings=settings)
    job = Job(
        settings=settings,
        options=AuditOptions(offline=True),
        secrets=secrets or Secrets(),
        memory=Memory(),
        around=Surroundings(),
    )
    (found,) = list_targets(job, handbook)
    return found


def test_links_rows_and_pins_name_shares() -> None:
    """With the folders and files that are named in each; the root is none of these."""
    text = (
        f"[a]({URL}?path=/Aftaler) [rod]({URL}) [b]({URL}/download?path=/B&files=x.docx)\n\n"
        f"{TABLE}| Plan | [Her](https://{HOST}/s/{TOKENS[1]}?path=/Skabeloner) |\n"
    )
    pins = (PinSettings(name="Plan", share=SHARES[2], path="x"),)
    settings = replace(make_settings(), pin=pins)
    named = find(text, settings)
    assert list(named) == list(SHARES)
    assert {share.id: share.places for share in named.values()} == {
        SHARES[0]: {"Aftaler", "B", "B/x.docx"},
        SHARES[1]: {"Skabeloner"},
        SHARES[2]: frozenset(),
    }
    assert list(find(text, settings, rows_only=True)) == list(SHARES[1:])
    assert {share.base_url for share in named.values()} == {f"https://{HOST}"}
    assert not any(share.file_ids or share.index_php for share in named.values())


def test_rows_of_pages_outside_of_the_run_name_no_share() -> None:
    """`--page` narrows them."""
    settings = make_settings()
    rows = f"| P | [H](https://{HOST}/s/{TOKENS[1]}) |\n| Q | [H]({URL}?path=/Q) |\n"
    pages = {"a.md": f"[a]({URL})\n", "b.md": f"{TABLE}{rows}"}
    (only,) = find_shares(read(pages, ("a.md",)), settings, rows_only=False).values()
    assert (only.id, only.places) == (SHARES[0], frozenset())
    assert list(find_shares(read(pages, ("b.md",)), settings, rows_only=False)) == [*SHARES[:2]]


def test_one_link_with_index_php_tells_of_it() -> None:
    """Every server has its page there."""
    found = find(f"[a]({URL}) [b](https://{HOST}/index.php/s/{TOKENS[0]})\n")
    assert found[SHARES[0]].index_php
    other = find(f"[a]({URL}) [b](https://{HOST}/index.php/s/{TOKENS[1]})\n")
    assert not other[SHARES[0]].index_php


@pytest.mark.parametrize("order", [1, -1])
def test_a_share_is_reached_by_https_where_one_link_is(order: int) -> None:
    """Whichever comes first."""
    urls = [f"http://{HOST}/s/{TOKENS[0]}", URL][::order]
    found = find(" ".join(f"[a]({url})" for url in urls) + "\n")
    assert found[SHARES[0]].base_url == f"https://{HOST}"
    two = find(f"[a]({URL}) [b](http://{HOST}/s/{TOKENS[1]})\n")
    assert [share.base_url for share in two.values()] == [f"https://{HOST}", f"http://{HOST}"]


def test_what_is_behind_the_login_is_the_account_s() -> None:
    """Where the settings name one: the files that links name by id, the folders that rows name."""
    text = (
        f"[a](https://{HOST}/f/7) [b](https://{HOST}/f/9) [c](https://andet.example/f/8)\n\n"
        f"{TABLE}| Plan | [Her](https://{HOST}/apps/files/?dir=/Mappe) |\n"
    )
    assert find(text) == {}
    named = find(text, make_settings(user="anna"))
    (account,) = named.values()
    assert account.id == name_account(HOST)
    assert account.file_ids == {7, 9}
    assert account.places == {"Mappe"}
    assert list(find(f"[a](https://{HOST}/f/7)\n", make_settings(user="anna"))) == [account.id]
    only_row = find(text, make_settings(user="anna"), rows_only=True)
    assert list(only_row) == [account.id]
    assert only_row[account.id].file_ids == frozenset()


def test_a_share_is_asked_with_its_own_password() -> None:
    """The account's goes to the account alone, and the host's login with every share.

    The settings say how the host is reached, not the pages, which could send a password elsewhere
    or in clear text.
    """
    settings = make_settings(
        user="anna", base_url="http://10.0.0.2", workers=2, full_walk_every_days=3,
        ca_file=Path("ca.pem"), folders={TOKENS[0]: ("/Å/",), TOKENS[1]: ()},
    )  # fmt: skip
    secrets = Secrets(shares={SHARES[0]: "delt"}, accounts={HOST: "kode"})
    host = HostSettings(
        host=HOST,
        base_url="http://10.0.0.2",
        may_be_private=True,
        ca_file=Path("ca.pem"),
        workers=2,
        full_walk_every_days=3,
        folders={TOKENS[0]: ("Å",), ACCOUNT_NAME: ()},
        account=("anna", "kode"),
    )
    url = f"http://{HOST}"
    share = ShareTarget(
        id=SHARES[0], token=TOKENS[0], host=host, password="delt", user=None, index_php=False,
        public_url=url, file_ids=(),
    )  # fmt: skip
    assert target(f"[a]({url}/s/{TOKENS[0]})\n", settings, secrets) == share
    rows = f"{TABLE}| P | [H]({url}/apps/files/?dir=/M) |\n| Q | [H]({url}/apps/files/?dir=/L) |\n"
    files = " ".join(f"[a]({url}/index.php/f/{number})" for number in (9, 33, 7, 24))
    assert target(f"{files}\n\n{rows}", settings, secrets) == replace(
        share,
        id=name_account(HOST),
        token=ACCOUNT_NAME,
        host=replace(host, folders={TOKENS[0]: ("Å",), ACCOUNT_NAME: ("L", "M")}),
        password="kode",
        user="anna",
        file_ids=(7, 9, 24, 33),
    )
    plain = replace(
        share,
        host=HostSettings(
            host=HOST, base_url=f"https://{HOST}", may_be_private=True, folders={ACCOUNT_NAME: ()}
        ),
        password=None,
        public_url=f"https://{HOST}",
        index_php=True,
    )
    text = f"[a](https://{HOST}/index.php/s/{TOKENS[0]})\n"
    assert target(text, make_settings(), replace(secrets, shares={})) == plain
    assert target(text, make_settings(user="anna")) == plain
    assert target(f"[a]({url}/s/{TOKENS[0]})\n", make_settings()).host == plain.host


def test_another_cloud_on_a_named_host_is_reached_as_its_links_say() -> None:
    """The address in the settings is that of the host's own."""
    settings = make_settings(base_url="http://10.0.0.2", folders={TOKENS[0]: ("A",)})
    found = target(f"[a](https://{HOST}/nc/s/{TOKENS[0]})\n", settings)
    assert found.host.base_url == f"https://{HOST}/nc"
    assert found.host.folders == {ACCOUNT_NAME: ()}


def test_people_reach_a_share_by_its_public_address() -> None:
    """That of its links; of a pinned share that of the settings, unless it is one within."""
    assert target(f"[a](http://{HOST}/s/{TOKENS[0]})\n", make_settings()).public_url == (
        f"http://{HOST}"
    )
    pin = (PinSettings(name="Plan", share=SHARES[0], path="x"),)
    for base_url, public in (
        (f"http://{HOST}", f"http://{HOST}"),
        ("http://10.0.0.2", f"https://{HOST}"),
        (None, f"https://{HOST}"),
    ):
        settings = replace(make_settings(base_url=base_url), pin=pin)
        assert target("# A\n", settings).public_url == public


def look(text: str, **options: Any) -> Any:
    """Look at the shares of a page, offline."""
    settings = make_settings()
    job = Job(
        settings=settings,
        options=AuditOptions(offline=True, **options),
        secrets=Secrets(),
        memory=Memory(),
        around=Surroundings(),
    )
    return look_at_shares(job, read({"a.md": text}, settings=settings))


def test_offline_no_share_is_looked_at(tmp_path: Path) -> None:
    """But those that are read from a folder; each says why."""
    (tmp_path / "A.docx").write_bytes(b"x")
    text = f"[a]({URL}) [b](https://{HOST}/s/{TOKENS[1]})\n"
    found = look(text, share_folders={TOKENS[1]: tmp_path})
    assert found[SHARES[0]] == Share(
        id=SHARES[0],
        kind=ShareKind.PUBLIC,
        name=TOKENS[0],
        base_url=f"https://{HOST}",
        endpoint=None,
        server_version=None,
        status=ShareStatus.UNCHECKED,
        listing=ListingKind.NONE,
        tree=None,
        reason=Reason("offline"),
    )
    assert [file.path for file in found[SHARES[1]].tree.files] == ["A.docx"]


def test_a_folder_for_a_share_that_nothing_names_is_wrong(tmp_path: Path) -> None:
    """The tokens that there are help to find the slip."""
    text = " ".join(f"[a](https://{HOST}/s/{token})" for token in reversed(TOKENS)) + "\n"
    with pytest.raises(ConfigError) as raised:
        look(text, share_folders={"Zzzz": tmp_path})
    wrong = "--share-folder Zzzz: no link of the audited pages leads to that share"
    assert raised.value.problems == (f"{wrong}; there are {', '.join(TOKENS)}.",)
    with pytest.raises(ConfigError) as raised:
        look("# A\n", share_folders={"Zzzz": tmp_path})
    assert raised.value.problems == (f"{wrong}.",)


def test_a_folder_behind_a_committed_link_is_not_read(tmp_path: Path) -> None:
    """A stranger's pull request would choose what is read; all such are told, in order."""
    subprocess.run(["git", "init", "-q", str(tmp_path / "bog")], check=True)
    (tmp_path / "bog" / "ud").symlink_to(tmp_path)
    subprocess.run(["git", "-C", str(tmp_path / "bog"), "add", "."], check=True)
    text = " ".join(f"[a](https://{HOST}/s/{token})" for token in TOKENS) + "\n"
    linked = tmp_path / "bog" / "ud"
    with pytest.raises(ConfigError) as raised:
        look(text, share_folders=dict.fromkeys(reversed(TOKENS), linked))
    assert [problem.partition(" is not read: ")[0] for problem in raised.value.problems] == [
        f"--share-folder {token}: {linked}" for token in TOKENS
    ]
    assert raised.value.problems[0].endswith("leads out of it. Name the folder itself.")


def test_a_host_is_the_same_in_any_case() -> None:
    """The settings may write it as people do; addresses have it in lower case."""
    settings = Settings(
        handbook=HandbookSettings(site="github"),
        nextcloud=(NextcloudSettings(host="Boks.Example", user="anna", workers=2),),
    )
    table = f"\n\n{TABLE}| P | [H](https://{HOST}/apps/files/?dir=/M) |\n| Q | [H]({URL}) |\n"
    text = f"[a](https://{HOST}/f/7){table}"
    named = find(text, settings)
    assert {share.id: (share.places, share.file_ids) for share in named.values()} == {
        SHARES[0]: (frozenset(), frozenset()),
        name_account(HOST): ({"M"}, {7}),
    }
    assert target(f"[a]({URL})\n", settings).host.workers == 2


def test_shares_come_by_their_ids() -> None:
    """In whatever order the pages name them."""
    text = " ".join(f"[a](https://{HOST}/s/{token})" for token in reversed(TOKENS))
    assert list(find(f"{text}\n")) == list(SHARES)


def test_an_account_sees_the_folders_of_all_pages() -> None:
    """Its scope is the same whatever pages a run is about; without it none is looked at."""
    settings = make_settings(user="anna")
    pages = {
        "a.md": f"[a](https://{HOST}/f/7)\n",
        "b.md": f"{TABLE}| P | [H](https://{HOST}/apps/files/?dir=/M) |\n",
        "c.md": f"[a]({URL})\n",
    }
    account = name_account(HOST)
    part = find_shares(read(pages, ("a.md",), settings=settings), settings, rows_only=False)
    assert {id_: share.places for id_, share in part.items()} == {account: {"M"}}
    other = find_shares(read(pages, ("c.md",), settings=settings), settings, rows_only=False)
    assert list(other) == [SHARES[0]]


def test_a_row_that_names_a_file_behind_the_login_names_the_account() -> None:
    """Where the settings name one; no folder is known yet."""
    text = f"{TABLE}| P | [H](https://{HOST}/f/7) |\n"
    (account,) = find(text, make_settings(user="anna"), rows_only=True).values()
    assert (account.id, set(account.places), set(account.file_ids)) == (
        name_account(HOST),
        set(),
        {7},
    )
    assert find(text, rows_only=True) == {}


def test_an_account_has_no_token_for_a_folder(tmp_path: Path) -> None:
    """It is not among those that are named; problems come in order."""
    settings = make_settings(user="anna")
    job = Job(
        settings=settings,
        options=AuditOptions(offline=True, share_folders={"Zz": tmp_path, "Yy": tmp_path}),
        secrets=Secrets(),
        memory=Memory(),
        around=Surroundings(),
    )
    with pytest.raises(ConfigError) as raised:
        look_at_shares(job, read({"a.md": f"[a](https://{HOST}/f/7)\n"}, settings=settings))
    wrong = "no link of the audited pages leads to that share."
    assert raised.value.problems == tuple(
        f"--share-folder {token}: {wrong}" for token in ("Yy", "Zz")
    )
