"""The content of a page's blocks: headings, anchors, links, tables, by offsets (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from syncer.handbook.bare_addresses import find_bare_addresses
from syncer.handbook.html_links import find_element_links
from syncer.handbook.kramdown.attributes import Attributes, resolve_definitions
from syncer.handbook.kramdown.blocks import Block, BlockKind, Blocks
from syncer.handbook.kramdown.effort import limit_content
from syncer.handbook.kramdown.heading_ids import HeadingIds
from syncer.handbook.kramdown.html_tags import COMMONMARK, KRAMDOWN, Content, default_content
from syncer.handbook.kramdown.liquid_masks import is_masked, unmask
from syncer.handbook.kramdown.positions import Located, Piece, join
from syncer.handbook.kramdown.span_links import ESCAPED
from syncer.handbook.kramdown.span_reader import read_spans
from syncer.handbook.kramdown.span_scanner import SpanSource
from syncer.handbook.kramdown.spans import FoundLink, Span, SpanKind, flatten
from syncer.handbook.kramdown.table_lines import TableLines, find_unrendered
from syncer.model.handbook import LinkSyntax

# Entities end in a semicolon in what kramdown writes: `&copy=1` in an address stays as it is.
_ENTITY = re.compile(r"&(?:\w{1,40}|#\d{1,8}|#[xX][0-9a-fA-F]{1,7});")
_BLANKS = re.compile(r"\s+")
# Browsers show their content as text.
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TEXT_ELEMENTS = ("script", "style")


class FoundHeading(NamedTuple):
    """A heading; `anchor` is "" where its text makes none, None where ids are switched off."""

    start: int
    level: int
    text: str
    anchor: str | None
    listed: bool


@dataclass(slots=True)
class PageContent:
    """The content of a page. Footnotes follow everything else, so sort by offset.

    `calls` counts the calls of each footnote; `called` has their names by first call. `doubtful`
    are anchors that may not be there; `incomplete` is whether an id is missing that we cannot make.
    """

    headings: list[FoundHeading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    incomplete: bool = False
    links: list[FoundLink] = field(default_factory=list)
    tables: list[TableLines] = field(default_factory=list)
    calls: dict[str, int] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)


def collect_content(blocks: Blocks) -> PageContent:
    """Return the content of the blocks; of the footnotes only those that are called.

    Raises:
        PageTooComplexError: reading the page takes too many steps.
    """
    return _Collector(blocks).collect()


class _Collector:
    """Walks over the blocks in the order in which kramdown assigns ids."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._effort = blocks.effort
        self._options = blocks.options
        self._definitions = resolve_definitions(blocks.definitions)
        self._found = PageContent()
        self._ids = HeadingIds(blocks.options)
        # Id of the table of contents, once it was read.
        self._contents: str | None = None
        # Whether there are options in running text.
        self._has_options = False

    def collect(self) -> PageContent:
        found = self._found
        self._walk(self._blocks.root, inside_html=False)
        # A footnote may call further ones, which are added to the list.
        for name in found.called:
            self._walk(self._blocks.footnotes[name], inside_html=True)
        if self._contents is not None:
            entries = [heading.anchor for heading in found.headings if heading.listed]
            found.anchors |= {f"{self._contents}-{anchor}" for anchor in entries}
            # Without an entry there is no list.
            found.anchors |= {self._contents} if entries else set()
        found.doubtful -= found.anchors
        found.anchors |= found.doubtful
        if self._has_options:
            # Which ids they change depends on when kramdown meets them.
            found.incomplete, found.doubtful = True, set(found.anchors)
        return found

    # Blocks

    def _walk(self, block: Block, *, inside_html: bool) -> None:
        self._effort.spend(2)
        match block.kind:
            case BlockKind.HEADING:
                self._read_heading(block, inside_html=inside_html)
                return
            case BlockKind.LIST if self._is_contents(block.attributes):
                self._contents = self._find_id(block.attributes) or "markdown-toc"
                return
            case BlockKind.MARK if block.attributes is not None:
                # They are those of the links that name the definition, if there are any.
                shown = block.attributes.find_shown(self._definitions)
                self._found.doubtful |= {shown[name] for name in ("id", "name") if name in shown}
                return
            case BlockKind.BLANK | BlockKind.MARK | BlockKind.BOUNDARY:
                return
            case BlockKind.TABLE if block.table is not None:
                self._read_table(block.table)
            case BlockKind.HTML if block.tag:
                self._read_element(block)
            case BlockKind.PARAGRAPH | BlockKind.TERM:
                source = Located(block.pieces)
                self._read_text(source)
                self._read_unrendered(source)
            case _:
                pass
        if block.kind is not BlockKind.HTML or block.tag:
            # `{::nomarkdown}` becomes no element that could have an id.
            self._add_id(block.attributes)
        inside_html = inside_html or block.kind is BlockKind.HTML
        for child in block.children:
            self._walk(child, inside_html=inside_html)

    def _is_contents(self, attributes: Attributes | None) -> bool:
        """Return whether the table of contents replaces a list (`{:toc}`, the first one only)."""
        return self._contents is None and attributes is not None and "toc" in attributes.refs

    def _find_id(self, attributes: Attributes | None) -> str | None:
        return attributes.find_id(self._definitions) if attributes else None

    def _add_id(self, attributes: Attributes | None) -> str | None:
        found = self._find_id(attributes)
        if found:
            self._found.anchors.add(found)
        return found

    def _read_heading(self, block: Block, *, inside_html: bool) -> None:
        source = Located(block.pieces)
        spans, _ = self._read_text(source)
        anchor = self._add_id(block.attributes)
        if anchor is None:
            anchor = self._ids.name(spans, source.text, inside_html=inside_html)
            if is_masked(flatten(spans) if self._options.auto_id_stripping else source.text):
                # What Liquid prints is part of it.
                anchor = None
            self._found.incomplete |= anchor is None and self._options.auto_ids
        if anchor:
            self._found.anchors.add(anchor)
        hidden = block.attributes is not None and block.attributes.has_class(
            "no_toc", self._definitions
        )
        listed = anchor is not None and block.level in self._options.toc_levels and not hidden
        text = unmask(flatten(spans))
        self._found.headings.append(FoundHeading(block.start, block.level, text, anchor, listed))

    # Tables

    def _read_table(self, table: TableLines) -> None:
        header = [] if table.header is None else [table.header]
        for row in (*table.above, *header, *table.rows):
            for cell in row.cells:
                spans, cell.links = self._read_text(Located(cell.pieces))
                cell.text = unmask(flatten(spans))
        self._found.tables.append(table)

    def _read_unrendered(self, source: Located) -> None:
        if "|" not in source.text or "-" not in source.text:
            return
        # The links and ids of the paragraph were read before: only the tables are new.
        found, self._found = self._found, PageContent()
        whole = Located([*source.cut(0, len(source.text)), ("\n", 0)])
        for table in find_unrendered(whole, self._effort):
            # On GitHub a table needs no blank lines around it.
            self._read_table(table._replace(rendered=self._options.github))
        found.tables += self._found.tables
        self._found = found

    # Running text

    def _read_text(self, source: Located) -> tuple[list[Span], list[FoundLink]]:
        """Return the spans of running text and the links in it."""
        if not source.text:
            return [], []
        spans = read_spans(
            SpanSource(
                source.text,
                self._effort,
                self._blocks.references,
                self._blocks.footnotes,
                self._options.parse_span_html,
                self._options.github,
                COMMONMARK if self._options.github else KRAMDOWN,
            )
        )
        before = len(self._found.links)
        self._read_spans(spans, source)
        self._add_bare(spans, source)
        limit_content(len(self._found.links))
        return spans, self._found.links[before:]

    def _read_spans(self, spans: Iterable[Span], source: Located) -> None:
        for span in spans:
            match span.kind:
                case SpanKind.TEXT | SpanKind.SYMBOL | SpanKind.BREAK:
                    continue
                case SpanKind.LINK | SpanKind.IMAGE:
                    self._add_link(span, source)
                case SpanKind.FOOTNOTE:
                    self._add_note(span.text)
                case SpanKind.HTML:
                    start, end = source.locate(span.start), source.locate_end(span.tag_end)
                    html = self._join_attributes(span.html, span.attributes)
                    text = flatten(span.children) if "href" in html else ""
                    self._effort.spend(len(text) // 16)
                    self._add_tag(span.tag, html, start, end, text)
                case SpanKind.HIDDEN if span.tag == "options":
                    self._has_options = True
                case _:
                    pass
            if span.kind not in (SpanKind.HIDDEN, SpanKind.FOOTNOTE):
                self._add_id(span.attributes)
            if span.tag not in _TEXT_ELEMENTS:
                self._read_spans(span.children, source)

    def _add_link(self, span: Span, source: Located) -> None:
        self._effort.spend(10)
        tag, name = ("img", "src") if span.kind is SpanKind.IMAGE else ("a", "href")
        shown = self._join_attributes({name: span.url or ""}, span.attributes)
        if tag == "a" and shown.get("name"):
            self._found.anchors.add(decode_target(shown["name"]))
        start, end, text = source.locate(span.start), source.locate_end(span.end), flatten([span])
        for url, syntax in find_element_links(tag, shown):
            link = FoundLink(start, end, decode_target(url), unmask(text), syntax)
            self._found.links.append(link)

    def _add_bare(self, spans: Sequence[Span], source: Located) -> None:
        """Add the addresses that are in no link, code or other markup."""
        self._effort.spend(len(source.text) // 64)
        if "://" not in source.text and "www." not in source.text.lower():
            return
        for start, end, prefix in find_bare_addresses(_hide_markup(source.text, spans)):
            self._effort.spend(40)
            written = source.text[start:end]
            # GitHub's links are as written, and kramdown shows what is written as text.
            is_raw = self._options.github
            text = unmask(written) if is_raw else decode_target(ESCAPED.sub(r"\1", written))
            url = prefix + text
            place = source.locate(start), source.locate_end(end)
            self._found.links.append(FoundLink(*place, url, text, LinkSyntax.LINK, bare=True))

    def _add_note(self, name: str) -> None:
        """Count a call of a footnote: the ids are `fnref:name`, `fnref:name:1` and so on."""
        count = self._found.calls.get(name, 0)
        self._found.calls[name] = count + 1
        if count == 0:
            self._found.called.append(name)
        named = self._options.footnote_prefix + name
        self._found.anchors.add(f"fnref:{named}:{count}" if count else f"fnref:{named}")
        self._found.anchors.add(f"fn:{named}")

    # HTML

    def _read_element(self, block: Block) -> None:
        html = self._join_attributes(block.html, block.attributes)
        text = self._join_text(block) if block.tag == "a" and "href" in html else ""
        self._add_tag(block.tag, html, block.start, block.end, text)
        if self._options.github and block.tag in _HEADINGS:
            words = Span(SpanKind.TEXT, 0, 0, decode_target(self._join_text(block)))
            self._found.anchors.add(self._ids.name([words], "", inside_html=False) or "")
        self._read_text(Located(block.pieces))

    def _join_attributes(
        self, html: Mapping[str, str], attributes: Attributes | None
    ) -> Mapping[str, str]:
        """Return the attributes of an element; those of attribute lists replace its own."""
        return {**html, **attributes.find_shown(self._definitions)} if attributes else html

    def _join_text(self, block: Block) -> str:
        """Return the text inside an HTML element."""
        self._effort.spend(2)
        parts: list[Piece] = []
        for child in block.children:
            if child.kind is BlockKind.TEXT:
                parts += child.pieces
            elif child.tag == "img":
                parts.append((child.html.get("alt", ""), 0))
            elif child.tag not in _TEXT_ELEMENTS:
                parts.append((self._join_text(child), 0))
        return join([*block.pieces, *parts])

    def _add_tag(
        self, tag: str, attributes: Mapping[str, str], start: int, end: int, text: str
    ) -> None:
        for name in ("id", "name") if tag == "a" else ("id",):
            if attributes.get(name):
                self._found.anchors.add(decode_target(attributes[name]))
        if tag != "a":
            text = attributes.get("alt", attributes.get("title", ""))
        label = _BLANKS.sub(" ", decode_target(text)).strip()
        for url, syntax in find_element_links(tag, attributes):
            self._effort.spend(10)
            target = decode_target(_BLANKS.sub(" ", url).strip())
            self._found.links.append(FoundLink(start, end, target, label, syntax))


def _hide_markup(text: str, spans: Sequence[Span]) -> str:
    """Return running text with `|` for each character that is not shown as plain text.

    Marks of emphasis stay: on GitHub they belong to an address.
    """
    parts: list[str] = []
    at = 0
    for start, end in _find_markup(spans, in_code=False):
        parts += [text[at:start], "|" * (end - start)]
        at = end
    return "".join([*parts, text[at : _find_end(spans)]])


def _find_markup(spans: Iterable[Span], *, in_code: bool) -> Iterator[tuple[int, int]]:
    at: int | None = None
    for span in spans:
        if at is not None:
            # Attribute lists and end tags are no nodes.
            yield at, span.start
        at = _find_end([span])
        match span.kind:
            case SpanKind.TEXT | SpanKind.SYMBOL | SpanKind.BREAK:
                if in_code:
                    yield span.start, span.end
            case SpanKind.EMPHASIS | SpanKind.STRONG | SpanKind.STRIKE:
                yield from _find_markup(span.children, in_code=in_code)
            case SpanKind.HTML:
                yield span.start, span.tag_end
                is_code = span.tag == "a" or default_content(span.tag) is Content.RAW
                yield from _find_markup(span.children, in_code=in_code or is_code)
            case _:
                yield span.start, span.end


def _find_end(spans: Sequence[Span]) -> int:
    """Return where the last node ends; that of an element ends with its content."""
    if not spans:
        return 0
    last = spans[-1]
    return max(last.end, _find_end(last.children) if last.kind is SpanKind.HTML else 0)


def decode_target(written: str) -> str:
    """Return an attribute or a target as the browser gets it, with its entities decoded."""
    return unmask(_ENTITY.sub(lambda entity: unescape(entity[0]), written))
