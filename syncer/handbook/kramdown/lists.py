"""Lists as kramdown divides them: lines into items, items into their own lines (pure).

Source: kramdown's syntax page, "Lists" and "Definition Lists": the lines of an item are indented as
far as the text of its first line; a line that is not indented may follow lazily.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from syncer.handbook.kramdown import html_tags
from syncer.handbook.kramdown.attributes import LIST_CONTENT, NAME, Attributes
from syncer.handbook.kramdown.blocks import (
    BLANK,
    END_MARK,
    FENCE,
    HEADING,
    LINE_TAIL,
    LIST_START,
    QUOTE,
    RULE,
    Block,
    BlockKind,
    LineEdges,
)
from syncer.handbook.kramdown.effort import Effort
from syncer.handbook.kramdown.patterns import BLANKS, compile_ruby, is_blank
from syncer.handbook.kramdown.positions import Located, Piece

_ITEM_LIST = compile_ruby(rf"\s*\{{:(?!(?:{NAME})?:|/)({LIST_CONTENT})\}}\s*")
_HTML_EDGE = compile_ruby(rf"( *){html_tags.BLOCK_TAG_EDGE}")
_INDENT = compile_ruby(r"\t| {4}")
_TABS = compile_ruby(r"\t+")
_SPACES = compile_ruby(" *")
_TASK = compile_ruby(r"\[[ xX]\]\s+")
_MARKERS = {"ul": r"[+*-]", "ol": r"\d+\.", "dl": ":"}


@dataclass(slots=True)
class ListItem:
    """An item: its content in runs, divided where a nested list begins again.

    `after_blank` says whether a blank line precedes it.
    """

    start: int
    attributes: Attributes | None
    after_blank: bool
    runs: list[list[Piece]] = field(default_factory=list)


class CutList(NamedTuple):
    """A list: its items, its end in the text, and whether a lone `^` ended it."""

    items: list[ListItem]
    end: int
    marked_end: bool


@lru_cache(maxsize=16)
def _start_pattern(kind: str, blanks: int) -> re.Pattern[str]:
    return compile_ruby(rf"( {{0,{blanks}}}{_MARKERS[kind]})({LINE_TAIL})")


def cut_list(source: Located, at: int, effort: Effort, *, github: bool) -> CutList:
    """Divide the list that begins at `at`, where `LIST_START` must match.

    On GitHub a heading, a quote or a code fence that is not indented ends an item.
    """
    kind = "ul" if _start_pattern("ul", 3).match(source.text, at) else "ol"
    ends = (FENCE, HEADING, QUOTE) if github else ()
    return _ListCutter(source, at, kind, effort, ends).cut()


def cut_definitions(source: Located, at: int, effort: Effort, *, after_blank: bool) -> CutList:
    """Divide the definitions that begin at `at`, where `DEFINITION_START` must match."""
    return _ListCutter(source, at, "dl", effort).cut(after_blank=after_blank)


class _ListCutter:
    """Reads one list from its first line on."""

    def __init__(
        self,
        source: Located,
        at: int,
        kind: str,
        effort: Effort,
        ends: Sequence[re.Pattern[str]] = (),
    ) -> None:
        self._source = source
        self._text = source.text
        self._at = at
        self._kind = kind
        self._ends = ends
        self._effort = effort
        self._edges = LineEdges(source.text, effort)
        self._start = _start_pattern(kind, 3)
        self._indentation = 4
        self._nested = False
        self._items: list[ListItem] = []

    def cut(self, *, after_blank: bool = False) -> CutList:
        marked_end = False
        text = self._text
        while self._at < len(text):
            at = self._at
            self._effort.spend(4)
            if after_blank and self._kind != "dl" and RULE.match(text, at):
                break
            if end_mark := END_MARK.match(text, at):
                marked_end = self._kind != "dl"
                self._at = end_mark.end() if marked_end else at
                break
            if start := self._start.match(text, at):
                self._open_item(start, after_blank=after_blank)
                after_blank = False
            elif blank := BLANK.match(text, at):
                self._nested = after_blank = True
                self._items[-1].runs[-1] += self._source.cut(at, blank.end())
                self._at = blank.end()
            elif self._is_indented(at) or (not after_blank and self._is_lazy(at)):
                self._add_line()
                after_blank = False
            else:
                break
        return CutList(self._items, self._at, marked_end)

    def _is_indented(self, at: int) -> bool:
        """Return whether a line is indented as far as the item; a tab counts as four blanks."""
        steps, rest = divmod(self._indentation, 4)
        for _ in range(steps):
            indent = _INDENT.match(self._text, at)
            if indent is None:
                return False
            at = indent.end()
        return self._text.startswith(" " * rest, at) or _INDENT.match(self._text, at) is not None

    def _is_lazy(self, at: int) -> bool:
        """Return whether a line that is not indented still belongs to the item."""
        spaces = _SPACES.match(self._text, at)
        if spaces and len(spaces[0]) > min(self._indentation, 3):
            return True
        if any(end.match(self._text, at) for end in self._ends):
            return False
        return not (_HTML_EDGE.match(self._text, at) or self._edges.match_list(at))

    def _open_item(self, start: re.Match[str], *, after_blank: bool) -> None:
        """Read the first line of an item, which decides the indentation of its other lines."""
        self._effort.spend(12)
        at, end = start.start(2), start.end()
        item = ListItem(self._source.locate(start.start()), None, after_blank)
        self._items.append(item)
        own_list = _ITEM_LIST.match(self._text, at, end)
        content = own_list.end() if own_list else at
        alone = not self._text[content:end].strip(BLANKS)
        width = len(start[1])
        while at < end and is_blank(self._text[at]):
            width += 4 - width % 4 if self._text[at] == "\t" else 1
            at += 1
        self._indentation = 4 if alone else width
        if own_list:
            item.attributes = Attributes()
            item.attributes.read(own_list[1])
            at = own_list.end()
        self._start = _start_pattern(self._kind, max(0, min(self._indentation - 1, 3)))
        self._nested = LIST_START.match(self._text, at, end) is not None
        item.runs.append(self._source.cut(at, end))
        self._at = end

    def _add_line(self) -> None:
        """Add a further line to the item, without its indentation."""
        at = self._at
        end = self._text.find("\n", at) + 1 or len(self._text)
        self._at = end
        pieces = self._source.cut(at, end)
        if tabs := _TABS.match(self._text, at):
            width = 4 * (tabs.end() - at)
            pieces = self._source.cut(tabs.end(), end)
            pieces.insert(0, (" " * width, pieces[0][1] - width if pieces else 0))
        line = "".join(text for text, _ in pieces)
        indented = self._indentation <= len(line) - len(line.lstrip(" "))
        if indented:
            pieces = Located(pieces).cut(self._indentation, len(line))
            line = line[self._indentation :]
        runs = self._items[-1].runs
        if self._kind != "dl" and LIST_START.match(line):
            if not self._nested and indented:
                runs.append([])
                self._nested = True
            elif self._nested and not indented:
                blanks = self._indentation + 4
                self._effort.spend(blanks // 8)
                pieces.insert(0, (" " * blanks, pieces[0][1] - blanks))
        runs[-1] += pieces


def shows_bare(item: Block, before: list[bool], *, is_last: bool, marked_end: bool) -> bool:
    """Return whether kramdown writes no `<p>` around the first paragraph of an item.

    Args:
        item: with its children, among them a blank line at its end.
        before: the same of the earlier items; an item without a paragraph at its start counts too.
        is_last: whether it is the list's last item.
        marked_end: whether a lone `^` ended the list.
    """
    children = item.children
    if not children or children[0].kind is not BlockKind.PARAGRAPH:
        return True
    after = children[1:3]
    if after and children[0].attributes and after[0].kind in (BlockKind.MARK, BlockKind.BOUNDARY):
        del after[0]
    blank = bool(after) and after[0].kind is BlockKind.BLANK
    ends_item = bool(after) and after[0] is children[-1]
    if blank and not (is_last and ends_item and not marked_end):
        return False
    return not is_last or not before or any(before)


def replace_task_box(item: Block) -> None:
    """Replace the box of a task (`- [x] done`) by an empty element, as GitHub's parser does."""
    first = item.children[0] if item.children else None
    if first is None or first.kind is not BlockKind.PARAGRAPH:
        return
    source = Located(first.pieces)
    if box := _TASK.match(source.text):
        rest = source.cut(box.end(), len(source.text))
        first.pieces = [("<input/>", source.locate(box.start())), *rest]


def cut_terms(paragraph: Block, effort: Effort) -> list[Block]:
    """Return one block for each line of the paragraph before a definition list."""
    source = Located(paragraph.pieces)
    terms: list[Block] = []
    at = 0
    while at < len(source.text):
        effort.spend(8)
        end = source.text.find("\n", at)
        end = len(source.text) if end < 0 else end
        own = _ITEM_LIST.match(source.text, at, end)
        term = Block(BlockKind.TERM, source.locate(at))
        term.pieces = source.cut(own.end() if own else at, end)
        if own:
            term.attributes = Attributes()
            term.attributes.read(own[1])
        terms.append(term)
        at = end + 1
    return terms
