"""The blocks without blocks inside, and the lines that print nothing (pure).

Source: kramdown's syntax page; see `blocks`. The methods `_read_…` read what begins where the
reader stands, or nothing, and say so.
"""

from __future__ import annotations

import re

from syncer.handbook.kramdown.attributes import LIST_CONTENT, NAME, Attributes
from syncer.handbook.kramdown.blocks import (
    BLANK,
    BLOCK_LIST,
    END_MARK,
    FENCE,
    HEADING,
    Block,
    BlockKind,
    Blocks,
    ends_paragraph,
    is_boundary,
    skip_code,
)
from syncer.handbook.kramdown.patterns import BLANKS, compile_ruby
from syncer.handbook.kramdown.positions import Located
from syncer.handbook.kramdown.spans import normalise_reference
from syncer.handbook.kramdown.table_lines import TABLE_START, cut_table

# Longer fences than people write; each unclosed one costs a look through the page.
_MAX_FENCE = 20
_UNDERLINED = compile_ruby(r" {0,3}([^ \t\n][^\n]*)\n([-=])[-=]*[^\S\n]*\n")
_RULE = compile_ruby(r" {0,3}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*\n")
_FENCE_INFO = compile_ruby(r"[^\S\n]*\S*[^\S\n]*\n")
_REFERENCE = compile_ruby(
    r" {0,3}\[([^\n\]]+)\]:[ \t]*(?:<([^\n]*?)>|([^\n]*?\S[^\n]*?))"
    r"(?:(?:[ \t]*\n|[ \t]+)[ \t]*([\"'])([^\n]+?)\4)?[ \t]*\n"
)
_TITLE_ALONE = compile_ruby(r"[ \t]+[\"']")
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
    """Reads one text from front to back; `_at` is where it stands."""

    def __init__(self, source: Located, blocks: Blocks, depth: int) -> None:
        """Begin a text, `depth` containers deep, that adds to what the page defines."""
        self._source = source
        self._text = source.text
        self._blocks = blocks
        self._depth = depth
        self._at = 0
        # An attribute list that is about the next block.
        self._pending: Attributes | None = None
        # For each mark that closes something: from where on it was not found.
        self._never: dict[str, int] = {}

    # Small steps

    def _add(self, parent: Block, kind: BlockKind) -> Block:
        """Add a new block; an attribute list that waits for one is about it."""
        block = Block(kind, start=self._source.locate(self._at))
        block.attributes, self._pending = self._pending, None
        parent.children.append(block)
        return block

    def _is_after_boundary(self, parent: Block) -> bool:
        if not parent.children or self._pending is not None:
            return True
        return parent.children[-1].kind in (BlockKind.BLANK, BlockKind.BOUNDARY)

    def _find(self, mark: str, start: int) -> int:
        """Find a mark; what was not found once is not looked for again behind that place."""
        if start >= self._never.get(mark, len(self._text) + 1):
            return -1
        found = self._text.find(mark, start)
        if found < 0:
            self._never[mark] = start
        return found

    def _end_of_line(self, at: int) -> int:
        return self._text.find("\n", at) + 1 or len(self._text)

    def _skip_rest_of_line(self) -> None:
        if rest := _REST_OF_LINE.match(self._text, self._at):
            self._at = rest.end()

    # Leaves

    def _read_blank(self, parent: Block) -> bool:
        blank = BLANK.match(self._text, self._at)
        end = blank.end() if blank else self._end_of_line(self._at)
        if parent.children and parent.children[-1].kind is BlockKind.BLANK:
            # Behind an attribute list, which goes on waiting for what it is about.
            parent.children[-1].pieces += self._source.cut(self._at, end)
        else:
            block = self._add(parent, BlockKind.BLANK)
            block.takes_list = False
            block.pieces = self._source.cut(self._at, end)
        self._at = end
        return True

    def _read_code(self, parent: Block) -> bool:
        end = skip_code(self._text, self._at)
        if end == self._at:
            return False
        self._add(parent, BlockKind.CODE)
        self._at = end
        return True

    def _read_fence(self, parent: Block) -> bool:
        fence = FENCE.match(self._text, self._at)
        if fence is None or len(fence[1]) > _MAX_FENCE:
            return False
        # A fence that nothing closes may be a shorter one, its last marks the language.
        for length in range(len(fence[1]), 2, -1):
            info = _FENCE_INFO.match(self._text, fence.start(1) + length)
            end = self._find_fence(fence[1][:length], info.end()) if info else None
            if end is not None:
                self._add(parent, BlockKind.CODE)
                self._at = end
                return True
        return False

    def _find_fence(self, mark: str, start: int) -> int | None:
        """Return the end of the fence that closes `mark`; None when none does."""
        if start >= self._never.get(f"{mark} fence", len(self._text) + 1):
            return None
        close = compile_ruby(rf"^ {{0,3}}{mark}{mark[0]}*[^\S\n]*\n", re.MULTILINE)
        found = close.search(self._text, start)
        if found is None:
            self._never[f"{mark} fence"] = start
            return None
        return found.end()

    def _read_heading(self, parent: Block) -> bool:
        heading = HEADING.match(self._text, self._at)
        if heading is None:
            return False
        return self._add_heading(parent, heading, 2, len(heading[1]), _CLOSING_HASHES)

    def _read_underlined(self, parent: Block) -> bool:
        heading = _UNDERLINED.match(self._text, self._at)
        if heading is None or not self._is_after_boundary(parent):
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
        named = _HEADING_ID.search(text)
        if named:
            text = text[: named.start()].rstrip(BLANKS)
        closed = closing.search(text) if closing else None
        if closed:
            text = text[: closed.start()].rstrip(BLANKS)
        if not text:
            return False
        block = self._add(parent, BlockKind.HEADING)
        block.level = level
        start = found.start(group)
        block.pieces = self._source.cut(start, start + len(text))
        if named:
            own = block.attributes or Attributes()
            own.values.setdefault("id", named[1])
            block.attributes = own
        self._at = found.end()
        return True

    def _read_rule(self, parent: Block) -> bool:
        rule = _RULE.match(self._text, self._at)
        if rule is None:
            return False
        self._add(parent, BlockKind.RULE)
        self._at = rule.end()
        return True

    def _read_math(self, parent: Block) -> bool:
        mark = _MATH.match(self._text, self._at)
        close = self._find("$$", mark.end()) if mark else -1
        if close < 0 or not self._is_after_boundary(parent):
            return False
        rest = _REST_OF_LINE.match(self._text, close + 2)
        end = rest.end() if rest else close + 2
        if not is_boundary(self._text, end):
            return False
        self._add(parent, BlockKind.MATH)
        self._at = end
        return True

    def _read_table(self, parent: Block) -> bool:
        if not TABLE_START.match(self._text, self._at) or not self._is_after_boundary(parent):
            return False
        table = cut_table(self._source, self._at)
        if table is None or not is_boundary(self._text, table.end):
            # To kramdown the list was about the table that is none, and is lost with it.
            self._pending = None
            return False
        self._add(parent, BlockKind.TABLE).table = table
        self._at = table.end
        return True

    def _read_paragraph(self, parent: Block) -> None:
        """Read a paragraph, or go on with the one before, as kramdown does."""
        start = self._at
        end = self._end_of_line(start)
        while not ends_paragraph(self._text, end):
            end = self._end_of_line(end)
        stop = start + len(self._text[start:end].rstrip(BLANKS))
        before = parent.children[-1] if parent.children else None
        if before is not None and before.kind is BlockKind.PARAGRAPH:
            before.pieces += [("\n", self._source.locate(start) - 1)]
        else:
            start += len(self._text[start:stop]) - len(self._text[start:stop].lstrip(BLANKS))
            before = self._add(parent, BlockKind.PARAGRAPH)
        before.pieces += self._source.cut(start, stop)
        self._at = end

    # Definitions that print nothing

    def _read_mark(self, parent: Block, pattern: re.Pattern[str]) -> bool:
        mark = pattern.match(self._text, self._at)
        if mark is None:
            return False
        self._add(parent, BlockKind.MARK)
        self._at = mark.end()
        return True

    def _read_end_mark(self, parent: Block) -> bool:
        mark = END_MARK.match(self._text, self._at)
        if mark is None:
            return False
        self._add(parent, BlockKind.BOUNDARY).takes_list = False
        self._at = mark.end()
        return True

    def _read_reference(self, parent: Block) -> bool:
        found = _REFERENCE.match(self._text, self._at)
        if found is None or (found[3] and _TITLE_ALONE.search(found[3])):
            return False
        url = found[2] if found[2] is not None else found[3]
        self._blocks.references[normalise_reference(found[1])] = url
        return self._read_mark(parent, _REFERENCE)

    def _read_attributes(self, parent: Block) -> bool:
        """Read an attribute list, or the definition of one."""
        if defined := _DEFINED_LIST.match(self._text, self._at):
            self._blocks.definitions.setdefault(defined[1], Attributes()).read(defined[2])
            self._add(parent, BlockKind.MARK).takes_list = False
            self._at = defined.end()
            return True
        own = BLOCK_LIST.match(self._text, self._at)
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
        if not BLOCK_LIST.match(self._text, self._at):
            self._add(parent, BlockKind.MARK).takes_list = False
        return True
