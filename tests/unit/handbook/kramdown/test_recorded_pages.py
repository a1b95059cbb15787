"""Whole pages are read as they were when kramdown and GitHub were last asked about them.

`tests/jekyll` holds their ids and links against both programs. Here all that is read of a page is
compared: a line that comes or goes is a change that a reader of a report would see.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import pytest

from syncer.handbook.kramdown.options import KramdownOptions
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageLink, PageText, ParsedPage, SourceSpan

PAGES = json.loads((Path(__file__).parent / "recorded_pages.json").read_text("utf-8"))


def describe(page: ParsedPage) -> list[str]:
    """Return all that was read of a page, a fact a line."""
    ids = " ".join(sorted(page.anchors - {heading.anchor for heading in page.headings}))
    return [
        *(f"{one.line} h{one.level} #{one.anchor} {one.text!r}" for one in page.headings),
        *([f"ids {ids}"] if ids else []),
        *(f"#{anchor} may be left out" for anchor in sorted(page.doubtful)),
        *_describe_links(page.links, page.conditional),
        *(
            f"{_at(table.span)} table {table.header} §{table.section} {table.rendered}"
            for table in page.tables
        ),
        *(
            f"{_at(cell.span)} {cell.text!r} {cell.raw!r} {len(cell.links)}"
            for table in page.tables
            for row in table.rows
            for cell in row.cells
        ),
        *(["empty"] if page.empty else []),
    ]


def _describe_links(links: Iterable[PageLink], conditional: Collection[SourceSpan]) -> list[str]:
    return [
        f"{_at(one.span)} {one.syntax} {one.url!r} {one.text!r} §{one.section}"
        + " bare" * one.bare
        + " may be left out" * (one.span in conditional)
        for one in links
    ]


def _at(span: SourceSpan) -> str:
    end = "" if span.end_line == span.line else f"{span.end_line}:"
    return f"{span.line}:{span.column}-{end}{span.end_column}"


@pytest.mark.parametrize("case", PAGES, ids=[str(number) for number in range(len(PAGES))])
def test_recorded_pages_are_read_as_before(case: dict[str, Any]) -> None:
    """Headings, ids, links with their places and words, and tables; as Jekyll and as GitHub."""
    page = PageText("a.md", case["page"])
    jekyll = describe(parse_page(page))
    assert jekyll == case["jekyll"]
    assert describe(parse_page(page, KramdownOptions(github=True))) == case.get("github", jekyll)
