"""Reads blocks that hold no other blocks, and lines that print nothing (pure).

Source: kramdown's syntax page; see `blocks`. Each method `_read_…` reads what begins at the current
position, or returns False.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from syncer.handbook.kramdown.attributes import LIST_CONTENT, NAME, Attributes, closes_soon
from syncer.handbook.kramdown.blocks import (
    FENCE,
    GITHUB_HEADING,
    HEADING,
    Block,
    BlockKind,
    Blocks,
    LineEdges,
)
from syncer.handbook.kramdown.effort import TextSearch
from syncer.handbook.kramdown.patterns import BLANKS, compile_ruby
from syncer.handbook.kramdown.positions import Located
from syncer.handbook.kramdown.spans import normalise_reference
from syncer.handbook.kramdown.table_lines import TABLE_START, cut_table

_UNDERLINED = compile_ruby(r" {0,3}([^ \t\n][^\n]*)\n([-=])[-=]*[^\S\n]*\n")
# A fence longer than this is text. The limit is ours.
_MAX_FENCE = 20
_FENCE_INFO = compile_ruby(r"[^\S\n]*+\S*+[^\S\n]*+\n")
_FENCE_END = compile_ruby(r"^ {0,3}(`{3,}|~{3,})[^\S\n]*\n", re.MULTILINE)
_REFERENCE = compile_ruby(r" {0,3}\[([^\n\]]+)\]:[ \t]*")
# CommonMark, section 4.7: the target has no blanks, and may be on the next line.
_GITHUB_REFERENCE = compile_ruby(
    r" {0,3}\[(?P<name>(?:[^\[\]\\]|\\.){1,999}+)\]:[ \t]*+(?:\n[ \t]*+)?"
    r"(?:<(?P<pointed>[^<>\n]*+)>|(?P<plain>[^\s<]\S*+))"
    r"(?:(?:[ \t]++|[ \t]*\n[ \t]*)(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ \t]*\n"
)
# A lone dash is an empty item of a list.
_GITHUB_UNDERLINE = compile_ruby(r" {0,3}(=+|--+)[ \t]*\n")
_COMMENT_START = compile_ruby(r" {0,3}<!--")
_REFERENCE_TITLE = compile_ruby(r"(?<![ \t])[ \t]+([\"'])")
_TITLE_LINE = compile_ruby(r"[ \t]*([\"'])[^\n]+?\1[ \t]*\n")
_DEFINED_LIST = compile_ruby(rf" {{0,3}}\{{:({NAME}):({LIST_CONTENT})\}}[^\S\n]*\n")
_MATH = compile_ruby(r" {0,3}\$\$")
# XML's NameStartChar and NameChar.
_NAME_START = (
    r":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    r"\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_HEADING_ID = compile_ruby(
    rf"[\t ]\{{#([{_NAME_START}][{_NAME_START}\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*)\}}\Z"
)
_CLOSING_HASHES = compile_ruby(r"[\t ]#+\Z")
_REST_OF_LINE = compile_ruby(r"[ \t]*\n")


class LeafCutter:
    """Reads one text from start to end; `_at` is the position."""

    def __init__(self, source: Located, blocks: Blocks, depth: int) -> None:
        """Read a text inside `depth` containers, and add its definitions to those of the page."""
        self._source = source
        self._text = source.text
        self._blocks = blocks
        self._effort = blocks.effort
        self._depth = depth
        self._at = 0
        # An attribute list that belongs to the next block.
        self._pending: Attributes | None = None
        github = blocks.options.github
        self._edges = LineEdges(source.text, blocks.effort, lazy_code=not github)
        self._search = TextSearch(source.text, len(source.text), blocks.effort)
        # The lines that may end a fence: where they begin and end, and their marks.
        self._fence_ends: list[tuple[int, int, str]] | None = None
        # Marks of fences, each with a position after which nothing ends it.
        self._unfenced: dict[str, int] = {}

    def _add(self, parent: Block, kind: BlockKind) -> Block:
        """Add a new block, which gets the pending attribute list."""
        self._effort.spend(8)
        block = Block(kind, start=self._source.locate(self._at))
        block.attributes, self._pending = self._pending, None
        parent.children.append(block)
        return block

    def _is_after_boundary(self, parent: Block) -> bool:
        if not parent.children or self._pending is not None:
            return True
        return parent.children[-1].kind in (BlockKind.BLANK, BlockKind.BOUNDARY)

    def _end_of_line(self, at: int) -> int:
        return self._text.find("\n", at) + 1 or len(self._text)

    def _skip_rest_of_line(self) -> None:
        if rest := _REST_OF_LINE.match(self._text, self._at):
            self._at = rest.end()

    # Leaves

    def _read_blank(self, parent: Block, end: int) -> bool:
        if parent.children and parent.children[-1].kind is BlockKind.BLANK:
            # After an attribute list, which still waits for its block.
            block = parent.children[-1]
        else:
            block = self._add(parent, BlockKind.BLANK)
            block.takes_list = False
        block.pieces += self._source.cut(self._at, end)
        self._at = end
        return True

    def _read_code(self, parent: Block) -> bool:
        end = self._edges.skip_code(self._at)
        if end == self._at:
            return False
        self._add(parent, BlockKind.CODE)
        self._at = end
        return True

    def _read_fence(self, parent: Block) -> bool:
        fence = FENCE.match(self._text, self._at)
        if fence is None or len(fence[1]) > _MAX_FENCE:
            return False
        if self._blocks.options.github:
            return self._read_github_fence(parent, fence)
        # A fence that nothing closes may be a shorter one, its last marks the language.
        for length in range(len(fence[1]), 2, -1):
            info = _FENCE_INFO.match(self._text, fence.start(1) + length)
            end = self._find_fence_end(fence[1][:length], info.end()) if info else None
            if end is not None:
                self._add(parent, BlockKind.CODE)
                self._at = end
                return True
        return False

    def _read_github_fence(self, parent: Block, fence: re.Match[str]) -> bool:
        """Read a fence with any text after its marks; one that nothing closes ends with the page.

        Source: CommonMark, section 4.5.
        """
        start = self._end_of_line(fence.end())
        if "`" in fence[1] and "`" in self._text[fence.end() : start]:
            return False
        end = self._find_fence_end(fence[1], start)
        self._add(parent, BlockKind.CODE)
        self._at = len(self._text) if end is None else end
        return True

    def _find_fence_end(self, mark: str, start: int) -> int | None:
        """Return the end of the line that closes a fence; None when none does."""
        if self._fence_ends is None:
            found = _FENCE_END.finditer(self._text, start)
            self._fence_ends = [(line.start(), line.end(), line[1]) for line in found]
            self._effort.spend(len(self._text) // 32)
        if start >= self._unfenced.get(mark, len(self._text) + 1):
            return None
        first = bisect_left(self._fence_ends, (start, 0, ""))
        for number in range(first, len(self._fence_ends)):
            self._effort.spend(1)
            _, end, marks = self._fence_ends[number]
            if marks.startswith(mark):
                return end
        self._unfenced[mark] = start
        return None

    def _read_heading(self, parent: Block) -> bool:
        pattern = GITHUB_HEADING if self._blocks.options.github else HEADING
        heading = pattern.match(self._text, self._at)
        if heading is None:
            return False
        return self._add_heading(parent, heading, 2, len(heading[1]), _CLOSING_HASHES)

    def _read_underlined(self, parent: Block) -> bool:
        heading = _UNDERLINED.match(self._text, self._at)
        if heading is None or not self._is_after_boundary(parent):
            return False
        underline = self._text[heading.end(1) : heading.end()].strip(BLANKS)
        if self._blocks.options.github and "-" in (underline, heading[1].rstrip(BLANKS)):
            # An empty item of a list.
            return False
        return self._add_heading(parent, heading, 1, 2 if heading[2] == "-" else 1, None)

    def _add_heading(
        self,
        parent: Block,
        found: re.Match[str],
        group: int,
        level: int,
        closing: re.Pattern[str] | None,
    ) -> bool:
        text = found[group].rstrip(BLANKS)
        start = found.start(group) + len(text) - len(text.lstrip(BLANKS))
        text = text.lstrip(BLANKS)
        named = None if self._blocks.options.github else _HEADING_ID.search(text)
        if named:
            text = text[: named.start()].rstrip(BLANKS)
        closed = closing.search(text) if closing else None
        if closed:
            text = text[: closed.start()].rstrip(BLANKS)
        if not text:
            return False
        block = self._add(parent, BlockKind.HEADING)
        block.level = level
        block.pieces = self._source.cut(start, start + len(text))
        if named:
            own = block.attributes or Attributes()
            own.values.setdefault("id", named[1])
            block.attributes = own
        self._at = found.end()
        return True

    def _read_math(self, parent: Block) -> bool:
        mark = _MATH.match(self._text, self._at)
        close = self._search.find("$$", mark.end()) if mark else -1
        if close < 0 or not self._is_after_boundary(parent):
            return False
        rest = _REST_OF_LINE.match(self._text, close + 2)
        end = rest.end() if rest else close + 2
        if not self._edges.is_boundary(end):
            return False
        self._add(parent, BlockKind.MATH)
        self._at = end
        return True

    def _read_table(self, parent: Block) -> bool:
        if not TABLE_START.match(self._text, self._at) or not self._is_after_boundary(parent):
            return False
        table = cut_table(self._source, self._at, self._effort)
        if table is None or not self._edges.is_boundary(table.end):
            # kramdown takes the pending list for the table's, and loses it.
            self._pending = None
            return False
        self._add(parent, BlockKind.TABLE).table = table
        self._at = table.end
        return True

    def _read_paragraph(self, parent: Block) -> None:
        """Read a paragraph, or continue the previous one, as kramdown does."""
        start = self._at
        end = self._end_of_line(start)
        github = self._blocks.options.github
        while not self._edges.ends_paragraph(end):
            self._effort.spend(1)
            if github and _COMMENT_START.match(self._text, end):
                break
            if github and (line := _GITHUB_UNDERLINE.match(self._text, end)):
                block = self._add(parent, BlockKind.HEADING)
                block.level = 1 if line[1].startswith("=") else 2
                block.pieces = self._source.cut(start, end - 1)
                self._at = line.end()
                return
            end = self._end_of_line(end)
        text = self._text[start:end].rstrip(BLANKS)
        stop = start + len(text)
        before = parent.children[-1] if parent.children else None
        if before is not None and before.kind is BlockKind.PARAGRAPH:
            before.pieces += [("\n", self._source.locate(start) - 1)]
        else:
            start += len(text) - len(text.lstrip(BLANKS))
            before = self._add(parent, BlockKind.PARAGRAPH)
        before.pieces += self._source.cut(start, stop)
        self._at = end

    # Lines that print nothing, and rules

    def _read_line(self, parent: Block, pattern: re.Pattern[str], kind: BlockKind) -> bool:
        line = pattern.match(self._text, self._at)
        if line is None:
            return False
        block = self._add(parent, kind)
        block.takes_list = kind is not BlockKind.BOUNDARY
        self._at = line.end()
        return True

    def _read_reference(self, parent: Block) -> bool:
        """Read `[id]: target "title"`."""
        if self._blocks.options.github:
            return self._read_github_reference(parent)
        found = _REFERENCE.match(self._text, self._at)
        target = self._find_target(found.end()) if found else None
        if found is None or target is None:
            return False
        url_start, url_end, end = target
        url = self._text[url_start:url_end]
        self._blocks.references[normalise_reference(found[1])] = url
        self._add(parent, BlockKind.MARK)
        self._at = end
        return True

    def _read_github_reference(self, parent: Block) -> bool:
        """Read a definition; of two with one name the first counts."""
        found = _GITHUB_REFERENCE.match(self._text, self._at)
        if found is None or not found["name"].strip(BLANKS):
            return False
        name = normalise_reference(found["name"].strip(BLANKS))
        self._blocks.references.setdefault(name, found["pointed"] or found["plain"] or "")
        self._add(parent, BlockKind.MARK)
        self._at = found.end()
        return True

    def _find_target(self, start: int) -> tuple[int, int, int] | None:
        """Return where the target of a definition begins and ends, and the definition's end."""
        line_end = self._text.find("\n", start)
        stop = start + len(self._text[start:line_end].rstrip(" \t"))
        if line_end < 0 or not self._text[start:stop].strip(BLANKS):
            return None
        if self._text.startswith("<", start):
            close = self._text.find(">", start, stop)
            while close >= 0:
                self._effort.spend(1)
                title = _REFERENCE_TITLE.match(self._text, close + 1, stop)
                if close + 1 == stop:
                    return start + 1, close, self._skip_title_line(line_end + 1)
                if title and self._is_title(title, stop):
                    return start + 1, close, line_end + 1
                close = self._text.find(">", close + 1, stop)
        title = _REFERENCE_TITLE.search(self._text, start, stop)
        if title is None:
            return start, stop, self._skip_title_line(line_end + 1)
        return (start, title.start(), line_end + 1) if self._is_title(title, stop) else None

    def _is_title(self, start: re.Match[str], stop: int) -> bool:
        """Return whether the quotation mark that begins a title also ends it, at `stop`."""
        return start.end() + 1 < stop and self._text[stop - 1] == start[1]

    def _skip_title_line(self, at: int) -> int:
        title = _TITLE_LINE.match(self._text, at)
        return title.end() if title else at

    def _read_attributes(self, parent: Block) -> bool:
        """Read an attribute list, or the definition of one."""
        if not closes_soon(self._text, self._at, self._effort):
            return False
        if defined := _DEFINED_LIST.match(self._text, self._at):
            self._blocks.definitions.setdefault(defined[1], Attributes()).read(defined[2])
            self._add(parent, BlockKind.MARK).takes_list = False
            self._at = defined.end()
            return True
        own = self._edges.match_list(self._at)
        if own is None:
            return False
        self._at = own.end()
        before = parent.children[-1] if parent.children else None
        if before is None or not before.takes_list:
            self._pending = self._pending or Attributes()
            self._pending.read(own[1])
            return True
        before.attributes = before.attributes or Attributes()
        before.attributes.read(own[1])
        if not self._edges.match_list(self._at):
            self._add(parent, BlockKind.MARK).takes_list = False
        return True
