"""Which codes a narrow run looked for; every list of codes is told by its codes."""

from __future__ import annotations

from typing import Any

import pytest

from syncer.audit.codes import FINDING_CODES
from syncer.manifest import looked
from syncer.manifest.looked import Looked
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.model.shares import ShareStatus
from tests.unit.manifest.records import SHARE

OF_RUNS = {"copy-incomplete", "handbook-stale", "publish-failed", "notice-failed"}
OF_CONTENT = {"file-damaged", "file-other-type", "file-locked", "file-blank"}
OF_RESOURCES = ("resource-", "file-", "places-", "place-unresolved", "table-")


@pytest.mark.parametrize("code", sorted(FINDING_CODES))
def test_a_run_on_links_asks_for_no_rows(make: Any, code: str) -> None:
    """Nor one on rows for links; what is about the run itself is always asked."""
    rows = code.startswith(OF_RESOURCES)
    links = Looked(make.manifest(only="links"))
    resources = Looked(make.manifest(only="resources"))
    of_part = code != "waiver-unused"
    finding = make.finding(code, page=None)
    assert links.asked(finding) is (of_part and not rows)
    # Of links only those in rows are looked at.
    of_links = code.startswith("link-") or code == "share-link-opens-root"
    assert resources.asked(finding) is (of_part and not of_links)
    assert looked.ABOUT_THE_RUN == OF_RUNS


@pytest.mark.parametrize("code", sorted(OF_RUNS))
def test_what_is_about_the_run_is_asked_by_every_run(make: Any, code: str) -> None:
    """Whatever pages it read."""
    assert Looked(make.manifest(pages=("x.md",))).asked(make.finding(code, page="andet.md"))


@pytest.mark.parametrize("code", sorted(OF_CONTENT))
def test_what_needs_an_open_document_is_asked_where_one_was_opened(make: Any, code: str) -> None:
    """A file that nobody opened says nothing of its content."""
    finding = make.finding(code, page=None, args={"share": SHARE, "file": "A.docx"})
    for opens, asked in ((None, False), ("yes", True)):
        row = make.row("A", "present", make.file("A.docx", opens=opens))
        assert Looked(make.manifest(make.share(), row)).asked(finding) is asked
    assert looked.OF_CONTENT == OF_CONTENT


@pytest.mark.parametrize("code", ["share-changed", "share-expires"])
def test_what_ends_by_itself_is_never_fixed(make: Any, code: str) -> None:
    """It is told for some days."""
    assert not Looked(make.manifest(make.share())).proves_fixed(make.of_share(code))
    assert Looked(make.manifest(make.share())).proves_fixed(make.of_share("share-gone"))


@pytest.mark.parametrize("page", ["a.md", "b.md"])
def test_a_run_on_some_pages_read_those_that_it_tells_of(make: Any, page: str) -> None:
    """Also where they have no row and no link."""
    some = Looked(make.manifest(make.finding("page-empty", page="a.md"), pages=("*.md",)))
    finding = make.finding("page-not-published", page=page)
    assert some.asked(finding) is (page == "a.md")


@pytest.mark.parametrize("status", list(Verdict))
def test_a_row_that_was_judged_proves_its_finding_fixed(make: Any, status: Verdict) -> None:
    """One of which the run knows nothing proves nothing."""
    run = Looked(make.manifest(make.share(), make.row("A", status)))
    judged = status not in (Verdict.UNCHECKED, Verdict.UNDETERMINED, Verdict.NO_ACCESS)
    assert run.proves_fixed(make.of_row("resource-missing", "A")) is judged
    assert run.asked(make.of_row("resource-missing", "A")) is (status is not Verdict.UNCHECKED)


@pytest.mark.parametrize(
    ("code", "kinds", "fixed"),
    [
        ("resource-partial", ("present", "present"), True),
        ("resource-partial", ("present", "undetermined"), False),
        ("resource-partial", ("undetermined", "missing"), False),
        ("resource-draft", ("present", "undetermined"), True),
    ],
)
def test_a_kind_that_nobody_could_look_for_is_not_there_yet(
    make: Any, code: str, kinds: tuple[str, ...], fixed: bool
) -> None:
    """One of several is enough, and it says nothing of other findings."""
    row = make.row("A", "present", expected=tuple(make.kind(one, one) for one in kinds))
    assert Looked(make.manifest(make.share(), row)).proves_fixed(make.of_row(code, "A")) is fixed


@pytest.mark.parametrize("status", list(LinkStatus))
def test_a_link_that_was_answered_proves_its_finding_fixed(make: Any, status: LinkStatus) -> None:
    """A link that was refused, timed out, or was left out proves nothing."""
    run = Looked(make.manifest(make.link("https://x.example", status)))
    asked = status not in (LinkStatus.UNCHECKED, LinkStatus.EXCLUDED)
    unanswered = (LinkStatus.UNCONFIRMED, LinkStatus.BLOCKED, LinkStatus.TIMED_OUT)
    finding = make.of_link("link-broken", "https://x.example")
    assert run.asked(finding) is asked
    assert run.proves_fixed(finding) is (asked and status not in unanswered)


_IN_SHARE = ("file-unlisted", "place-missing")
_OF_SHARE = ("share-gone", "share-writable", "share-unreadable")
_NO_ANSWER = (ShareStatus.THROTTLED, ShareStatus.UNREADABLE, ShareStatus.UNCHECKED)


@pytest.mark.parametrize("status", list(ShareStatus))
def test_a_share_that_was_listed_proves_what_is_in_it_fixed(make: Any, status: ShareStatus) -> None:
    """One that is gone or locked proves only what is about itself."""
    run = Looked(make.manifest(make.share(status=status)))
    fixed = {code for code in _IN_SHARE + _OF_SHARE if run.proves_fixed(make.of_share(code))}
    expected = set() if status in _NO_ANSWER else set(_OF_SHARE)
    assert fixed == (expected | set(_IN_SHARE) if status is ShareStatus.OK else expected)
    root = run.proves_fixed(make.of_share("share-link-opens-root"))
    assert root is (status in (ShareStatus.OK, ShareStatus.GONE))


def test_an_answer_without_what_was_asked_proves_nothing(make: Any) -> None:
    """A server of unknown version, a share of unknown rights, a run that is not complete."""
    for share, code in (
        (make.share(server_version=None), "share-link-opens-root"),
        (make.share(writable_by_link=None), "share-writable"),
    ):
        assert not Looked(make.manifest(share)).proves_fixed(make.of_share(code))
    unjudged = make.row("A", "undetermined")
    for parts, whole in (((unjudged,), True), ((), False)):
        run = Looked(make.manifest(make.share(), *parts, complete=whole))
        assert not run.proves_fixed(make.of_share("file-unlisted"))


def test_a_local_copy_is_compared_with_nothing(make: Any) -> None:
    """Nor are the rows that point into it and the links to its share."""
    url = f"https://boks.example.dk/s/{SHARE.rpartition('/')[2]}"
    findings = (
        make.of_share("file-unlisted"),
        make.of_row("resource-missing", "A"),
        make.of_link("link-broken", url),
    )
    other = make.of_link("link-broken", "https://x.example")
    parts = (make.row("A"), make.link(url), make.link("https://x.example"))
    for kind, compared in (("local", False), ("public", True)):
        run = Looked(make.manifest(make.share(kind=kind), *parts))
        assert [run.compares(one) for one in findings] == [compared] * 3
        assert run.compares(other)
        assert run.knew(findings[1])
        assert run.knew(other)
        assert not run.knew(make.of_row("resource-missing", "B"))
        assert not run.knew(make.of_link("link-broken", "https://y.example"))


@pytest.mark.parametrize(
    ("about", "asked"),
    [({}, False), ({"link": "la"}, True), ({"resource": "rA"}, True)],
)
def test_a_page_that_was_read_tells_of_its_rows_and_links(
    make: Any, about: dict[str, str], asked: bool
) -> None:
    """Of a share that no read page names nothing is known, of a row or link that is gone it is."""
    some = Looked(make.manifest(make.finding("page-empty", page="a.md"), pages=("*.md",)))
    finding = make.finding("share-gone", page="a.md", args={"share": SHARE}, **about)
    assert some.asked(finding) is asked
