"""Pipe tables as kramdown divides them: lines into rows, rows into cells (pure).

Source: kramdown's syntax page, "Tables". Outer pipes are optional, an escaped pipe is text, a pipe
in a code span belongs to the cell. Unlike kramdown, rows keep exactly the cells that are written.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from syncer.handbook.kramdown.effort import Effort, TextSearch
from syncer.handbook.kramdown.patterns import BLANKS, compile_ruby, is_blank
from syncer.handbook.kramdown.positions import Located, Piece
from syncer.handbook.kramdown.span_reader import read_outline
from syncer.handbook.kramdown.spans import FoundLink, SpanKind

TABLE_START = compile_ruby(r" {0,3}(?=\S)(?:\||[^\n]*?[^\\\n]\|)")

_TABLE_LINE = compile_ruby(r"(?:\||[^\n]*?[^\\\n]\|)[^\n]*\n")
_SEPARATOR = compile_ruby(r"(?=[+|: \t]*-)[+|: \t-]++\n")
_FOOT_SEPARATOR = compile_ruby(r"(?=[+|: \t]*=)[+|: \t=]++\n")
_PIPE = compile_ruby(r"\||[^\n]*?[^\\\n]\|")
_LEADING_PIPE = compile_ruby(r"\s*\|")
_CELL_MARK = compile_ruby(r"[|`<]")
_TICKS = compile_ruby(r"`+")


@dataclass(slots=True)
class CellText:
    """A cell: its source in pieces, without outer blanks, and its offsets in the page.

    `text` and `links` are set when the cell is read.
    """

    pieces: list[Piece]
    start: int
    end: int
    text: str = ""
    links: Sequence[FoundLink] = ()


class RowText(NamedTuple):
    """A row's cells, none for a lone pipe, and the page's offset of its line."""

    cells: list[CellText]
    start: int


class TableLines(NamedTuple):
    """A table's lines.

    Attributes:
        header: the last row above a line of dashes; None when no line of dashes follows a row.
        above: further rows of the header, above that one.
        rows: the others.
        end: index in the text where the table ends.
        rendered: whether kramdown renders it as a table.
    """

    header: RowText | None
    above: list[RowText]
    rows: list[RowText]
    end: int
    rendered: bool = True


def cut_table(source: Located, at: int, effort: Effort) -> TableLines | None:
    """Divide the table that begins at `at`, up to the first line without a pipe.

    Returns:
        None when there is no row between header and footer, or the pipes are in code.
    """
    text = source.text
    start = at
    head: list[RowText] = []
    rows: list[RowText] = []
    # Number of rows above the last line of equals signs; None without such a line.
    above_foot: int | None = None
    effort.spend(10)
    while line := _TABLE_LINE.match(text, at):
        effort.spend(4)
        if _SEPARATOR.match(text, at):
            if rows and not head and above_foot is None:
                head, rows = rows, []
        elif _FOOT_SEPARATOR.match(text, at):
            above_foot = len(rows)
        else:
            cells = _cut_row(source, at, line.end(), effort)
            rows.append(RowText(cells, source.locate(at)))
        at = line.end()
    body = len(rows) if above_foot is None else above_foot
    if not body or not _has_pipes(text[start : at - 1], effort):
        return None
    header = head.pop() if head else None
    return TableLines(header, head, rows, at)


def find_unrendered(source: Located, effort: Effort) -> Iterator[TableLines]:
    """Yield the tables in a paragraph's text that kramdown renders as text.

    They were meant as tables where a line of dashes and pipes follows a line with a pipe; kramdown
    requires a blank line before and after.
    """
    text = source.text
    before = 0
    at = text.find("\n") + 1
    while at:
        effort.spend(1)
        separator = _SEPARATOR.match(text, at)
        if separator and "|" in separator[0] and _TABLE_LINE.match(text, before):
            table = cut_table(source, before, effort)
            if table is not None:
                yield table
            # If there is no table from here, there is none from its second line on either.
            while line := _TABLE_LINE.match(text, at):
                at = line.end()
        before, at = at, text.find("\n", at) + 1


def _cut_row(source: Located, start: int, end: int, effort: Effort) -> list[CellText]:
    text = source.text
    end = start + len(text[start:end].rstrip(BLANKS))
    pipes = list(_find_pipes(text, start, end, effort))
    splitting = [at for at, escaped in pipes if not escaped]
    edges = [start - 1, *splitting, end]
    cells = [(left + 1, right) for left, right in pairwise(edges)]
    # Unlike kramdown, which decides this by the first line only: outer pipes may differ by line.
    if _LEADING_PIPE.match(text, start):
        del cells[0]
    if cells and not text[slice(*cells[-1])].strip(BLANKS):
        del cells[-1]
    effort.spend(8 * len(cells))
    escaped = [at for at, is_escaped in pipes if is_escaped]
    return [_cut_cell(source, *cell, escaped) for cell in cells]


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
    return CellText(pieces, first, max(source.locate_end(end), first))


def _has_pipes(text: str, effort: Effort) -> bool:
    """Return whether a table's lines have pipes outside of code and HTML.

    kramdown examines the text between code spans and elements, not every line.
    """
    has_pipe = False
    for span in read_outline(text, effort):
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


def _find_pipes(text: str, start: int, end: int, effort: Effort) -> Iterator[tuple[int, bool]]:
    """Yield the pipes of a line outside code, each with whether it is escaped."""
    search = TextSearch(text, end, effort)
    at = start
    while mark := _CELL_MARK.search(text, at, end):
        effort.spend(1)
        place = mark.start()
        if mark[0] == "|":
            yield place, place > start and text[place - 1] == "\\"
            at = place + 1
        elif mark[0] == "`":
            at = _skip_code(text, start, place, search)
        else:
            at = _skip_code_element(text, place, search)


def _skip_code(text: str, start: int, at: int, search: TextSearch) -> int:
    """Return the end of the code span that begins at `at`, or of its marks if nothing closes it."""
    ticks = _TICKS.match(text, at)
    mark = ticks[0] if ticks else "`"
    after = at + len(mark)
    is_alone = (
        len(mark) == 1
        and (at == start or is_blank(text[at - 1]))
        and is_blank(text[after : after + 1])
    )
    close = -1 if is_alone else search.find(mark, after)
    return after if close < 0 else close + len(mark)


def _skip_code_element(text: str, at: int, search: TextSearch) -> int:
    """Return the end of the `<code>` element that begins at `at`, or of its `<`."""
    tag_end = search.find(">", at) if text.startswith("<code", at) else -1
    close = search.find("</code>", tag_end) if tag_end >= 0 else -1
    return at + 1 if close < 0 else close + len("</code>")
