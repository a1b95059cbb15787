"""Each finding about documents, links, pages and shares, whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from syncer.audit.codes import FINDING_CODES, make_finding
from syncer.audit.observed import Emptied
from syncer.audit.rules import find
from syncer.model.documents import Document, LeftOut, Opens
from syncer.model.findings import Finding
from syncer.model.handbook import (
    AddressClash,
    FileProblem,
    PlaceKind,
    Placement,
    SourceSpan,
    TableProblem,
    UnreadablePage,
)
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import SUDDENLY_EMPTY, ShareKind, ShareStatus, ShareTraits, UnreadFolder
from tests.unit.audit.whole_findings import AFTALER, LINK, same
from tests.unit.audit.world import BASE_URL, HOST, PAGE, SHARE, TODAY, World

OTHER = f"{HOST}/Xy98Zw76"
WEB = "https://example.org/side"


DOCUMENTS = {
    Opens.DAMAGED: ("file-damaged", "replace-damaged-file"),
    Opens.LOCKED: ("file-locked", "unlock-file"),
    Opens.BLANK: ("file-blank", "fill-blank-file"),
    Opens.OTHER_TYPE: ("file-other-type", "replace-other-type"),
}


@pytest.mark.parametrize("opens", Opens)
def test_a_document_that_does_not_open(world: World, opens: Opens) -> None:
    """Once, at its first row; the same path in another share is another document."""
    world.share("Aftaler/A.docx")
    rows = [
        world.row(name, Verdict.PRESENT, world.file("Aftaler/A.docx", share=share))
        for name, share in (("A", SHARE), ("B", SHARE), ("C", OTHER))
    ]
    document = Document(opens, Reason("because", {"kind": "docx"}))
    documents = {(share, "Aftaler/A.docx"): document for share in (SHARE, OTHER)}
    found = [one for one in world.find(documents=documents) if one.code in DOCUMENTS_CODES]
    code, hint = DOCUMENTS.get(opens, ("", ""))
    step = Reason(hint, {"file": "Aftaler/A.docx"})
    assert found == [
        make_finding(
            code, "Aftaler/A.docx", (share, "Aftaler/A.docx"),
            {"kind": "docx", "file": "Aftaler/A.docx", "share": share, "name": row.name,
             "why": "because"},
            at=(PAGE, row.span.line), hint=step,
        )
        for row, share in ((rows[0], SHARE), (rows[2], OTHER))
        if code
    ]  # fmt: skip


DOCUMENTS_CODES = {code for code, _ in DOCUMENTS.values()}


def test_what_the_copy_lacks(world: World) -> None:
    """Per share and reason; at most five are named, and what has no path is only counted."""
    paths = ("", *(f"{number}.docx" for number in range(7)))
    left = [
        LeftOut(share, paths, Reason(why, {"limit": 3}))
        for share, why in ((SHARE, "too-big"), (SHARE, "timeout"), (OTHER, "timeout"))
    ]
    found = [one for one in world.find(left_out=tuple(left)) if one.code == "copy-incomplete"]
    expected = [
        make_finding(
            "copy-incomplete", one.share, (one.share, one.reason.code),
            {"limit": 3, "share": one.share, "count": 8, "files": paths[1:6],
             "why": one.reason.code},
        )
        for one in left
    ]  # fmt: skip
    assert sorted(found, key=lambda one: one.id) == sorted(expected, key=lambda one: one.id)


def test_a_link_that_the_site_shows_as_text(world: World) -> None:
    """With its row, where it is in one; not on pages that nobody sees."""
    bare = replace(world.page_link(WEB, line=3), bare=True)
    check = world.link(WEB, LinkStatus.OK, link=bare)
    args: dict[str, Any] = {"url": WEB, "text": "tekst"}
    expected = make_finding("link-bare", WEB, (check.id,), args, at=bare.span, link=check.id)
    same(world, expected, bare_is_text=True)
    assert world.codes() == world.codes(bare_is_text=True, unpublished=(PAGE,))[:-1] == []
    row = world.row("A", Verdict.UNCHECKED)
    world.rows[0] = replace(row, links=(bare,))
    same(world, replace(expected, row=row.id), bare_is_text=True)


OWN = ("link-anchor-missing", "link-download-empty", "link-empty", "link-private-address")


@pytest.mark.parametrize("why", OWN)
def test_a_reason_may_have_a_code_of_its_own(world: World, why: str) -> None:
    """Where it says that the link does not work; of the others only a private address is told."""
    for status in LinkStatus:
        world.links.clear()
        world.link(WEB, status, reason=Reason(why))
        told = {
            LinkStatus.BROKEN: [why],
            LinkStatus.BLOCKED: [why],
            LinkStatus.EXCLUDED: [],
            LinkStatus.OK: [why] if why == "link-private-address" else [],
            LinkStatus.UNCHECKED: [why] if why == "link-private-address" else [],
        }
        assert world.codes() == told.get(status, [LINKS.get(status)])


LINKS = {
    LinkStatus.BROKEN: "link-broken",
    LinkStatus.UNCONFIRMED: "link-unconfirmed",
    LinkStatus.REDIRECTED: "link-redirected",
    LinkStatus.NEEDS_LOGIN: "link-needs-login",
    LinkStatus.NEEDS_PASSWORD: "link-needs-login",
    LinkStatus.BLOCKED: "link-blocked",
    LinkStatus.TIMED_OUT: "link-timed-out",
}


@pytest.mark.parametrize("status", LINKS)
def test_a_link_with_a_verdict(world: World, status: LinkStatus) -> None:
    """All that is known of the answer, and the step that the verdict proposes."""
    hint = Reason("link-use", {"url": "https://example.org/ny"})
    check = world.link(
        WEB, status, reason=Reason("because", {"host": "h"}), http_status=404,
        final_url="https://example.org/ny", hint=hint,
    )  # fmt: skip
    args: dict[str, Any] = {
        "host": "h", "url": WEB, "text": "tekst", "final_url": "https://example.org/ny",
        "http_status": 404, "why": "because",
    }  # fmt: skip
    span = check.link.span
    code = LINKS[status]
    same(world, make_finding(code, WEB, (check.id,), args, at=span, hint=hint, link=check.id))


def test_what_is_not_known_of_a_link_is_not_said(world: World) -> None:
    """Neither a status nor where it leads."""
    check = world.link(WEB, LinkStatus.BLOCKED)
    args: dict[str, Any] = {"url": WEB, "text": "tekst"}
    span = check.link.span
    same(world, make_finding("link-blocked", WEB, (check.id,), args, at=span, link=check.id))


@pytest.mark.parametrize(
    ("kind", "asked", "status", "hint", "step"),
    [
        (LinkKind.WEB, True, LinkStatus.BROKEN, None, "look-for-copy"),
        (LinkKind.WEB, True, LinkStatus.BROKEN, "own", "own"),
        (LinkKind.WEB, False, LinkStatus.BROKEN, None, None),
        (LinkKind.PAGE, True, LinkStatus.BROKEN, None, None),
        (LinkKind.WEB, True, LinkStatus.BLOCKED, None, None),
    ],
)
def test_an_archive_may_have_a_page_that_was_asked_for(
    world: World, kind: LinkKind, asked: bool, status: LinkStatus, hint: str | None, step: str
) -> None:
    """Only of the web, and where nothing better is known."""
    at = datetime(2026, 11, 22, tzinfo=UTC) if asked else None
    own = None if hint is None else Reason(hint)
    world.link(WEB, status, kind=kind, checked_at=at, hint=own)
    (finding,) = world.find()
    assert (None if finding.hint is None else finding.hint.code) == step
    if step == "look-for-copy":
        assert finding.hint == Reason(step, {"url": f"https://web.archive.org/web/{WEB}"})


def test_a_link_that_moved_is_led_to_its_end(world: World) -> None:
    """Where the verdict has no better step; other links keep what they have."""
    world.link(WEB, LinkStatus.REDIRECTED, final_url="https://example.org/ny")
    assert world.one("link-redirected").hint == Reason(
        "use-link", {"url": "https://example.org/ny"}
    )
    world.link(WEB, LinkStatus.BLOCKED, final_url="https://example.org/ny")
    assert world.one("link-blocked").hint is None


def test_the_handbook_itself(world: World) -> None:
    """An old checkout, and one in which nothing was found."""
    stale = Reason("git-not-reached", {"text": "nej"})
    world.handbook = replace(world.handbook, stale=stale, revision="abc")
    args: dict[str, Any] = {
        "text": "nej",
        "source": "handbook",
        "revision": "abc",
        "why": "git-not-reached",
    }
    step = Reason("next-run-fetches-again")
    key = ("handbook",)
    same(world, make_finding("handbook-stale", "handbook", key, args, hint=step))
    (lacking,) = (one for one in find(world.observe()) if one.code == "nothing-found")
    args = {"source": "handbook", "what": "rows-and-links"}
    step = Reason("check-handbook-settings")
    assert lacking == make_finding("nothing-found", "handbook", key, args, hint=step)


def test_a_mistake_in_the_handbook_s_own_settings(world: World) -> None:
    """At its line, with what it is about; two of a kind are two."""
    problems = tuple(
        FileProblem(".syncer.toml", line, Reason("unknown-key", {"key": key, "a": 1}))
        for line, key in ((3, "x"), (4, "y"))
    )
    found = world.find(own_problems=problems)
    assert found == tuple(
        make_finding(
            "handbook-settings-invalid", ".syncer.toml",
            (".syncer.toml", "unknown-key", str([("a", 1), ("key", one.reason.args["key"])])),
            {"key": one.reason.args["key"], "a": 1, "file": ".syncer.toml", "why": "unknown-key"},
            at=(".syncer.toml", one.line),
            hint=Reason("correct-own-settings", {"file": ".syncer.toml"}),
        )
        for one in problems
    )  # fmt: skip


UNREAD = {
    "io-error": Reason("let-page-be-read", {"page": "docs/x.md"}),
    "folder-io-error": Reason("let-page-be-read", {"page": "docs/x.md"}),
    "folder-link-leads-out": Reason("simplify-folders"),
    "folder-link-leads-up": Reason("simplify-folders"),
    "folder-links-too-many": Reason("simplify-folders"),
    "handbook-folder-too-deep": Reason("simplify-folders"),
    "site-config-unreadable": Reason("correct-site-config"),
    "page-too-complex": Reason("split-page"),
    "too-big": Reason("split-page"),
    "handbook-read-timeout": Reason("next-run-looks-again"),
    "not-utf8": Reason("save-as-utf-8"),
    "binary": Reason("save-as-utf-8"),
}


@pytest.mark.parametrize("why", UNREAD)
def test_a_page_that_could_not_be_read(world: World, why: str) -> None:
    """Each reason has its own way out."""
    page = UnreadablePage("docs/x.md", Reason(why, {"limit": 3}))
    args: dict[str, Any] = {"limit": 3, "page": "docs/x.md", "why": why}
    expected = make_finding(
        "page-unreadable", "docs/x.md", ("docs/x.md", why), args, at=("docs/x.md", None),
        hint=UNREAD[why],
    )  # fmt: skip
    same(world, expected, unreadable=(page,))


def test_pages_that_are_no_use_to_readers(world: World) -> None:
    """Bad front matter, none, and no content."""
    at = "docs/x.md", None
    args: dict[str, Any] = {"page": "docs/x.md"}
    for code, hint, observed in (
        ("page-not-published", "add-front-matter", {"unpublished": ("docs/x.md",)}),
        ("page-empty", "fill-or-remove-page", {"empty_pages": ("docs/x.md",)}),
    ):
        key = ("docs/x.md",)
        same(
            world, make_finding(code, "docs/x.md", key, args, at=at, hint=Reason(hint)), **observed
        )
    page = world.page("docs/x.md", problems=(Reason("front-matter", {"n": 1}),))
    expected = make_finding(
        "page-unreadable", "docs/x.md", ("docs/x.md", "front-matter"),
        {"n": 1, "page": "docs/x.md", "why": "front-matter"}, at=at,
        hint=Reason("correct-front-matter"),
    )  # fmt: skip
    same(world, expected, pages=(page,))


def test_an_address_that_two_pages_have(world: World) -> None:
    """At the first of them; at most five are named."""
    sources = tuple(f"docs/{number}.md" for number in range(7))
    expected = make_finding(
        "address-clash", "/x.html", ("/x.html",), {"url": "/x.html", "files": sources[:5]},
        at=("docs/0.md", None), hint=Reason("rename-one-page"),
    )  # fmt: skip
    same(world, expected, clashes=(AddressClash("/x.html", sources),))


TABLES = {
    "table-mark-unclosed": Reason("close-mark", {"mark": "**"}),
    "table-mark-unopened": Reason("open-mark", {"mark": "**"}),
    "table-cells-extra": Reason("correct-table-line"),
}


@pytest.mark.parametrize("why", TABLES)
def test_a_line_of_a_table_that_is_malformed(world: World, why: str) -> None:
    """At its place; another subject is another finding."""
    problems = tuple(
        TableProblem(SourceSpan(PAGE, line, 2, line, 9), name, Reason(why, {"mark": "**"}))
        for line, name in ((3, "A"), (4, "B"))
    )
    found = world.find(table_problems=problems)
    assert found == tuple(
        make_finding(
            "table-malformed", one.subject, (PAGE, one.subject, why),
            {"mark": "**", "subject": one.subject, "why": why}, at=one.span, hint=TABLES[why],
        )
        for one in problems
    )  # fmt: skip


def test_no_folder_of_an_account_is_gone(world: World) -> None:
    """It may not see all of them; a public share's is, and so is one of a local copy."""
    gone = frozenset({"Aftaler"})
    world.row("A", Verdict.UNCHECKED)
    for kind, told in (
        (ShareKind.ACCOUNT, False), (ShareKind.PUBLIC, True), (ShareKind.LOCAL, True),
    ):  # fmt: skip
        world.share("x.docx", kind=kind, gone_places=gone)
        assert ("place-missing" in world.codes()) is told


def at_share(code: str, args: dict[str, Any], hint: Reason | None, line: int = 1) -> Finding:
    """Make the finding about the share."""
    values = {"share": SHARE, "name": "Boksen", **args}
    return make_finding(code, SHARE, (SHARE,), values, at=(PAGE, line), hint=hint)


@pytest.mark.parametrize(
    ("status", "why", "more", "code", "hint"),
    [
        (ShareStatus.GONE, "gone", {}, "share-gone", "share-again-or-unlink"),
        (ShareStatus.NEEDS_PASSWORD, None, {}, "share-needs-password", "configure-password"),
        (ShareStatus.NEEDS_PASSWORD, "share-password-wrong", {}, "share-needs-password",
         "correct-password"),
        (ShareStatus.NEEDS_PASSWORD, "x", {"kind": ShareKind.ACCOUNT}, "share-needs-password",
         "renew-app-password"),
        (ShareStatus.UPLOAD_ONLY, None, {}, "share-unreadable", "allow-reading"),
        (ShareStatus.THROTTLED, "throttled", {}, "share-unreadable", "next-run-looks-again"),
        (ShareStatus.UNREADABLE, "server-error", {}, "share-unreadable",
         "see-whether-server-answers"),
        (ShareStatus.UNREADABLE, "timeout", {}, "share-unreadable", "next-run-looks-again"),
        (ShareStatus.UNREADABLE, None, {}, "share-unreadable", "next-run-looks-again"),
    ],
)  # fmt: skip
def test_a_share_that_was_not_read(
    world: World, status: ShareStatus, why: str | None, more: dict[str, Any], code: str, hint: str
) -> None:
    """With the reason, and what somebody can do; a gone one also with its links."""
    world.locked(status, reason=None if why is None else Reason(why, {"n": 1}), **more)
    world.row("A", Verdict.UNCHECKED)
    args: dict[str, Any] = {} if why is None else {"n": 1, "why": why}
    if status is ShareStatus.GONE:
        same(world, at_share(code, {**args, "links": None}, Reason(hint)))
        for line in (5, 6):
            link = world.page_link(LINK, line=line)
            world.link(LINK, LinkStatus.OK, kind=LinkKind.SHARE, link=link)
        args["links"] = 2
    same(world, at_share(code, args, Reason(hint)))


def test_a_share_that_everybody_may_change(world: World) -> None:
    """Unknown is not yes."""
    world.share("A.docx", writable_by_link=True)
    world.row("A", Verdict.UNCHECKED)
    same(world, at_share("share-writable", {}, Reason("make-share-read-only")))
    world.share("A.docx", writable_by_link=None)
    assert world.codes() == []


def test_a_share_that_ends_soon(world: World) -> None:
    """With the day, and the pages that lead there: five of them, and their number."""
    world.share("A.docx", expires_on=date(2026, 12, 1))
    for number in range(7):
        world.row("A", Verdict.UNCHECKED, page=f"docs/{number}.md")
    world.share("B.docx", share_id=OTHER)
    there = world.page_link(f"{BASE_URL}/s/Xy98Zw76", page="docs/00.md")
    world.link(there.url, LinkStatus.OK, kind=LinkKind.SHARE, link=there)
    both = tuple(Placement(PlaceKind.SHARE, None, share, "") for share in (OTHER, SHARE))
    world.row("B", Verdict.UNCHECKED, places=both, page="docs/6.md")
    world.row("B", Verdict.UNCHECKED, places=both[:1], page="docs/01.md")
    pages = tuple(f"docs/{number}.md" for number in range(5))
    args: dict[str, Any] = {
        "share": SHARE, "name": "Boksen", "expires_on": "2026-12-01", "pages": pages,
        "pages_count": 7,
    }  # fmt: skip
    at = "docs/0.md", 1
    same(world, make_finding("share-expires", SHARE, (SHARE,), args, at=at))


@pytest.mark.parametrize(("day", "told"), [(23, True), (10, True), (9, False)])
def test_a_share_that_has_changed(world: World, day: int, told: bool) -> None:
    """For two weeks, with the day."""
    world.share("A.docx")
    world.row("A", Verdict.UNCHECKED)
    on = date(2026, 11, day)
    traits = {SHARE: ShareTraits(SHARE, change="share-got-password", changed_on=on)}
    args: dict[str, Any] = {"on": on.isoformat(), "why": "share-got-password"}
    if told:
        same(world, at_share("share-changed", args, None), traits=traits)
    else:
        assert world.codes(traits=traits) == []
    assert date(2026, 11, 23) == TODAY


def test_folders_that_were_not_read(world: World) -> None:
    """Those that failed, and those that are suddenly empty; five are named."""
    failed = [UnreadFolder(f"M{number}", Reason("timeout", {"n": number})) for number in range(7)]
    empty = [
        UnreadFolder(path, Reason(SUDDENLY_EMPTY, {"days": 1, "rows_lost": 2}))
        for path in ("", "Tom")
    ]
    world.share("A.docx", unread=(*failed, *empty))
    world.row("A", Verdict.UNCHECKED)
    names = tuple(folder.path for folder in failed[:5])
    args: dict[str, Any] = {"n": 0, "folders": names, "folders_count": 7, "why": "timeout"}
    same(world, at_share("share-unreadable", args, Reason("next-run-looks-again")))
    args = {"folders": ("Boksen", "Tom"), "folders_count": 2, "days": 1, "rows_lost": 2}
    same(world, at_share("share-suddenly-empty", args, Reason("restore-or-accept-empty")))


def test_a_share_that_is_suddenly_empty(world: World) -> None:
    """With what it had, and for how many days it has been so."""
    world.share()
    world.row("A", Verdict.UNCHECKED)
    args = {"files_before": 9, "rows_before": 5, "rows_lost": 4, "days": 2}
    step = Reason("restore-or-accept-empty")
    expected = at_share("share-suddenly-empty", args, step)
    same(world, expected, emptied=(Emptied(SHARE, 9, 5, 4, 2),))


def test_a_link_that_opens_the_root(world: World) -> None:
    """With the folder that it names, at the link, with its row."""
    world.share("Aftaler/A.docx", server_version="32.0.1")
    url = f"{LINK}?path=/Aftaler"
    row = world.row("A", Verdict.UNCHECKED, url=url)
    check = world.link(url, LinkStatus.OK, kind=LinkKind.SHARE, link=row.links[0])
    args: dict[str, Any] = {"share": SHARE, "url": url, "folder": "Aftaler", "text": "tekst"}
    expected = make_finding(
        "share-link-opens-root", url, (PAGE, url), args, at=check.link.span,
        hint=Reason("use-link", {"url": AFTALER}), row=row.id, link=check.id,
    )  # fmt: skip
    same(world, expected)


OWNERS = {
    "secretariat": """resource-missing resource-planned resource-partial resource-elsewhere
        resource-draft resource-outdated resource-ambiguous resource-likely file-empty file-old
        file-damaged file-other-type file-locked file-blank file-unlisted file-name-unsafe""",
    "administrator": """resource-undetermined resource-no-access share-gone share-needs-password
        share-writable share-expires share-changed share-unreadable share-suddenly-empty
        handbook-stale waiver-unused copy-incomplete publish-failed notice-failed nothing-found""",
}


@pytest.mark.parametrize("code", FINDING_CODES)
def test_each_finding_is_somebody_s_task(code: str) -> None:
    """Documents are the secretariat's, shares and runs the administrator's, pages the editor's."""
    owners = [owner for owner, codes in OWNERS.items() if code in codes.split()]
    assert FINDING_CODES[code][1] == (owners[0] if owners else "maintainer")
