"""Findings about the shares."""

from __future__ import annotations

from typing import Any

import pytest

from syncer.audit.observed import Emptied
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ShareStatus, UnreadFolder

SHARE = "boks.example.dk/Ab12Cd34"
PATH_LINK = "https://boks.example.dk/s/Ab12Cd34?path=/Aftaler"
DIR_LINK = "https://boks.example.dk/s/Ab12Cd34?dir=/Aftaler"
BOTH_LINK = "https://boks.example.dk/s/Ab12Cd34?dir=/Aftaler&path=/Aftaler"


@pytest.mark.parametrize(
    ("status", "code", "hint"),
    [
        (ShareStatus.GONE, "share-gone", "share-again-or-unlink"),
        (ShareStatus.NEEDS_PASSWORD, "share-needs-password", "configure-password"),
        (ShareStatus.UPLOAD_ONLY, "share-unreadable", "allow-reading"),
        (ShareStatus.THROTTLED, "share-unreadable", "next-run-looks-again"),
        (ShareStatus.UNREADABLE, "share-unreadable", "next-run-looks-again"),
    ],
)
def test_each_status_has_its_finding(world: Any, status: ShareStatus, code: str, hint: str) -> None:
    """It says why, and is at the first mention of the share."""
    world.locked(status, reason=Reason("why-not", {"status": 500}))
    link = world.link(PATH_LINK, LinkStatus.UNCHECKED, kind=LinkKind.SHARE).link
    finding = world.one(code)
    assert (finding.subject, finding.line) == (SHARE, link.span.line)
    args = {"share": SHARE, "name": "Boksen", "why": "why-not", "status": 500}
    # A share that is gone harms the readers of each link that still leads to it.
    assert finding.args == ({**args, "links": 1} if code == "share-gone" else args)
    assert finding.hint == Reason(hint)


def test_a_share_that_was_not_asked_has_none(world: Any) -> None:
    """`--offline` says nothing of shares."""
    world.locked(ShareStatus.UNCHECKED, reason=Reason("offline"))
    assert world.codes() == []


def test_folders_that_were_not_read(world: Any) -> None:
    """The share is unreadable in part; at most five folders are named, all are counted."""
    unread = tuple(UnreadFolder(f"Mappe {n}", Reason("timeout")) for n in range(7))
    world.share("x.docx", unread=unread)
    args = world.one("share-unreadable").args
    assert args["folders"] == tuple(f"Mappe {n}" for n in range(5))
    assert (args["folders_count"], args["why"]) == (7, "timeout")


def test_a_live_share_without_a_tree(world: Any) -> None:
    """It lives, but nothing is known of it."""
    world.share(tree=None, reason=Reason("no-listing"))
    assert world.one("share-unreadable").args["why"] == "no-listing"


@pytest.mark.parametrize(
    ("writable", "codes"), [(True, ["share-writable"]), (False, []), (None, [])]
)
def test_anyone_can_change_the_files(world: Any, writable: bool | None, codes: list[str]) -> None:
    """Said of a share only when the server says so."""
    world.share("x.docx", writable_by_link=writable)
    assert world.codes() == codes


def test_a_share_that_no_link_names_stands_on_no_page(world: Any) -> None:
    """An alias of the settings names it."""
    world.share("x.docx", writable_by_link=True)
    finding = world.one("share-writable")
    assert (finding.page, finding.line) == (None, None)


def test_a_row_names_its_share_too(world: Any) -> None:
    """A plain-text place has no link: the row's line is where the share is named."""
    world.share("Aftaler/x.docx", writable_by_link=True)
    row = world.row("A", Verdict.MISSING)
    assert world.one("share-writable").line == row.span.line


def test_a_share_that_is_suddenly_empty(world: Any) -> None:
    """The finding says how much was there, and on how many days it was gone."""
    world.share()
    finding = world.one("share-suddenly-empty", emptied=(Emptied(SHARE, 12, 5, 4, 2),))
    assert finding.args == {
        "share": SHARE,
        "name": "Boksen",
        "files_before": 12,
        "rows_before": 5,
        "rows_lost": 4,
        "days": 2,
    }


@pytest.mark.parametrize(
    ("url", "version", "opens"),
    [
        (PATH_LINK, "31.0.4", True),
        (PATH_LINK, "30.0.1", False),
        (DIR_LINK, "30.0.1", True),
        (DIR_LINK, "31.0.4", False),
        (BOTH_LINK, "27.0.2", False),
        (BOTH_LINK, "31.0.4", False),
        (PATH_LINK, None, False),
        ("https://boks.example.dk/s/Ab12Cd34", "31.0.4", False),
    ],
)
def test_links_that_open_the_root(
    world: Any, url: str, version: str | None, *, opens: bool
) -> None:
    """From 31 the page reads `dir` only, before it `path` only; unknown versions say nothing."""
    world.share("Aftaler/x.docx", server_version=version)
    check = world.link(url, LinkStatus.OK, kind=LinkKind.SHARE)
    if not opens:
        assert world.codes() == []
        return
    finding = world.one("share-link-opens-root")
    assert (finding.subject, finding.link) == (url, check.id)
    assert finding.hint == Reason("use-link", {"url": BOTH_LINK})


def test_a_link_in_a_row_is_found_once(world: Any) -> None:
    """Whether the links were checked or not, the finding has the same id."""
    world.share("Aftaler/x.docx", server_version="31.0.0")
    row = world.row("A", Verdict.PRESENT, world.file("Aftaler/x.docx"), url=PATH_LINK)
    unchecked = world.one("share-link-opens-root")
    assert (unchecked.row, unchecked.link) == (row.id, None)
    check = world.link(PATH_LINK, LinkStatus.OK, kind=LinkKind.SHARE, link=row.links[0])
    checked = world.one("share-link-opens-root")
    assert (checked.id, checked.row, checked.link) == (unchecked.id, row.id, check.id)


def test_a_link_to_what_is_gone_is_not_said_to_open_the_root(world: Any) -> None:
    """The gone folder or share is the finding."""
    world.share("x.docx", server_version="31.0.0", gone_places=frozenset({"Aftaler"}))
    world.link(PATH_LINK, LinkStatus.BROKEN, kind=LinkKind.SHARE)
    assert "share-link-opens-root" not in world.codes()
    world.locked(ShareStatus.GONE, server_version="31.0.0")
    assert "share-link-opens-root" not in world.codes()


def test_a_link_inside_nextcloud_has_no_share(world: Any) -> None:
    """`/f/ID` names no share at all."""
    world.share("x.docx", server_version="31.0.0")
    world.link("https://boks.example.dk/f/147", LinkStatus.NEEDS_LOGIN, kind=LinkKind.LOGIN)
    assert world.codes() == ["link-needs-login"]


def test_a_wrong_password_is_corrected_not_given_again(world: Any) -> None:
    """If one is configured already, the hint says that it is wrong."""
    world.locked(ShareStatus.NEEDS_PASSWORD, reason=Reason("share-password-wrong"))
    finding = world.one("share-needs-password")
    assert finding.args["why"] == "share-password-wrong"
    assert finding.hint == Reason("correct-password")
