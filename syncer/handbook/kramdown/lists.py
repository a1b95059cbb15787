"""Lists as kramdown cuts them: lines into items, items into their own lines (pure).

Source: kramdown's syntax page, "Lists" and "Definition Lists": what the first line of an item is
indented by, the lines that belong to it are indented by too; a line that is not may follow lazily.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from syncer.handbook.kramdown import html_tags
from syncer.handbook.kramdown.attributes import LIST_CONTENT, NAME, Attributes
from syncer.handbook.kramdown.patterns import BLANKS, compile_ruby, is_blank
from syncer.handbook.kramdown.positions import Located, Piece

_TAIL = r"[\t| ][^\n]*\n"
LIST_START = compile_ruby(rf" {{0,3}}(?:[+*-]|\d+\.){_TAIL}")
DEFINITION_START = compile_ruby(rf" {{0,3}}:{_TAIL}")

_RULE = compile_ruby(r" {0,3}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*\n")
_END_MARK = compile_ruby(r"\^[^\S\n]*\n")
_BLANK = compile_ruby(r"(?:[^\S\n]*\n)+")
_ITEM_LIST = compile_ruby(rf"\s*\{{:(?!(?:{NAME})?:|/)({LIST_CONTENT})\}}\s*")
_TABS = compile_ruby(r"\t+")
_MARKERS = {"ul": r"[+*-]", "ol": r"\d+\.", "dl": ":"}


@dataclass(slots=True)
class ListItem:
    """An item: its content in runs, cut apart where a nested list begins anew.

    `after_blank` tells whether a blank line stands before it.
    """

    start: int
    attributes: Attributes | None
    after_blank: bool
    runs: list[list[Piece]] = field(default_factory=list)


class CutList(NamedTuple):
    """A list: its items, where it ends in the text, and whether a lone `^` ended it."""

    items: list[ListItem]
    end: int
    marked_end: bool


class _Patterns(NamedTuple):
    """What the lines of an item look like, for one depth of indentation."""

    content: re.Pattern[str]
    lazy: re.Pattern[str]
    indent: re.Pattern[str]


@lru_cache(maxsize=64)
def _item_patterns(indentation: int) -> _Patterns:
    steps, rest = divmod(indentation, 4)
    edge = (
        rf" {{0,{min(indentation, 3)}}}(?:\{{:(?!:|/){LIST_CONTENT}\}}\s*?\n"
        rf"|{html_tags.BLOCK_TAG_STOP}|{html_tags.BLOCK_TAG_START})"
    )
    return _Patterns(
        compile_ruby(
            rf"(?:(?:\t| {{4}}){{{steps}}} {{{rest}}}|(?:\t| {{4}}){{{steps + 1}}})[^\n]*\S[^\n]*\n"
        ),
        compile_ruby(rf"(?!{edge})[^\n]*\S[^\n]*\n"),
        compile_ruby(rf" {{{indentation}}}"),
    )


@lru_cache(maxsize=16)
def _start_pattern(kind: str, blanks: int) -> re.Pattern[str]:
    return compile_ruby(rf"( {{0,{blanks}}}{_MARKERS[kind]})({_TAIL})")


def cut_list(source: Located, at: int) -> CutList:
    """Cut the list that begins at `at`; the caller has seen `LIST_START` there."""
    kind = "ul" if _start_pattern("ul", 3).match(source.text, at) else "ol"
    return _ListCutter(source, at, kind).cut()


def cut_definitions(source: Located, at: int, *, after_blank: bool) -> CutList:
    """Cut the definitions that begin at `at`; the caller has seen `DEFINITION_START` there."""
    return _ListCutter(source, at, "dl").cut(after_blank=after_blank)


class _ListCutter:
    """Reads one list from its first line on."""

    def __init__(self, source: Located, at: int, kind: str) -> None:
        self._source = source
        self._text = source.text
        self._at = at
        self._kind = kind
        self._start = _start_pattern(kind, 3)
        # Until the first item is read nothing else can come.
        self._patterns = _item_patterns(4)
        self._indentation = 4
        self._nested = False
        self._items: list[ListItem] = []

    def cut(self, *, after_blank: bool = False) -> CutList:
        marked_end = False
        text = self._text
        while self._at < len(text):
            at = self._at
            if after_blank and self._kind != "dl" and _RULE.match(text, at):
                break
            if end_mark := _END_MARK.match(text, at):
                marked_end = self._kind != "dl"
                self._at = end_mark.end() if marked_end else at
                break
            if start := self._start.match(text, at):
                self._open_item(start, after_blank=after_blank)
                after_blank = False
            elif line := self._match_line(at, lazy=not after_blank):
                self._add_line(line.end())
                after_blank = False
            elif blank := _BLANK.match(text, at):
                self._nested = after_blank = True
                self._items[-1].runs[-1] += self._source.cut(at, blank.end())
                self._at = blank.end()
            else:
                break
        return CutList(self._items, self._at, marked_end)

    def _match_line(self, at: int, *, lazy: bool) -> re.Match[str] | None:
        found = self._patterns.content.match(self._text, at)
        return found or (self._patterns.lazy.match(self._text, at) if lazy else None)

    def _open_item(self, start: re.Match[str], *, after_blank: bool) -> None:
        """Read an item's first line: it decides how far its other lines are indented."""
        at, end = start.start(2), start.end()
        marker = len(start[1])
        item = ListItem(self._source.locate(start.start()), None, after_blank)
        self._items.append(item)
        own_list = _ITEM_LIST.match(self._text, at, end)
        content = own_list.end() if own_list else at
        alone = not self._text[content:end].strip(BLANKS)
        width = marker
        while at < end and is_blank(self._text[at]):
            width += 4 - width % 4 if self._text[at] == "\t" else 1
            at += 1
        self._indentation = 4 if alone else width
        if own_list:
            item.attributes = Attributes()
            item.attributes.read(own_list[1])
            at = own_list.end()
        self._patterns = _item_patterns(self._indentation)
        self._start = _start_pattern(self._kind, max(0, min(self._indentation - 1, 3)))
        self._nested = LIST_START.match(self._text, at, end) is not None
        item.runs.append(self._source.cut(at, end))
        self._at = end

    def _add_line(self, end: int) -> None:
        """Add a further line to the item, without its indentation."""
        at = self._at
        self._at = end
        pieces = self._source.cut(at, end)
        tabs = _TABS.match(self._text, at)
        if tabs:
            width = tabs.end() - at
            pieces = self._source.cut(tabs.end(), end)
            pieces.insert(0, (" " * 4 * width, pieces[0][1] - 4 * width if pieces else 0))
        line = "".join(text for text, _ in pieces)
        indented = self._patterns.indent.match(line)
        if indented:
            pieces = Located(pieces).cut(indented.end(), len(line))
            line = line[indented.end() :]
        runs = self._items[-1].runs
        if self._kind != "dl" and LIST_START.match(line):
            if not self._nested and indented:
                runs.append([])
                self._nested = True
            elif self._nested and not indented:
                blanks = self._indentation + 4
                pieces.insert(0, (" " * blanks, pieces[0][1] - blanks))
        runs[-1] += pieces
