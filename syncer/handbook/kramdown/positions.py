"""Texts that keep the page's offset of every character, and the lines of a page (pure)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TypeAlias

from syncer.model.handbook import SourceSpan

Piece: TypeAlias = tuple[str, int]
"""A run of text and its offset in the page."""


class Located:
    """A text joined from pieces of a page: lines without their `> `, the parts of a cell.

    `text` is what the Markdown parser reads.
    """

    __slots__ = ("_offsets", "_starts", "text")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        """Join the pieces in their order."""
        parts: list[str] = []
        self._starts: list[int] = []
        self._offsets: list[int] = []
        start = 0
        for text, offset in pieces:
            if text:
                parts.append(text)
                self._starts.append(start)
                self._offsets.append(offset)
                start += len(text)
        self.text = "".join(parts)

    def locate(self, index: int) -> int:
        """Return the page's offset of the character at `index`; of the end, one past the last.

        The text must not be empty.
        """
        part = max(bisect_right(self._starts, index) - 1, 0)
        return self._offsets[part] + index - self._starts[part]

    def locate_end(self, end: int) -> int:
        """Return the page's offset after the last character before `end`."""
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
    """Return the text of the pieces."""
    return "".join(text for text, _ in pieces)


class LineMap:
    """The lines of one page: offsets → `SourceSpan`, 1-based, the end exclusive."""

    __slots__ = ("_path", "_starts", "_text")

    def __init__(self, path: str, text: str) -> None:
        """Store where each line of the page begins."""
        self._path = path
        self._text = text
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def line_of(self, offset: int) -> int:
        """Return the line, from 1, of an offset."""
        return bisect_right(self._starts, offset)

    def offset_of(self, line: int, column: int) -> int:
        """Return the offset of a line and column, both from 1."""
        return self._starts[line - 1] + column - 1

    def span(self, start: int, end: int) -> SourceSpan:
        """Return the range between two offsets."""
        start, end = min(start, len(self._text)), min(max(start, end), len(self._text))
        first, last = self.line_of(start), self.line_of(end)
        return SourceSpan(
            file=self._path,
            line=first,
            column=start - self._starts[first - 1] + 1,
            end_line=last,
            end_column=end - self._starts[last - 1] + 1,
        )

    def whole_line(self, offset: int) -> SourceSpan:
        """Return the line of an offset, without its line end."""
        start = self._starts[self.line_of(offset) - 1]
        end = self._text.find("\n", start)
        return self.span(start, len(self._text) if end < 0 else end)
