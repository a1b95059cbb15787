"""Whole visits (`syncer.nextcloud.visit`): the share, the requests, the progress, the memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from syncer.model.reason import Reason
from syncer.model.shares import ACCOUNT_NAME, ListingKind
from syncer.model.shares import ShareStatus as Status
from tests.cloud.cloud import Cloud, Infinity, Rights
from tests.unit.nextcloud.visits import PASSWORD, Visits


def be_plain(_: Cloud) -> None:
    """Leave everything as it is."""


def refuse_whole_trees(cloud: Cloud) -> None:
    """List folders only."""
    cloud.moods.infinity = Infinity.REFUSED


def fail_a_folder(cloud: Cloud) -> None:
    """Answer for one folder that something is wrong."""
    cloud.moods.failing["Delt/B"] = 503


def fail(cloud: Cloud) -> None:
    """Answer for everything that something is wrong."""
    cloud.moods.failing[""] = 502


def refuse(cloud: Cloud) -> None:
    """Let nobody see anything."""
    cloud.moods.failing[""] = 403


def ask_for_a_password(cloud: Cloud) -> None:
    """Protect the link."""
    cloud.share("T", "Delt", password="hemmelig")


def let_anybody_write(cloud: Cloud) -> None:
    """Allow changes by the link."""
    cloud.share("T", "Delt", rights=Rights.WRITE)


def take_uploads(cloud: Cloud) -> None:
    """Show nothing of the share."""
    cloud.share("T", "Delt", rights=Rights.UPLOAD_ONLY)


def share_a_file(cloud: Cloud) -> None:
    """Share nothing but a file."""
    cloud.share("T", "Delt/c.docx")


def end(cloud: Cloud) -> None:
    """Remove the link."""
    cloud.unshare("T")


def lose_the_folder(cloud: Cloud) -> None:
    """Remove what the link leads to."""
    cloud.delete("Delt")


def be_maintained(cloud: Cloud) -> None:
    """Answer nothing but the status."""
    cloud.moods.maintenance = True


def hide_the_status(cloud: Cloud) -> None:
    """Answer as behind a proxy."""
    cloud.moods.status_page = False


def throttle_a_folder(cloud: Cloud) -> None:
    """Ask to be left alone when a folder is asked for."""
    cloud.moods.failing["Delt/B"] = 429


def lose_everything(cloud: Cloud) -> None:
    """Answer that nothing is there."""
    cloud.moods.failing[""] = 404


def search_nothing(cloud: Cloud) -> None:
    """Know no searches."""
    cloud.moods.searches = False


def throttle(cloud: Cloud) -> None:
    """Ask to be left alone."""
    cloud.moods.failing[""] = 429


BEGIN = "status 200, page 200, "
WHOLE = "infinity ~/ 207, 0 ~/ 207"
KEPT = "6 entries by its etag, new; 31.0.4 None"
MISSING = {
    "status": Status.NEEDS_PASSWORD, "reason": Reason("share-password-missing"), "endpoint": None,
    "requests": 2,
}  # fmt: skip
WRONG = {
    "status": Status.NEEDS_PASSWORD, "reason": Reason("share-password-wrong"), "requests": 3,
}  # fmt: skip
UPLOADS = {
    "status": Status.UPLOAD_ONLY, "reason": Reason("share-upload-only"), "requests": 3,
}  # fmt: skip
GONE = {"status": Status.GONE, "reason": Reason("share-gone")}
MAINTAINED = {
    "status": Status.UNREADABLE, "reason": Reason("server-maintenance"), "endpoint": None,
    "server_version": None, "requests": 1,
}  # fmt: skip
THROTTLED = {"status": Status.THROTTLED, "reason": Reason("server-throttled")}
BAD_FOLDER = {
    "listing": ListingKind.DEPTH_1, "requests": 9, "files": "A/a.docx c.docx",
    "B": Reason("server-status", {"status": 503}),
}  # fmt: skip
SINGLE = {"listing": ListingKind.DEPTH_1, "requests": 3, "name": "c.docx", "files": "c.docx"}


def unread(status: int, **more: object) -> dict[str, object]:
    """Return in what a share differs that answered with a status."""
    reason = Reason("server-status", {"status": status})
    return {"status": Status.UNREADABLE, "reason": reason, **more}


@pytest.mark.parametrize(
    ("prepare", "password", "differs", "asked", "remembered"),
    [
        (be_plain, None, {}, BEGIN + WHOLE, KEPT),
        (be_plain, "x", {"has_password": None}, BEGIN + WHOLE, KEPT),
        (let_anybody_write, None, {"writable_by_link": True}, BEGIN + WHOLE, KEPT),
        (refuse_whole_trees, None, {"listing": ListingKind.DEPTH_1, "requests": 7},
         BEGIN + "infinity ~/ 412, 1 ~/ 207, 1 ~/B/ 207, 1 ~/A/ 207, 0 ~/ 207",
         KEPT + ", in parts"),
        (fail_a_folder, None, BAD_FOLDER,
         BEGIN + "infinity ~/ 503, 1 ~/ 207, 1 ~/B/ 503, 1 ~/B/ 503, 1 ~/B/ 503, 1 ~/A/ 207, "
         "0 ~/ 207", "5 entries, new; 31.0.4 None, in parts"),
        (fail, None, unread(502, requests=6),
         BEGIN + "infinity ~/ 502, 1 ~/ 502, 1 ~/ 502, 1 ~/ 502", ""),
        (refuse, None, unread(403), BEGIN + "infinity ~/ 403, 1 ~/ 403", ""),
        (ask_for_a_password, None, MISSING, "status 200, page 303", "needs-password, True"),
        (ask_for_a_password, "x", WRONG, "status 200, page 303, infinity ~/ 401", ""),
        (ask_for_a_password, "hemmelig", {"has_password": None},
         "status 200, page 303, " + WHOLE, KEPT),
        (take_uploads, None, UPLOADS, BEGIN + "infinity ~/ 405", ""),
        (share_a_file, None, SINGLE, BEGIN + "infinity ~/ 207",
         "1 entries by its etag, new; 31.0.4 None"),
        (end, None, GONE | {"requests": 3}, "status 200, page 404, infinity ~/ 503", "gone, True"),
        (lose_the_folder, None, GONE, "status 200, page 404, infinity ~/ 404, 1 ~/ 404",
         "gone, True"),
        (be_maintained, None, MAINTAINED, "status 200", ""),
        (hide_the_status, None, {"server_version": None, "requests": 5},
         "status 403, page 200, 0 ~/ 207, " + WHOLE, "6 entries by its etag, new; None new"),
        (throttle, None, THROTTLED | {"requests": 3}, BEGIN + "infinity ~/ 429", ""),
    ],
    ids=lambda given: given.__name__ if callable(given) else "",
)  # fmt: skip
def test_a_public_share(
    prepare: Callable[[Cloud], None],
    password: str | None,
    differs: dict[str, object],
    asked: str,
    remembered: str,
    visits: Visits,
) -> None:
    """Each answer has its status, its reason, its price and what is kept of it."""
    prepare(visits.cloud)
    (share,) = visits.read("T", password=password)
    assert visits.differs(share) == differs
    assert (visits.asked, visits.remembered()) == (asked, remembered)
    listed = [one for one in asked.split(", ") if one.startswith("1 ~") and one.endswith(" 207")]
    assert visits.progress == [
        ("shares", 0, 1),
        *((share.id, done, 3) for done in range(1, len(listed) + 1)),
        ("shares", 1, 1),
    ]


def test_some_folders_of_a_share(visits: Visits) -> None:
    """They are its scope, a missing one is unread, and no tree is kept."""
    (share,) = visits.read("T", folders=("A", "Væk"))
    assert visits.differs(share) == {
        "listing": ListingKind.DEPTH_1, "requests": 6, "scope": ("A", "Væk"), "files": "A/a.docx",
        "Væk": Reason("server-not-found"),
    }  # fmt: skip
    assert visits.asked == BEGIN + "0 ~/ 207, 1 ~/A 207, 1 ~/Væk 404, 0 ~/ 207"
    assert visits.progress == [("shares", 0, 1), (share.id, 1, 2), ("shares", 1, 1)]
    assert visits.remembered() == "31.0.4 None"


def test_a_share_that_is_gone_is_asked_at_its_page_first_by_a_full_walk(visits: Visits) -> None:
    """The page costs less if somebody shared it anew; else a request by WebDAV settles it."""
    end(visits.cloud)
    for full, asked in ((False, "page 404, infinity ~/ 503"), (True, "page 404, infinity ~/ 503")):
        (share,) = visits.read("T", full=full)
        assert visits.differs(share) == GONE | {"requests": 3}
        assert visits.asked == "status 200, " + asked
    visits.now += timedelta(days=1)
    (share,) = visits.read("T")
    assert visits.differs(share) == GONE | {"requests": 2}
    assert visits.asked == "status 200, infinity ~/ 503"


def test_a_server_that_is_down_is_asked_three_times(visits: Visits) -> None:
    """At the page of the share: WebDAV would not answer either."""
    visits.read("T")
    visits.server.unplug()
    (share,) = visits.read("D")
    assert visits.differs(share) == {
        "status": Status.UNREADABLE, "reason": Reason("server-not-reached"), "endpoint": None,
        "requests": 3,
    }  # fmt: skip
    assert len(visits.slept_s) == 2


@pytest.mark.parametrize("version", ["27.0.2", "31.0.4"])
def test_a_version_that_is_hidden(visits: Visits, version: str) -> None:
    """The endpoint is found out by one request, which an old server refuses."""
    visits.cloud.version = version
    hide_the_status(visits.cloud)
    (share,) = visits.read("T")
    old = version == "27.0.2"
    more = {"endpoint": "legacy"} if old else {}
    assert visits.differs(share) == {"server_version": None, "requests": 5, **more}
    tried = f"0 ~/ {404 if old else 207}, "
    whole = WHOLE.replace("~", "/public.php/webdav") if old else WHOLE
    assert visits.asked == "status 403, page 200, " + tried + whole
    endpoint = "legacy" if old else "new"
    assert visits.remembered() == f"6 entries by its etag, {endpoint}; None {endpoint}"


FIRST = "status 200, page 404, infinity /public.php/dav/files/D/ 503, "
LOOK = "0 ~/ 207, 1 ~/Delt 207, 1 ~/Delt/B/ 207, 1 ~/Delt/A/ 207"
ALL_OF_MINE = "Delt/A/a.docx Delt/B/b.docx Delt/c.docx"
SHUT = dict.fromkeys(("", "Delt/A", "Delt/B"), Reason("server-throttled"))
NOT_THERE = {"status": Status.UNREADABLE, "reason": Reason("account-not-found")}
LOGIN = {"status": Status.NEEDS_PASSWORD, "reason": Reason("account-refused")}
FOUND = {"files": ALL_OF_MINE + " Privat/p.docx"}
BAD_PART = {
    "files": "Delt/A/a.docx Delt/c.docx",
    "Delt/B": Reason("server-status", {"status": 503}),
}


@pytest.mark.parametrize(
    ("prepare", "password", "names", "differs", "asked"),
    [
        (be_plain, PASSWORD, (), {"files": ALL_OF_MINE}, LOOK + ", 0 ~/ 207"),
        (be_plain, PASSWORD, ("Privat", "Privat/p.docx"), FOUND,
         "search 207, 0 ~/Privat 207, search 207, 0 ~/Privat/p.docx 207, " + LOOK
         + ", 1 ~/Privat 207, 0 ~/ 207"),
        (be_plain, "x", (), LOGIN, "0 ~/ 401, capabilities 200"),
        (be_plain, None, (), LOGIN, "0 ~/ 401, capabilities 200"),
        (search_nothing, PASSWORD, ("Privat/p.docx",), {"files": ALL_OF_MINE},
         "search 501, " + LOOK + ", 0 ~/ 207"),
        (lose_everything, PASSWORD, (), NOT_THERE, "0 ~/ 404"),
        (throttle, PASSWORD, (), THROTTLED, "0 ~/ 429, 0 ~/ 429, 0 ~/ 429"),
        (fail, PASSWORD, (), unread(502), "0 ~/ 502, 0 ~/ 502, 0 ~/ 502"),
        (fail_a_folder, PASSWORD, (), BAD_PART,
         "0 ~/ 207, 1 ~/Delt 207, " + 3 * "1 ~/Delt/B/ 503, " + "1 ~/Delt/A/ 207, 0 ~/ 207"),
        (throttle_a_folder, PASSWORD, (), {"files": "Delt/c.docx", **SHUT},
         "0 ~/ 207, 1 ~/Delt 207, 1 ~/Delt/B/ 429, 1 ~/Delt/B/ 429, 1 ~/Delt/B/ 429"),
    ],
    ids=lambda given: given.__name__ if callable(given) else "",
)  # fmt: skip
def test_an_account(
    prepare: Callable[[Cloud], None],
    password: str | None,
    names: tuple[str, ...],
    differs: dict[str, object],
    asked: str,
    visits: Visits,
) -> None:
    """It is read after the links, and a refused login is a failed try as a dead link is one."""
    file_ids = tuple(visits.cloud.tree.get(name).file_id for name in names)
    prepare(visits.cloud)
    account, dead = visits.read(
        ACCOUNT_NAME, "D", password=password, folders=("Delt",), file_ids=file_ids
    )
    assert dead.status is Status.GONE
    assert visits.differs(account) == {"requests": 1 + asked.count(", "), **differs}
    assert visits.asked == FIRST + asked
    remembered = "" if account.tree is None or prepare is throttle_a_folder else "31.0.4 None"
    assert visits.remembered() == remembered
    listed = [one for one in asked.split(", ") if one.startswith("1 ~") and one.endswith(" 207")]
    told = [done for stage, done, _ in visits.progress if stage == account.id]
    assert told == list(range(1, len(listed) + 1))


def test_an_account_that_wants_to_be_left_alone_ends_the_visits(visits: Visits) -> None:
    """A link that was dead the day before comes after it, and is not asked."""
    visits.read("T", "D")
    visits.now += timedelta(days=1)
    throttle(visits.cloud)
    account, dead = visits.read(ACCOUNT_NAME, "D", password=PASSWORD)
    assert visits.differs(account) == THROTTLED | {"requests": 3}
    assert visits.differs(dead) == THROTTLED | {"requests": 0, "endpoint": None}
    assert visits.asked == "0 ~/ 429, 0 ~/ 429, 0 ~/ 429"


def test_an_account_of_which_no_folder_is_named(visits: Visits) -> None:
    """Only what the links lead to is looked up; an id that nobody sees costs a search."""
    file_ids = (visits.cloud.tree.get("Privat/p.docx").file_id, 999_999)
    (account,) = visits.read(ACCOUNT_NAME, password=PASSWORD, file_ids=file_ids)
    assert visits.differs(account) == {"requests": 5, "files": "Privat/p.docx"}
    assert visits.asked == "status 200, search 207, 0 ~/Privat/p.docx 207, search 207, 0 ~/ 207"
