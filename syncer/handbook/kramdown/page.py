"""A page's text → front matter, headings, anchors, links and tables (pure).

Source: what Jekyll makes of a page: front matter off, Liquid first, then kramdown with its GFM
parser. `cutter` and `spans` read as kramdown reads, `content` collects what they find; here it
gets its lines and columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable

from syncer.handbook.kramdown.content import (
    FoundCell,
    FoundLink,
    FoundRow,
    FoundTable,
    PageContent,
    collect_content,
)
from syncer.handbook.kramdown.cutter import cut_blocks, cut_html
from syncer.handbook.kramdown.front_matter import split_front_matter
from syncer.handbook.kramdown.liquid_masks import mask_liquid
from syncer.handbook.kramdown.options import DEFAULT_EXTENSIONS, KramdownOptions
from syncer.handbook.kramdown.positions import LineMap, Located
from syncer.model.handbook import Cell, Heading, PageLink, PageText, ParsedPage, Table, TableRow

_DEFAULTS = KramdownOptions()


def parse_page(
    page: PageText,
    options: KramdownOptions = _DEFAULTS,
    extensions: Collection[str] = DEFAULT_EXTENSIONS,
) -> ParsedPage:
    """Understand a page; any text gives some result, and nothing is raised.

    Args:
        page: its text.
        options: of the site, for kramdown.
        extensions: of the files that are Markdown, lower case, with the dot; in others nothing is.

    Returns:
        Headings, links and tables in the order of the page, with lines and columns from 1. Links
        are those that a reader of the built site can click, images those that it shows: not what
        stands in code, comments or footnotes that nothing calls. A link's target is as written,
        HTML entities decoded; Liquid in it stands as it is, and `[text]()` has the target "".
        Tables that kramdown takes for text are among the tables, and marked (`Table.rendered`).
    """
    front = split_front_matter(page.text)
    is_rendered = (front.values or {}).get("render_with_liquid") is not False
    own = [(page.text[front.end :], front.end)]
    pieces = mask_liquid(page.text, front.end) if is_rendered else own
    body = Located([*pieces, ("\n", len(page.text))])
    is_html = not page.path.lower().endswith(tuple(extensions))
    blocks = cut_html(body, options) if is_html else cut_blocks(body, options)
    found = collect_content(blocks)
    builder = _Builder(page, found)
    return ParsedPage(
        path=page.path,
        front_matter=front.values,
        headings=builder.headings,
        anchors=frozenset(found.anchors),
        links=builder.build_links(found.links),
        tables=tuple(builder.build_table(table) for table in found.tables),
        problems=() if front.problem is None else (front.problem,),
        empty=not page.text[front.end :].strip(),
    )


class _Builder:
    """Turns offsets of one page into the model's records."""

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
        """Return the heading above an offset, or the one that it stands in."""
        above = bisect_right(self._starts, offset)
        return self.headings[above - 1].text if above else None

    def build_links(self, links: Iterable[FoundLink]) -> tuple[PageLink, ...]:
        """Return the links in the order of the page."""
        return tuple(map(self._build_link, sorted(links, key=lambda link: (link.start, link.end))))

    def _build_link(self, link: FoundLink) -> PageLink:
        return PageLink(
            url=link.url,
            text=link.text,
            syntax=link.syntax,
            span=self._lines.span(link.start, link.end),
            section=self._section(link.start),
        )

    def build_table(self, table: FoundTable) -> Table:
        """Return a table; it has a row."""
        start = (table.header or table.rows[0]).start
        first = self._lines.whole_line(start)
        last = self._lines.whole_line(table.rows[-1].start)
        return Table(
            header=() if table.header is None else tuple(c.text for c in table.header.cells),
            rows=tuple(map(self._build_row, table.rows)),
            section=self._section(start),
            span=self._lines.join(first, last),
            rendered=table.rendered,
        )

    def _build_row(self, row: FoundRow) -> TableRow:
        return TableRow(
            cells=tuple(map(self._build_cell, row.cells)),
            span=self._lines.whole_line(row.start),
        )

    def _build_cell(self, cell: FoundCell) -> Cell:
        start, end = cell.lines.start, cell.lines.end
        return Cell(
            text=cell.text,
            links=self.build_links(cell.links),
            raw=self._page.text[start:end],
            span=self._lines.span(start, end),
        )
