"""The report as Markdown."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from syncer.redact import make_visible
from syncer.report.markdown import escape, link, render_markdown
from syncer.report.words import Lang

if TYPE_CHECKING:
    from tests.unit.report.records import Make

_WITH_HTML = Options.CMARK_OPT_UNSAFE
HOSTILE = (
    "www.example.org/x (www.example.org)",
    "HTTP://example.org ftp://example.org",
    "a@example.org mailto:b@example.org",
    "     kode",
    "\r\r     kode",
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
    "@nogen #1 os2/x#12",
    "#1",
    "+ liste",
    "2) liste",
    "__x__ a_b_ _c",
    "**a*b*",
    "~x~",
    "&amp; &#42; &x &copy;",
    "{: .x} {% y %} {{ z }}",
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
    """Escaped text renders unchanged in paragraphs, lists, cells and headings."""
    plain = cmarkgfm.github_flavored_markdown_to_html(frame.format("xyz"), options=_WITH_HTML)
    source = frame.format(escape(make_visible(text)))
    page = cmarkgfm.github_flavored_markdown_to_html(source, options=_WITH_HTML)
    page = page.replace("<!-- -->", "").replace("\N{NO-BREAK SPACE}", " ")
    shown = make_visible(text)
    assert page == plain.replace("xyz", html.escape(shown.rstrip()).replace("&#x27;", "'"))


@pytest.mark.parametrize(
    "text",
    [
        "Planlagt (ToDo)",
        "docs/kom_godt_i_gang.md:17",
        "Skabeloner / Møde & referat (2. udkast)!",
        "Ret den del af linket, der står efter #.",
        "a > b, 1 + 1, {x}",
    ],
)
def test_nothing_is_escaped_that_is_no_mark(text: str) -> None:
    """Whoever reads the source, as in an editor or a mail, reads the words."""
    assert escape(text) == text


def test_an_address_to_copy_is_shown_as_it_is(make: Make) -> None:
    """In angle brackets, which make it a link; what would end it there is quoted."""
    row = make.row("A", "elsewhere")
    address = "https://boks.example.dk/s/Ab12Cd34?dir=/A_B(1)&path=/A|<B>"
    finding = make.finding("resource-elsewhere", row, hint=make.reason("link-folder", url=address))
    shown = render_markdown(make.manifest((row,), findings=(finding,)), lang=Lang.DA)
    quoted = "https://boks.example.dk/s/Ab12Cd34?dir=/A_B%281%29&path=/A%7C%3CB%3E"
    assert f"  - <{quoted}>\n" in shown


def test_a_link_cannot_be_broken_out_of() -> None:
    """Brackets, spaces and pipes in an address are quoted."""
    assert link("a]b", "https://e.dk/x) |<y>") == "[a\\]b](https://e.dk/x%29%20%7C%3Cy%3E)"
    assert link("a", None) == "a"


def test_the_report_changes_only_where_facts_do(make: Make) -> None:
    """The lines of a finding do not change when it is a day older."""
    row = make.row("A", "missing")
    finding = make.finding("resource-missing", row)
    before = render_markdown(make.manifest((row,), findings=(finding,)), lang=Lang.DA)
    run = make.run(finished_at=make.now + timedelta(days=1))
    older = replace(finding, runs=finding.runs + 1)
    after = render_markdown(make.manifest((row,), findings=(older,), run=run), lang=Lang.DA)
    changed = set(before.splitlines()) ^ set(after.splitlines())
    assert changed
    assert all(line.startswith("Kontrolleret ") for line in changed)


def test_a_whole_page_is_mentioned_without_a_line(make: Make) -> None:
    """A finding about a page links to it by its title, followed by the path."""
    finding = make.finding("page-empty", subject=make.page, page=make.page)
    shown = render_markdown(make.manifest(findings=(finding,)), lang=Lang.DA)
    assert (
        "  - [Partnere](https://handbook.example.dk/docs/partnere.html) (docs/partnere.md)\n"
        in shown
    )


def test_headings_are_the_same_each_time(make: Make) -> None:
    """Empty sections are shown too, so that links to them keep working."""
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
