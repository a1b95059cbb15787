"""Text that knows where it came from: every character of a piece leads back to the page (pure)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from syncer.model.handbook import SourceSpan

Piece: TypeAlias = tuple[str, int]
"""A run of text and the offset in the page at which it begins."""


class Located:
    """A text glued together from pieces of a page (lines without their `> `, a cell's parts).

    Attributes:
        text: what the reader of Markdown sees.
    """

    __slots__ = ("_offsets", "_starts", "text")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        """Glue the pieces together, in their order."""
        kept = [piece for piece in pieces if piece[0]]
        self.text = "".join(text for text, _ in kept)
        self._starts: list[int] = []
        self._offsets: list[int] = []
        start = 0
        for text, offset in kept:
            self._starts.append(start)
            self._offsets.append(offset)
            start += len(text)

    def locate(self, index: int) -> int:
        """Return the page's offset of the character at `index`; the end counts to the last.

        There is one: an empty text has no place.
        """
        part = max(bisect_right(self._starts, index) - 1, 0)
        return self._offsets[part] + index - self._starts[part]

    def locate_end(self, end: int) -> int:
        """Return the page's offset behind the last character before `end`."""
        return self.locate(end - 1) + 1 if end > 0 else self.locate(0)

    def cut(self, start: int, end: int) -> list[Piece]:
        """Return the pieces between two indexes, none of them empty."""
        if start >= end:
            return []
        part = max(bisect_right(self._starts, start) - 1, 0)
        pieces: list[Piece] = []
        while start < end:
            last = part + 1 == len(self._starts)
            stop = end if last else min(end, self._starts[part + 1])
            pieces.append((self.text[start:stop], self._offsets[part] + start - self._starts[part]))
            start = stop
            part += 1
        return pieces


def join(pieces: Iterable[Piece]) -> str:
    """Return the pieces' text alone."""
    return "".join(text for text, _ in pieces)


class LineMap:
    """The lines of one page: offsets → `SourceSpan`, 1-based, the end exclusive."""

    __slots__ = ("_path", "_starts", "_text")

    def __init__(self, path: str, text: str) -> None:
        """Note where each line of the page begins."""
        self._path = path
        self._text = text
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def line_of(self, offset: int) -> int:
        """Return the line, from 1, that holds the offset."""
        return bisect_right(self._starts, offset)

    def span(self, start: int, end: int) -> SourceSpan:
        """Return the stretch between two offsets of the page."""
        start, end = min(start, len(self._text)), min(max(start, end), len(self._text))
        first, last = self.line_of(start), self.line_of(end)
        return SourceSpan(
            file=self._path,
            line=first,
            column=start - self._starts[first - 1] + 1,
            end_line=last,
            end_column=end - self._starts[last - 1] + 1,
        )

    def join(self, first: SourceSpan, last: SourceSpan) -> SourceSpan:
        """Return the stretch from the start of one span to the end of another."""
        return replace(first, end_line=last.end_line, end_column=last.end_column)

    def whole_line(self, offset: int) -> SourceSpan:
        """Return the whole line that holds the offset, without its line end."""
        start = self._starts[self.line_of(offset) - 1]
        end = self._text.find("\n", start)
        return self.span(start, len(self._text) if end < 0 else end)
