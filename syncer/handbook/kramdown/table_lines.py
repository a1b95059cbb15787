"""Pipe tables as kramdown cuts them: lines into rows, rows into cells (pure).

Source: kramdown's syntax page, "Tables". Outer pipes are optional, an escaped pipe is text, a pipe
in a code span belongs to the cell. Unlike kramdown, rows keep exactly the cells that are written.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from syncer.handbook.kramdown.patterns import BLANKS, compile_ruby, is_blank
from syncer.handbook.kramdown.positions import Located, Piece
from syncer.handbook.kramdown.span_reader import read_outline
from syncer.handbook.kramdown.spans import SpanKind

TABLE_START = compile_ruby(r" {0,3}(?=\S)(?:\||[^\n]*?[^\\\n]\|)")

_TABLE_LINE = compile_ruby(r"(?:\||[^\n]*?[^\\\n]\|)[^\n]*\n")
_SEPARATOR = compile_ruby(r"[+|: \t-]*-[+|: \t-]*\n")
_FOOT_SEPARATOR = compile_ruby(r"[+|: \t=]*=[+|: \t=]*\n")
_PIPE = compile_ruby(r"\||[^\n]*?[^\\\n]\|")
_LEADING_PIPE = compile_ruby(r"\s*\|")
_CODE_ELEMENT = compile_ruby(r"<code[^>\n]*>[^\n]*?</code>")
_CELL_MARK = compile_ruby(r"[|`<]")
_TICKS = compile_ruby(r"`+")


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell: its text in pieces, without outer blanks, and where it stands in the page."""

    pieces: tuple[Piece, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RowText:
    """A row's cells, none for a lone pipe, and where its line begins in the page."""

    cells: tuple[CellText, ...]
    start: int


@dataclass(frozen=True, slots=True)
class TableLines:
    """A table's lines.

    Attributes:
        header: the last row above a line of dashes; None when no line of dashes ends one.
        above: further rows of the header, above that one.
        rows: the others.
        end: in the text, where the table ends.
    """

    header: RowText | None
    above: tuple[RowText, ...]
    rows: tuple[RowText, ...]
    end: int


def cut_table(source: Located, at: int) -> TableLines | None:
    """Cut the table that begins at `at`, up to the first line without a pipe.

    None when there is no row between header and footer, or the pipes stand in code.
    """
    text = source.text
    start = at
    head: list[RowText] = []
    rows: list[RowText] = []
    # Rows above the last line of equals signs; None without such a line.
    above_foot: int | None = None
    while line := _TABLE_LINE.match(text, at):
        if _SEPARATOR.match(text, at):
            if rows and not head and above_foot is None:
                head, rows = rows, []
        elif _FOOT_SEPARATOR.match(text, at):
            above_foot = len(rows)
        else:
            rows.append(RowText(_cut_row(source, at, line.end()), source.locate(at)))
        at = line.end()
    body = len(rows) if above_foot is None else above_foot
    if not body or not _has_pipes(text[start : at - 1]):
        return None
    header = head.pop() if head else None
    return TableLines(header, tuple(head), tuple(rows), at)


def find_unrendered(source: Located) -> Iterator[TableLines]:
    """Yield the tables in a paragraph's text that kramdown does not take for tables.

    People meant one where a line of dashes and pipes stands below a line with a pipe; kramdown
    wants a blank line before and behind it.
    """
    text = source.text
    before = 0
    at = text.find("\n") + 1
    while at:
        separator = _SEPARATOR.match(text, at)
        if separator and "|" in separator[0] and _TABLE_LINE.match(text, before):
            table = cut_table(source, before)
            if table is not None:
                yield table
            # What is no table from here is none from its second line on.
            while line := _TABLE_LINE.match(text, at):
                at = line.end()
        before, at = at, text.find("\n", at) + 1


def _cut_row(source: Located, start: int, end: int) -> tuple[CellText, ...]:
    text = source.text
    end = start + len(text[start:end].rstrip(BLANKS))
    pipes = list(_find_pipes(text, start, end))
    splitting = [at for at, escaped in pipes if not escaped]
    edges = [start - 1, *splitting, end]
    cells = [(left + 1, right) for left, right in pairwise(edges)]
    # Unlike kramdown, which asks the first line only: the others mean their outer pipes too.
    if _LEADING_PIPE.match(text, start):
        del cells[0]
    if cells and not text[slice(*cells[-1])].strip(BLANKS):
        del cells[-1]
    escaped = [at for at, is_escaped in pipes if is_escaped]
    return tuple(_cut_cell(source, *cell, escaped) for cell in cells)


def _cut_cell(source: Located, start: int, end: int, escaped: list[int]) -> CellText:
    text = source.text
    while start < end and is_blank(text[start]):
        start += 1
    while end > start and is_blank(text[end - 1]):
        end -= 1
    pieces: list[Piece] = []
    at = start
    for pipe in escaped[bisect_left(escaped, start) : bisect_left(escaped, end)]:
        pieces += source.cut(at, pipe - 1)
        at = pipe
    pieces += source.cut(at, end)
    first = source.locate(start)
    return CellText(tuple(pieces), first, max(source.locate_end(end), first))


def _has_pipes(text: str) -> bool:
    """Say whether a table's lines have pipes outside of code and HTML, as kramdown asks it.

    It looks at the text between code spans and elements, not at every line.
    """
    has_pipe = False
    for span in read_outline(text):
        if span.kind is SpanKind.CODE:
            lines = span.text.rstrip("\n").count("\n")
            if lines > 1:
                break
            if lines == 1 and not has_pipe:
                return False
            has_pipe = has_pipe and lines == 0
        elif span.kind in (SpanKind.TEXT, SpanKind.HIDDEN):
            plain = text[span.start : span.end].rstrip("\n").split("\n")
            if len(plain) > 1 and not has_pipe and not _PIPE.match(plain[0]):
                return False
            has_pipe = (has_pipe and len(plain) == 1) or _PIPE.match(plain[-1]) is not None
    return has_pipe


def _find_pipes(text: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Yield the pipes of a line outside code, each with whether it is escaped."""
    never: set[str] = set()
    mark = _CELL_MARK.search(text, start, end)
    while mark:
        at = mark.start()
        behind = at + 1
        if mark[0] == "|":
            yield at, at > start and text[at - 1] == "\\"
        elif mark[0] == "`":
            behind = _skip_code(text, start, at, end, never)
        elif element := _CODE_ELEMENT.match(text, at, end):
            behind = element.end()
        mark = _CELL_MARK.search(text, behind, end)


def _skip_code(text: str, start: int, at: int, end: int, never: set[str]) -> int:
    """Return the end of the code span that begins at `at`, or of its marks if none does."""
    ticks = _TICKS.match(text, at, end)
    mark = ticks[0] if ticks else "`"
    behind = at + len(mark)
    alone = (
        len(mark) == 1
        and (at == start or is_blank(text[at - 1]))
        and is_blank(text[behind : behind + 1])
    )
    close = -1 if alone or mark in never else text.find(mark, behind, end)
    if close < 0:
        if not alone:
            never.add(mark)
        return behind
    return close + len(mark)
