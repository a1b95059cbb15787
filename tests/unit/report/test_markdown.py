"""The report as Markdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from syncer.report.markdown import escape, link, render_markdown
from syncer.report.visible import make_visible
from syncer.report.words import Lang

if TYPE_CHECKING:
    from tests.unit.report.conftest import Make

HOSTILE = (
    "<script>alert(1)</script>",
    "| a | b |",
    "`kode` **fed** _x_ ~~y~~",
    "[x](javascript:alert(1))",
    "![x](https://example.dk/x.png)",
    "# Overskrift",
    "- liste",
    "1. liste",
    "> citat",
    "&lt;b&gt;",
    "@nogen #1",
    "www.example.dk https://example.dk",
    "a\\|b",
    "=cmd()",
    "---",
    ":-: | :-:",
    "\n\n# Ny\n",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("frame", ["{}", "- {}", "| a |\n| - |\n| {} |", "# {}"])
def test_escaped_text_is_nothing_but_text(text: str, frame: str) -> None:
    """In a paragraph, a list, a cell and a heading alike, it renders as itself."""
    reader = MarkdownIt("gfm-like", {"linkify": False})
    plain = reader.parse(frame.format("xyz"))
    shown = reader.parse(frame.format(escape(make_visible(text))))
    assert [token.type for token in shown] == [token.type for token in plain]
    inline = [token for token in shown if token.type == "inline"][-1]
    assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
    said = "".join(child.content for child in inline.children or ())
    assert said.strip() == make_visible(text).strip()


def test_a_link_cannot_be_broken_out_of() -> None:
    """Brackets, blanks and pipes in an address are quoted."""
    assert link("a]b", "https://e.dk/x) |<y>") == "[a\\]b](https://e.dk/x%29%20%7C%3Cy%3E)"
    assert link("a", None) == "a"


def test_the_report_changes_only_where_facts_do(make: Make) -> None:
    """A finding that is a day older leaves its lines as they were."""
    row = make.row("A", "missing")
    finding = make.finding("resource-missing", row)
    before = render_markdown(make.manifest((row,), findings=(finding,)), lang=Lang.DA)
    run = make.run(finished_at=make.now + timedelta(days=1))
    older = replace(finding, runs=finding.runs + 1)
    after = render_markdown(make.manifest((row,), findings=(older,), run=run), lang=Lang.DA)
    changed = set(before.splitlines()) ^ set(after.splitlines())
    assert all(line.startswith("Kontrolleret ") for line in changed)


def test_a_whole_page_is_mentioned_without_a_line(make: Make) -> None:
    """A finding about a page links to the page, by its title, with the path beside it."""
    finding = make.finding("page-empty", subject=make.page, page=make.page)
    shown = render_markdown(make.manifest(findings=(finding,)), lang=Lang.DA)
    assert (
        "  - [Partnere](https://handbook.example.dk/docs/partnere.html) (docs/partnere.md)\n"
        in shown
    )


def test_headings_are_the_same_each_time(make: Make) -> None:
    """Also a section with nothing in it stands there, so that links to it keep working."""
    headings = [
        line
        for line in render_markdown(make.manifest(), lang=Lang.DA).splitlines()
        if line.startswith("## ")
    ]
    assert headings == [
        "## Det kan du gøre",
        "## Det skal rettes i håndbogen",
        "## Det skal administratoren se på",
        "## Det kunne ikke kontrolleres",
    ]
