"""A page's text → front matter, headings, anchors, links and tables (pure).

Source: Jekyll, which removes the front matter, runs Liquid, then kramdown with its GFM parser.
`cutter` and `span_reader` read like kramdown, `content` collects what they find; this module adds
lines and columns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from syncer.handbook.kramdown.content import PageContent, collect_content
from syncer.handbook.kramdown.cutter import cut_blocks
from syncer.handbook.kramdown.effort import Effort
from syncer.handbook.kramdown.front_matter import FrontMatter, split_front_matter
from syncer.handbook.kramdown.liquid_masks import MaskedPage, decide_literal, mask_liquid
from syncer.handbook.kramdown.options import DEFAULT_EXTENSIONS, KramdownOptions
from syncer.handbook.kramdown.positions import LineMap, Located, Piece
from syncer.handbook.kramdown.spans import FoundLink
from syncer.handbook.kramdown.table_lines import RowText, TableLines
from syncer.model.handbook import Cell, Heading, PageLink, PageText, ParsedPage, Table, TableRow

_DEFAULTS = KramdownOptions()
DecideOnPage: TypeAlias = Callable[[str, Mapping[str, object], str], bool | None]

_LEVEL = 4
_ADMONITION = re.compile(r"\s*(?:!!!|\?\?\?\+?|===[+!]*)\s+\S")


def parse_page(
    page: PageText,
    options: KramdownOptions = _DEFAULTS,
    extensions: Collection[str] = DEFAULT_EXTENSIONS,
    decide: DecideOnPage = lambda condition, *_: decide_literal(condition),
) -> ParsedPage:
    """Parse a page.

    Args:
        page: its text, any text.
        options: of the site, for kramdown.
        extensions: of Markdown files, lower case, with the dot; all other pages are HTML.
        decide: returns whether a condition of Liquid holds on a page with that front matter and
            text; None when only the build knows.

    Returns:
        Headings, links and tables in the order of the page, with lines and columns from 1. Links
        are those that a reader of the built site can click, images those that it shows, so none
        from code, comments or footnotes without a call; those of a text that is captured and may be
        printed are among them, and conditional. A link's target is as written, HTML
        entities decoded, Liquid unchanged; `[text]()` has the target "". Tables that kramdown
        renders as text are included and marked (`Table.rendered`).

    Raises:
        PageTooComplexError: reading the page takes more steps than its size allows.
    """
    front = split_front_matter(page.text)
    is_html = not page.path.lower().endswith(tuple(extensions))
    body = _Body(page.text, front, options, is_html)
    found, captured, undecided = _read_body(body, decide, keeps_undecided=True)
    certain = _read_body(body, decide, keeps_undecided=False)[0] if undecided else found
    links, hidden = _join_links(found.links, certain.links, captured)
    builder = _Builder(page, found)
    return ParsedPage(
        path=page.path,
        front_matter=front.values,
        headings=builder.headings,
        anchors=frozenset(found.anchors | certain.anchors),
        links=builder.build_links(links),
        tables=tuple(map(builder.build_table, _join_tables(found.tables, certain.tables))),
        problems=() if front.problem is None else (front.problem,),
        empty=not page.text[front.end :].strip(),
        doubtful=frozenset(found.doubtful | certain.doubtful | found.anchors ^ certain.anchors),
        conditional=frozenset(link.span for link in builder.build_links(hidden)),
        incomplete=found.incomplete or certain.incomplete,
    )


def _join_links(
    found: Sequence[FoundLink], certain: Sequence[FoundLink], captured: Sequence[FoundLink]
) -> tuple[list[FoundLink], list[FoundLink]]:
    """Return the links of both readings, and those of them that the site may not show.

    Either may hide links that the other has: those after a branch that opens a comment or a fence.
    """
    places = [{(link.start, link.end) for link in links} for links in (found, certain)]
    more = [link for link in certain if (link.start, link.end) not in places[0]]
    links = [*found, *more, *captured]
    both = places[0] & places[1]
    return links, [link for link in links if (link.start, link.end) not in both]


def _join_tables(found: Sequence[TableLines], certain: Sequence[TableLines]) -> list[TableLines]:
    """Return the tables of both readings in order, each row once."""
    known = {row.start for table in found for row in table.rows}
    more = [
        table._replace(rows=rows)
        for table in certain
        if (rows := [row for row in table.rows if row.start not in known])
    ]
    return sorted((*found, *more), key=lambda table: (table.header or table.rows[0]).start)


class _Body(NamedTuple):
    """A page's text and how it is read."""

    text: str
    front: FrontMatter
    options: KramdownOptions
    is_html: bool


def _read_body(
    body: _Body, decide: DecideOnPage, *, keeps_undecided: bool
) -> tuple[PageContent, list[FoundLink], bool]:
    """Return the content of a page, the links of what it captures, and whether it is undecided."""
    text, front, options, is_html = body
    values = front.values or {}
    effort = Effort(len(text))
    own = [(text[front.end :], front.end)]
    if options.admonitions:
        own = list(_unindent(text, front.end))
    masked = MaskedPage(own, undecided=False)
    if not options.github and values.get("render_with_liquid") is not False:
        masked = mask_liquid(
            text,
            front.end,
            effort,
            lambda condition: decide(condition, values, text),
            keeps_undecided=keeps_undecided,
        )

    def read(pieces: Sequence[Piece]) -> PageContent:
        located = Located([*pieces, ("\n", len(text))])
        return collect_content(cut_blocks(located, options, effort, is_html=is_html))

    captured = read(masked.captured).links if masked.captured and keeps_undecided else []
    return read(masked.pieces), captured, masked.undecided


def _unindent(text: str, start: int) -> Iterator[Piece]:
    """Yield the lines of a page, those of admonitions and tabs without their indentation.

    Source: Python-Markdown's Admonition and PyMdown's Tabbed and Details: four blanks a level.
    """
    # How far the marker of each open block is indented.
    opened: list[int] = []
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        line = text[start:end]
        indent = len(line) - len(line.lstrip(" "))
        while opened and line.strip() and indent < opened[-1] + _LEVEL:
            opened.pop()
        cut = min(_LEVEL * len(opened), indent)
        if _ADMONITION.match(line):
            opened.append(indent)
            yield "\n", end - 1
        else:
            yield line[cut:], start + cut
        start = end


class _Builder:
    """Converts offsets of one page into the model's records."""

    def __init__(self, page: PageText, found: PageContent) -> None:
        self._page = page
        self._lines = LineMap(page.path, page.text)
        ordered = sorted(found.headings, key=lambda heading: heading.start)
        self._starts = [heading.start for heading in ordered]
        self.headings = tuple(
            Heading(
                text=heading.text,
                level=heading.level,
                anchor=heading.anchor or None,
                line=self._lines.line_of(heading.start),
            )
            for heading in ordered
        )

    def _section(self, offset: int) -> str | None:
        """Return the text of the heading at or above an offset."""
        above = bisect_right(self._starts, offset)
        return self.headings[above - 1].text if above else None

    def build_links(self, links: Iterable[FoundLink]) -> tuple[PageLink, ...]:
        return tuple(
            PageLink(
                url=link.url,
                text=link.text,
                syntax=link.syntax,
                span=self._lines.span(link.start, link.end),
                section=self._section(link.start),
                bare=link.bare,
            )
            for link in sorted(links, key=lambda link: (link.start, link.end))
        )

    def build_table(self, table: TableLines) -> Table:
        start = (table.header or table.rows[0]).start
        first = self._lines.whole_line(start)
        last = self._lines.whole_line(table.rows[-1].start)
        return Table(
            header=() if table.header is None else tuple(c.text for c in table.header.cells),
            rows=tuple(map(self._build_row, table.rows)),
            section=self._section(start),
            span=replace(first, end_line=last.end_line, end_column=last.end_column),
            rendered=table.rendered,
        )

    def _build_row(self, row: RowText) -> TableRow:
        cells = tuple(
            Cell(
                text=cell.text,
                links=self.build_links(cell.links),
                raw=self._page.text[cell.start : cell.end],
                span=self._lines.span(cell.start, cell.end),
            )
            for cell in row.cells
        )
        return TableRow(cells, self._lines.whole_line(row.start))
