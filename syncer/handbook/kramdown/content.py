"""What the blocks of a page hold: headings, anchors, links, tables, by offsets (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from syncer.handbook.kramdown.attributes import Attributes
from syncer.handbook.kramdown.blocks import Block, BlockKind, Blocks
from syncer.handbook.kramdown.heading_ids import HeadingIds
from syncer.handbook.kramdown.liquid_masks import unmask
from syncer.handbook.kramdown.positions import Located, Piece, join
from syncer.handbook.kramdown.span_reader import read_spans
from syncer.handbook.kramdown.spans import Span, SpanKind, flatten
from syncer.handbook.kramdown.table_lines import CellText, RowText, TableLines, find_unrendered
from syncer.model.handbook import LinkSyntax

# Entities end in a semicolon in what kramdown writes: `&copy=1` in an address stays as it is.
_ENTITY = re.compile(r"&(?:\w{1,40}|#\d{1,8}|#[xX][0-9a-fA-F]{1,7});")
_BLANKS = re.compile(r"\s+")
# What stands in them is text to a browser, whatever kramdown made of it.
_TEXT_ELEMENTS = ("script", "style")


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link between two offsets of the page."""

    start: int
    end: int
    url: str
    text: str
    syntax: LinkSyntax


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """A heading; `anchor` is "" where nothing in its text makes one, None where none is made."""

    start: int
    level: int
    text: str
    anchor: str | None
    listed: bool


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell, its text read."""

    lines: CellText
    text: str
    links: tuple[FoundLink, ...]


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row, and where its line begins."""

    cells: tuple[FoundCell, ...]
    start: int


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table; `rendered` as in `Table`, `header` None as in `TableLines`."""

    header: FoundRow | None
    rows: tuple[FoundRow, ...]
    rendered: bool


@dataclass(slots=True)
class PageContent:
    """Everything a page holds; footnotes stand behind the rest, so sort by offset."""

    headings: list[FoundHeading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    links: list[FoundLink] = field(default_factory=list)
    tables: list[FoundTable] = field(default_factory=list)


def collect_content(blocks: Blocks) -> PageContent:
    """Collect what the blocks hold; footnotes only where something calls them, as kramdown does."""
    return _Collector(blocks).collect()


class _Collector:
    """Walks over the blocks in the order in which kramdown hands out ids."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._options = blocks.options
        self._found = PageContent()
        self._ids = HeadingIds(blocks.options)
        # How often each footnote is called.
        self._notes: dict[str, int] = {}
        # Id of the table of contents, once it has been met.
        self._contents: str | None = None

    def collect(self) -> PageContent:
        self._walk(self._blocks.root, inside_html=False)
        done: set[str] = set()
        # A footnote may call another one: go on until none is new.
        while waiting := [name for name in self._notes if name not in done]:
            for name in waiting:
                done.add(name)
                self._walk(self._blocks.footnotes[name], inside_html=True)
        if self._contents is not None:
            entries = [heading.anchor for heading in self._found.headings if heading.listed]
            self._found.anchors |= {f"{self._contents}-{anchor}" for anchor in entries}
            # Without an entry there is no list.
            self._found.anchors |= {self._contents} if entries else set()
        return self._found

    # Blocks

    def _walk(self, block: Block, *, inside_html: bool) -> None:
        match block.kind:
            case BlockKind.HEADING:
                self._take_heading(block, inside_html=inside_html)
                return
            case BlockKind.LIST if self._is_contents(block.attributes):
                self._contents = self._find_id(block.attributes) or "markdown-toc"
                return
            case BlockKind.TABLE if block.table is not None:
                self._take_table(block.table, rendered=True)
            case BlockKind.HTML:
                text = _read_text(block) if block.tag == "a" else ""
                own = self._find_id(block.attributes)
                written = block.html if own is None else {**block.html, "id": own}
                self._take_tag(block.tag, written, block.start, block.end, text)
                self._take_text(Located(block.pieces))
            case BlockKind.PARAGRAPH | BlockKind.TERM:
                source = Located(block.pieces)
                self._take_text(source)
                self._take_unrendered(source)
            case BlockKind.BLANK | BlockKind.MARK | BlockKind.BOUNDARY:
                # Nothing is printed that could bear an id.
                return
            case _:
                pass
        if block.kind is not BlockKind.HTML or block.tag:
            # What is around `{::nomarkdown}` is no element that could bear an id.
            self._take_id(block.attributes)
        inside_html = inside_html or block.kind is BlockKind.HTML
        for child in block.children:
            self._walk(child, inside_html=inside_html)

    def _is_contents(self, attributes: Attributes | None) -> bool:
        """Say whether a list makes way for the table of contents (`{:toc}`; the first one only)."""
        return self._contents is None and attributes is not None and "toc" in attributes.refs

    def _find_id(self, attributes: Attributes | None) -> str | None:
        return attributes.find_id(self._blocks.definitions) if attributes else None

    def _take_id(self, attributes: Attributes | None) -> str | None:
        found = self._find_id(attributes)
        if found:
            self._found.anchors.add(found)
        return found

    def _take_heading(self, block: Block, *, inside_html: bool) -> None:
        spans, _ = self._take_text(Located(block.pieces))
        anchor = self._take_id(block.attributes)
        if anchor is None:
            anchor = self._ids.name(spans, inside_html=inside_html)
        if anchor:
            self._found.anchors.add(anchor)
        hidden = block.attributes is not None and block.attributes.has_class(
            "no_toc", self._blocks.definitions
        )
        self._found.headings.append(
            FoundHeading(
                block.start,
                block.level,
                unmask(flatten(spans)),
                anchor,
                listed=anchor is not None
                and block.level in self._options.toc_levels
                and not hidden,
            )
        )

    # Tables

    def _take_table(self, lines: TableLines, *, rendered: bool) -> None:
        for row in lines.above:
            self._read_row(row)
        table = FoundTable(
            header=None if lines.header is None else self._read_row(lines.header),
            rows=tuple(map(self._read_row, lines.rows)),
            rendered=rendered,
        )
        self._found.tables.append(table)

    def _read_row(self, row: RowText) -> FoundRow:
        return FoundRow(tuple(map(self._read_cell, row.cells)), row.start)

    def _read_cell(self, cell: CellText) -> FoundCell:
        spans, links = self._take_text(Located(cell.pieces))
        return FoundCell(cell, unmask(flatten(spans)), links)

    def _take_unrendered(self, source: Located) -> None:
        if "|" not in source.text or "-" not in source.text:
            return
        whole = Located([*source.cut(0, len(source.text)), ("\n", 0)])
        for lines in find_unrendered(whole):
            # The paragraph has given its links and ids already: these are the cells' own.
            links, anchors, notes = self._found.links[:], set(self._found.anchors), self._notes
            self._notes = dict(notes)
            self._take_table(lines, rendered=False)
            self._found.links, self._found.anchors, self._notes = links, anchors, notes

    # Running text

    def _take_text(self, source: Located) -> tuple[list[Span], tuple[FoundLink, ...]]:
        """Read running text; return its spans and the links in it."""
        if not source.text:
            return [], ()
        spans = read_spans(
            source.text,
            self._blocks.references,
            self._blocks.footnotes,
            reads_html=self._options.parse_span_html,
        )
        before = len(self._found.links)
        self._take_spans(spans, source)
        return spans, tuple(self._found.links[before:])

    def _take_spans(self, spans: list[Span], source: Located) -> None:
        for span in spans:
            match span.kind:
                case SpanKind.TEXT | SpanKind.SYMBOL | SpanKind.BREAK:
                    continue
                case SpanKind.LINK | SpanKind.IMAGE:
                    self._take_link(span, source)
                case SpanKind.FOOTNOTE:
                    self._take_note(span.text)
                case SpanKind.HTML:
                    start, end = source.locate(span.start), source.locate_end(span.tag_end)
                    own = self._find_id(span.attributes)
                    written = span.html if own is None else {**span.html, "id": own}
                    self._take_tag(span.tag, written, start, end, flatten(span.children))
                case _:
                    pass
            if span.kind not in (SpanKind.HIDDEN, SpanKind.FOOTNOTE):
                self._take_id(span.attributes)
            if span.tag not in _TEXT_ELEMENTS:
                self._take_spans(span.children, source)

    def _take_link(self, span: Span, source: Located) -> None:
        image = span.kind is SpanKind.IMAGE
        self._found.links.append(
            FoundLink(
                source.locate(span.start),
                source.locate_end(span.end),
                decode_target(span.url or ""),
                unmask(flatten([span])),
                LinkSyntax.IMAGE if image else LinkSyntax.LINK,
            )
        )

    def _take_note(self, name: str) -> None:
        """Note a call of a footnote: the first is `fnref:name`, the next `fnref:name:1`."""
        count = self._notes.get(name, 0)
        self._notes[name] = count + 1
        named = self._options.footnote_prefix + name
        self._found.anchors.add(f"fnref:{named}:{count}" if count else f"fnref:{named}")
        self._found.anchors.add(f"fn:{named}")

    # HTML

    def _take_tag(
        self, tag: str, attributes: Mapping[str, str], start: int, end: int, text: str
    ) -> None:
        for name in ("id", "name") if tag == "a" else ("id",):
            if attributes.get(name):
                self._found.anchors.add(decode_target(attributes[name]))
        if tag == "a" and "href" in attributes:
            url, syntax = attributes["href"], LinkSyntax.LINK
        elif tag == "img" and "src" in attributes:
            url, syntax, text = attributes["src"], LinkSyntax.IMAGE, attributes.get("alt", "")
        else:
            return
        target = decode_target(_BLANKS.sub(" ", url).strip())
        label = _BLANKS.sub(" ", decode_target(text)).strip()
        self._found.links.append(FoundLink(start, end, target, label, syntax))


def decode_target(written: str) -> str:
    """Return an attribute or a target with its entities decoded, as the browser gets it."""
    return unmask(_ENTITY.sub(lambda entity: unescape(entity[0]), written))


def _read_text(block: Block) -> str:
    """Return the text inside an HTML element."""
    parts: list[Piece] = []
    for child in block.children:
        if child.kind is BlockKind.TEXT:
            parts += child.pieces
        elif child.tag == "img":
            parts.append((child.html.get("alt", ""), 0))
        elif child.tag not in ("script", "style"):
            parts.append((_read_text(child), 0))
    return join([*block.pieces, *parts])
