"""Divides a page's text into blocks, in one pass (pure).

Source: kramdown's syntax page; see `blocks`.
"""

from __future__ import annotations

import re
from typing import assert_never

from syncer.handbook.kramdown import html_tags
from syncer.handbook.kramdown.attributes import EXTENSION, NAME, Attributes, closes_soon
from syncer.handbook.kramdown.blocks import (
    BLANK,
    DEFINITION_START,
    END_MARK,
    LIST_START,
    QUOTE,
    RULE,
    Block,
    BlockKind,
    Blocks,
)
from syncer.handbook.kramdown.effort import Effort
from syncer.handbook.kramdown.html_tags import Content, StartTag
from syncer.handbook.kramdown.leaf_cutter import LeafCutter
from syncer.handbook.kramdown.lists import (
    CutList,
    cut_definitions,
    cut_list,
    cut_terms,
    replace_task_box,
    shows_bare,
)
from syncer.handbook.kramdown.options import KramdownOptions
from syncer.handbook.kramdown.patterns import compile_ruby
from syncer.handbook.kramdown.positions import Located, Piece, join
from syncer.handbook.kramdown.spans import normalise_reference

# The content of containers deeper than this is one paragraph, which bounds the recursion.
_MAX_DEPTH = 30
_INDENT = compile_ruby(r"\t| {4}")
_FOOTNOTE = compile_ruby(rf" {{0,3}}\[\^({NAME})\]:")
_ABBREVIATION = compile_ruby(r" {0,3}\*\[[^\n]+?\]:[^\n]*\n")
_EXTENSION = compile_ruby(rf" {{0,3}}{EXTENSION}[^\S\n]*\n")
_EXTENSION_ENDS = {
    name: compile_ruby(rf"^ {{0,3}}\{{:/(?:{name})?\}}[^\S\n]*\n", re.MULTILINE)
    for name in ("comment", "nomarkdown", "options")
}
_HTML_START = compile_ruby(r" {0,3}(?=<)")
_HTML_MARK = compile_ruby(r"<(?=[A-Za-z_/!?\u00c0-\U0010ffff])")


def cut_blocks(
    source: Located, options: KramdownOptions, effort: Effort, *, is_html: bool
) -> Blocks:
    """Divide a page's text into blocks.

    Args:
        source: any text without front matter; it must end in a line end.
        options: of the site.
        effort: counts the steps.
        is_html: whether the page is HTML, in which nothing is Markdown.
    """
    blocks = Blocks(options, effort)
    blocks.references |= {normalise_reference(name): target for name, target in options.link_defs}
    cutter = _Cutter(source, blocks, 0, plain=is_html)
    if is_html:
        cutter.cut_raw(blocks.root)
    else:
        cutter.cut(blocks.root)
    return blocks


class _Cutter(LeafCutter):
    """Reads containers, and decides which block begins where."""

    def __init__(self, source: Located, blocks: Blocks, depth: int, *, plain: bool = False) -> None:
        super().__init__(source, blocks, depth)
        # In plain HTML the `markdown` attribute has no meaning.
        self._plain = plain

    def cut(self, parent: Block) -> None:
        """Read up to the end, or to the end tag of an HTML `parent`."""
        while self._at < len(self._text) and not self._read_end_tag(parent):
            if not self._read_block(parent):
                self._read_paragraph(parent)

    def _read_block(self, parent: Block) -> bool:
        """Read the block that begins here, in kramdown's order; False for a paragraph."""
        at, text = self._at, self._text
        self._effort.spend(4)
        if blank := BLANK.match(text, at):
            return self._read_blank(parent, blank.end())
        if _INDENT.match(text, at):
            return self._read_code(parent)
        # The first character excludes most blocks.
        first = text[at : at + 4].lstrip(" ")[:1]
        return (
            (first in "`~" and self._read_fence(parent))
            or (first == ">" and self._read_quote(parent))
            or (first == "#" and self._read_heading(parent))
            or (first in "*_-" and self._read_line(parent, RULE, BlockKind.RULE))
            or (LIST_START.match(text, at) is not None and self._read_list(parent))
            or (first == ":" and self._read_definitions(parent))
            or (first == "<" and self._read_html(parent))
            or self._read_underlined(parent)
            or (first == "$" and self._read_math(parent))
            or self._read_table(parent)
            or self._read_mark(parent, first)
        )

    def _read_mark(self, parent: Block, first: str) -> bool:
        """Read a line that prints nothing."""
        match first:
            case "[":
                return self._read_footnote(parent) or self._read_reference(parent)
            case "*":
                return self._read_line(parent, _ABBREVIATION, BlockKind.MARK)
            case "{" if not self._blocks.options.github:
                return self._read_extension(parent) or self._read_attributes(parent)
            case "^":
                return self._read_line(parent, END_MARK, BlockKind.BOUNDARY)
            case _:
                return False

    def _cut_inside(self, parent: Block, pieces: list[Piece]) -> None:
        """Divide the lines of a container into its children."""
        source = Located(pieces)
        self._effort.spend(8 + len(source.text) // 32)
        if self._depth >= _MAX_DEPTH:
            parent.children.append(Block(BlockKind.PARAGRAPH, parent.start, pieces=pieces))
        else:
            _Cutter(source, self._blocks, self._depth + 1).cut(parent)

    # Containers

    def _read_quote(self, parent: Block) -> bool:
        block = self._add(parent, BlockKind.QUOTE)
        pieces: list[Piece] = []
        while True:
            at = self._at
            mark = QUOTE.match(self._text, at)
            self._at = self._end_of_line(at)
            pieces += self._source.cut(mark.end() if mark else at, self._at)
            if self._edges.ends_lazily(self._at):
                break
        self._cut_inside(block, pieces)
        return True

    def _read_list(self, parent: Block) -> bool:
        block = self._add(parent, BlockKind.LIST)
        github = self._blocks.options.github
        found = cut_list(self._source, self._at, self._effort, github=github)
        self._add_items(parent, block, found)
        for item in block.children:
            replace_task_box(item)
        return True

    def _add_items(self, parent: Block, block: Block, found: CutList) -> None:
        """Divide the lines of the items; a blank line that ends the last item is the parent's."""
        last: Block | None = None
        bare: list[bool] = []
        for item in found.items:
            child = Block(BlockKind.ITEM, item.start, attributes=item.attributes)
            block.children.append(child)
            for run in item.runs:
                self._cut_inside(child, run)
            if block.kind is BlockKind.DEFINITIONS:
                bare.append(not item.after_blank)
            else:
                is_last = item is found.items[-1]
                bare.append(shows_bare(child, bare, is_last=is_last, marked_end=found.marked_end))
            first = next(iter(child.children), None)
            if bare[-1] and first is not None and first.kind is BlockKind.PARAGRAPH:
                # kramdown writes no `<p>` that could have the attributes.
                first.attributes = None
            is_blank = bool(child.children) and child.children[-1].kind is BlockKind.BLANK
            last = child.children.pop() if is_blank else None
        if last is not None and not found.marked_end:
            parent.children.append(last)
        self._at = found.end

    def _read_definitions(self, parent: Block) -> bool:
        """Read `: definition` lines; the paragraph before them has the terms."""
        if self._blocks.options.github or not DEFINITION_START.match(self._text, self._at):
            return False
        children = parent.children
        blank = len(children) > 1 and children[-1].kind is BlockKind.BLANK
        if blank and join(children[-1].pieces) != "\n":
            return False
        at = -2 if blank else -1
        if not children or children[at].kind is not BlockKind.PARAGRAPH:
            return False
        paragraph = children[at]
        del children[at:]
        kinds = [child.kind for child in children[-2:]]
        if kinds == [BlockKind.DEFINITIONS, BlockKind.BLANK]:
            children.pop()
        if children and children[-1].kind is BlockKind.DEFINITIONS:
            # The same list continues; kramdown loses the attributes of this part.
            block, self._pending = children[-1], None
        else:
            block = self._add(parent, BlockKind.DEFINITIONS)
            block.attributes = paragraph.attributes
        block.children += cut_terms(paragraph, self._effort)
        found = cut_definitions(self._source, self._at, self._effort, after_blank=blank)
        self._add_items(parent, block, found)
        return True

    def _read_footnote(self, parent: Block) -> bool:
        found = _FOOTNOTE.match(self._text, self._at)
        if found is None:
            return False
        end = self._edges.skip_code(self._end_of_line(found.end()))
        pieces: list[Piece] = []
        at = found.end()
        while at < end:
            indent = _INDENT.match(self._text, at)
            stop = min(self._end_of_line(at), end)
            pieces += self._source.cut(indent.end() if indent else at, stop)
            at = stop
        block = Block(BlockKind.ITEM, self._source.locate(self._at))
        self._cut_inside(block, pieces)
        self._blocks.footnotes[found[1]] = block
        self._add(parent, BlockKind.MARK)
        self._at = end
        return True

    def _read_extension(self, parent: Block) -> bool:
        """Read `{::comment}`, `{::nomarkdown}` or `{::options /}`; only HTML in them is shown."""
        if not closes_soon(self._text, self._at, self._effort):
            return False
        found = _EXTENSION.match(self._text, self._at)
        if found is None or found[1] not in _EXTENSION_ENDS:
            return False
        name = found[1]
        end = body_end = found.end()
        if not found[3]:
            stop = self._search.search(_EXTENSION_ENDS[name], end)
            if stop is None:
                return False
            body_end, end = stop.span()
        if name == "options":
            page_options = Attributes()
            page_options.read(found[2] or "")
            self._blocks.page_options |= page_options.values
            self._add(parent, BlockKind.MARK).takes_list = False
        elif name == "comment" and not found[3]:
            self._add(parent, BlockKind.MARK)
        elif not found[3]:
            block = self._add(parent, BlockKind.HTML)
            body = Located(self._source.cut(found.end(), body_end))
            _Cutter(body, self._blocks, self._depth + 1, plain=True).cut_raw(block)
        self._at = end
        return True

    # HTML

    def _read_end_tag(self, parent: Block) -> bool:
        """Read the end tag of `parent`, if it is here."""
        if parent.kind is not BlockKind.HTML or not parent.tag:
            return False
        start = _HTML_START.match(self._text, self._at)
        close = html_tags.CLOSE_TAG.match(self._text, start.end()) if start else None
        if close is None or close["name"].lower() != parent.tag:
            return False
        self._at = close.end()
        return True

    def _read_html(self, parent: Block) -> bool:
        if self._blocks.options.github:
            return self._read_github_html(parent)
        if self._text.startswith("<!--", self._at):
            close = self._search.find("-->", self._at + 4)
            if close >= 0:
                self._add(parent, BlockKind.MARK)
                self._at = close + 3
                self._skip_rest_of_line()
                return True
        start = _HTML_START.match(self._text, self._at)
        tag = self._match_tag(start.end()) if start else None
        if tag is None or tag.name in html_tags.SPAN_ELEMENTS:
            return False
        block, has_content = self._add_element(parent, tag, raw_parent=False)
        if has_content:
            self._read_inside(block)
            self._skip_rest_of_line()
        return True

    def _read_github_html(self, parent: Block) -> bool:
        """Read an HTML block of GitHub's, which has no Markdown in it; what follows may have."""
        end = html_tags.find_block_end(self._text, self._at, self._search)
        if end is None:
            return False
        block = self._add(parent, BlockKind.HTML)
        body = Located(self._source.cut(self._at, end))
        _Cutter(body, self._blocks, self._depth + 1, plain=True).cut_raw(block)
        self._at = end
        return True

    def _match_tag(self, at: int) -> StartTag | None:
        grammar = html_tags.BROWSER if self._plain else html_tags.KRAMDOWN
        return html_tags.match_tag(self._text, at, len(self._text), self._effort, grammar)

    def _add_element(self, parent: Block, tag: StartTag, *, raw_parent: bool) -> tuple[Block, bool]:
        """Add an element; return it, and whether its content must be read next."""
        block = self._add(parent, BlockKind.HTML)
        block.tag = tag.name
        block.start = self._source.locate(tag.start)
        block.end = self._source.locate_end(tag.end)
        block.html = tag.attributes
        if not self._plain:
            is_read = not raw_parent and self._blocks.options.parse_block_html
            otherwise = html_tags.default_content(tag.name) if is_read else Content.RAW
            block.content = html_tags.choose_content(tag.name, block.html, otherwise)
        self._at = tag.end
        if tag.name in ("script", "style"):
            self._read_to_end_tag(tag.name)
            return block, False
        is_empty = tag.closed or tag.name in html_tags.EMPTY_ELEMENTS
        return block, not is_empty and self._depth < _MAX_DEPTH

    def _read_inside(self, block: Block) -> None:
        """Read the content of an element, up to its end tag or the end of the text."""
        self._depth += 1
        match block.content:
            case Content.BLOCK:
                self._skip_rest_of_line()
                self.cut(block)
                self._pending = None
            case Content.SPAN:
                start = self._at
                stop = self._read_to_end_tag(block.tag)
                block.pieces = self._source.cut(start, stop)
            case Content.RAW:
                self.cut_raw(block)
            case _:
                assert_never(block.content)
        self._depth -= 1

    def _read_to_end_tag(self, name: str) -> int:
        """Go past the end tag, or to the end without one; return where it begins."""
        for tag in html_tags.CLOSE_TAG.finditer(self._text, self._at):
            self._effort.spend(1)
            if tag["name"].lower() == name.lower():
                self._at = tag.end()
                return tag.start()
        self._at = len(self._text)
        return self._at

    def cut_raw(self, parent: Block) -> None:
        """Read HTML and text up to the end tag of `parent`; the text stays as it is."""
        text, outer_depth = self._text, self._depth
        opened = [parent]
        while opened and self._at < len(text):
            mark = _HTML_MARK.search(text, self._at)
            start = mark.start() if mark else len(text)
            self._effort.spend(4 + (start - self._at) // 64)
            self._add_text(opened[-1], start)
            if start == len(text):
                break
            if text.startswith("<!--", start) and (close := self._search.find("-->", start)) >= 0:
                self._at = close + 3
            elif text.startswith("<?", start) and (close := self._search.find("?>", start)) >= 0:
                self._at = close + 2
            elif tag := self._match_tag(start):
                self._open_raw(opened, tag)
            elif close_tag := html_tags.CLOSE_TAG.match(text, start):
                self._at = close_tag.end()
                if html_tags.normalise_name(close_tag["name"]) == opened[-1].tag:
                    opened.pop()
                    self._depth -= 1
            else:
                self._add_text(opened[-1], start + 1)
        self._depth = outer_depth

    def _open_raw(self, opened: list[Block], tag: StartTag) -> None:
        """Add an element in raw HTML; where its content is raw too, it is the innermost one."""
        block, has_content = self._add_element(opened[-1], tag, raw_parent=True)
        if has_content and block.content is Content.RAW:
            opened.append(block)
            self._depth += 1
        elif has_content:
            self._read_inside(block)

    def _add_text(self, parent: Block, end: int) -> None:
        if end > self._at:
            pieces = self._source.cut(self._at, end)
            if parent.children and parent.children[-1].kind is BlockKind.TEXT:
                parent.children[-1].pieces += pieces
            else:
                parent.children.append(Block(BlockKind.TEXT, pieces[0][1], pieces=pieces))
        self._at = end
