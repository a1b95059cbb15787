"""Findings about the handbook itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from syncer.audit.rules import find
from syncer.manifest.document import ScopeRecord
from syncer.model.handbook import (
    AddressClash,
    FileProblem,
    SourceSpan,
    TableProblem,
    UnreadablePage,
)
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason


def test_an_old_checkout_is_said(world: Any) -> None:
    """With its revision and why today's could not be had."""
    world.handbook = replace(
        world.handbook, revision="abc", stale=Reason("git-unreachable", {"exit": 128})
    )
    finding = world.one("handbook-stale")
    assert finding.args == {
        "source": "handbook",
        "revision": "abc",
        "exit": 128,
        "why": "git-unreachable",
    }
    assert finding.page is None


def test_a_page_that_is_no_text(world: Any) -> None:
    """It says why."""
    page = UnreadablePage("docs/x.md", Reason("not-utf8"))
    finding = world.one("page-unreadable", unreadable=(page,))
    assert (finding.page, finding.line, finding.args["why"]) == ("docs/x.md", None, "not-utf8")
    assert finding.hint == Reason("save-as-utf-8")


@pytest.mark.parametrize(
    ("why", "hint"),
    [
        ("page-too-complex", "split-page"),
        ("too-big", "split-page"),
        ("handbook-read-timeout", "next-run-looks-again"),
        ("not-utf8", "save-as-utf-8"),
    ],
)
def test_each_reason_has_its_next_step(world: Any, why: str, hint: str) -> None:
    """A page that is too large is split; one that came too late waits for the next run."""
    page = UnreadablePage("docs/x.md", Reason(why))
    assert world.one("page-unreadable", unreadable=(page,)).hint == Reason(hint)


def test_mistakes_in_the_handbooks_own_settings(world: Any) -> None:
    """Each is a finding at its line, with the reason; two of one kind are two."""
    problems = (
        FileProblem(".syncer.toml", 3, Reason("own-settings-code", {"code": "x"})),
        FileProblem(".syncer.toml", 9, Reason("own-settings-code", {"code": "y"})),
        FileProblem("docs/a.md", 4, Reason("own-comment-invalid", {"text": "ignore"})),
    )
    found = world.find(own_problems=problems)
    assert [(f.code, f.page, f.line, f.args["why"]) for f in found] == [
        ("handbook-settings-invalid", ".syncer.toml", 3, "own-settings-code"),
        ("handbook-settings-invalid", ".syncer.toml", 9, "own-settings-code"),
        ("handbook-settings-invalid", "docs/a.md", 4, "own-comment-invalid"),
    ]
    assert len({finding.id for finding in found}) == 3
    assert found[0].hint == Reason("correct-own-settings", {"file": ".syncer.toml"})


def test_front_matter_that_is_no_yaml(world: Any) -> None:
    """The page is read, but not as it was meant."""
    page = world.page("docs/y.md", problems=(Reason("front-matter-not-yaml"),))
    assert world.one("page-unreadable", pages=(page,)).hint == Reason("correct-front-matter")


def test_pages_that_the_site_does_not_show(world: Any) -> None:
    """Without front matter, and with nothing in them."""
    codes = world.codes(unpublished=("docs/a.md",), empty_pages=("docs/b.md",))
    assert codes == ["page-empty", "page-not-published"]


def test_two_files_with_one_address(world: Any) -> None:
    """The author is told of the address and of the files, at the first of them."""
    clash = AddressClash("/docs/a.html", ("docs/a.html", "docs/a.md"))
    found = world.one("address-clash", clashes=(clash,))
    assert (found.subject, found.page) == ("/docs/a.html", "docs/a.html")
    assert found.args["files"] == ("docs/a.html", "docs/a.md")


PROBLEM = TableProblem(SourceSpan("docs/a.md", 7, 1, 7, 30), "Aftale", Reason("cell-missing"))


def test_a_line_of_a_table_that_is_at_fault(world: Any) -> None:
    """The finding is at the line; the same fault twice is two findings."""
    other = replace(PROBLEM, span=replace(PROBLEM.span, line=9, end_line=9))
    found = world.find(table_problems=(PROBLEM, other))
    assert [(f.code, f.line) for f in found] == [("table-malformed", 7), ("table-malformed", 9)]
    assert found[1].id == f"{found[0].id}-2"


@pytest.mark.parametrize(
    ("why", "hint"),
    [
        (Reason("table-mark-unclosed", {"mark": "**"}), Reason("close-mark", {"mark": "**"})),
        (Reason("table-mark-unopened", {"mark": "**"}), Reason("open-mark", {"mark": "**"})),
        (Reason("cell-missing"), Reason("correct-table-line")),
    ],
)
def test_each_fault_of_a_table_has_its_next_step(world: Any, why: Reason, hint: Reason) -> None:
    """A mark is named in the advice; for the rest the line is to be corrected."""
    problem = replace(PROBLEM, reason=why)
    assert world.one("table-malformed", table_problems=(problem,)).hint == hint


def test_tables_are_no_business_of_a_run_on_links(world: Any) -> None:
    """What is out of scope has no finding."""
    assert world.codes(table_problems=(PROBLEM,), scope=ScopeRecord(only="links")) == []


@pytest.mark.parametrize(
    ("only", "with_row", "with_link", "what"),
    [
        (None, False, False, "rows-and-links"),
        (None, True, False, None),
        (None, False, True, None),
        ("resources", False, True, "rows"),
        ("resources", True, False, None),
        ("links", True, False, "links"),
        ("links", False, True, None),
    ],
)
def test_nothing_to_look_at(
    world: Any, only: str | None, what: str | None, *, with_row: bool, with_link: bool
) -> None:
    """A handbook without anything that the scope asks for is an error, not a clean bill."""
    if with_row:
        world.row("A", Verdict.NOT_A_FILE)
    if with_link:
        world.link("https://example.org/", LinkStatus.OK)
    found = find(world.observe(scope=ScopeRecord(only=only)))
    assert [f.args["what"] for f in found if f.code == "nothing-found"] == (
        [] if what is None else [what]
    )


def test_a_page_with_nothing_is_no_empty_handbook(world: Any) -> None:
    """A run on some pages says nothing of the handbook, also when these have no row or link."""
    assert find(world.observe(scope=ScopeRecord(pages=("a.md",)))) == ()


def test_no_page_at_all(world: Any) -> None:
    """An empty folder is not a handbook where all is well; one unreadable page is a page."""
    (finding,) = find(world.observe(pages=()))
    assert (finding.code, finding.args["what"]) == ("nothing-found", "pages")
    page = UnreadablePage("docs/x.md", Reason("not-utf8"))
    found = find(world.observe(pages=(), unreadable=(page,)))
    assert [f.args.get("what") for f in found] == ["rows-and-links", None]
