"""The ground under the reader of running text: where it stands, and when it gives up (pure).

kramdown tries the outer mark first and goes back when nothing closes it. So does this reader,
within a budget: what a page can make it read again is bounded, and when the budget is spent, marks
are text.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from functools import lru_cache

from syncer.handbook.kramdown.patterns import compile_ruby, is_blank
from syncer.handbook.kramdown.spans import Span, SpanKind

# How often a text may be read again (short ones more often), what finding a mark costs, and how
# deep marks may lie in each other before the rest is text: more than any page of people asks for.
_REREADS = 12
_FREE = 200_000
_STEP = 8
_MAX_DEPTH = 40

# The marks that may begin something: all of them, those in HTML that is left as it is, and those
# that hide a pipe from a table.
ALL_MARKS = r"[*_`\[<&\\]|!\[|\$\$|\{:|~~|---?|\.\.\.| ?>>| {2}(?=\n)"
HTML_MARKS = "<"
OUTLINE_MARKS = "[<`]"
# Closing marks as patterns: of a link's text, and of each kind of emphasis.
BRACKET = r"\]|!?\["
_DELIMITERS = {re.escape(mark): mark for mark in ("*", "**", "_", "__")}


@lru_cache(maxsize=256)
def _union(stop: str, marks: str) -> re.Pattern[str]:
    return compile_ruby(f"(?:{stop})|{marks}" if stop else marks)


@lru_cache(maxsize=256)
def close_pattern(stop: str) -> re.Pattern[str]:
    """Return the compiled pattern of a closing mark."""
    return compile_ruby(stop)


class SpanScanner(ABC):
    """One text; `_at` is where it stands, `_open` the marks that it stands in."""

    def __init__(self, text: str) -> None:
        """Begin at the text's start, in no mark."""
        self._text = text
        self._at = 0
        self._end = len(text)
        self._open: list[SpanKind] = []
        # Marks around a stretch that is read on its own.
        self._depth = 0
        self._budget = _REREADS * len(text) + _FREE
        # For each mark that closes something: from where on it was not found.
        self._never: dict[str, int] = {}

    def read(self, marks: str) -> list[Span]:
        """Read the whole text, looking for some marks only."""
        spans: list[Span] = []
        self._read_until(spans, "", marks)
        return spans

    @abstractmethod
    def _read_mark(self, spans: list[Span], marks: str) -> None:
        """Read what begins where a mark stands: at least one character."""

    @property
    def _is_spent(self) -> bool:
        """Whether marks are text from here on: read too often, or nested too deep."""
        return self._budget < 0 or self._depth + len(self._open) > _MAX_DEPTH

    # What stands in the text

    def _find(self, mark: str, start: int) -> int:
        """Find a mark; what was not found once is not looked for again behind that place."""
        if start >= self._never.get(mark, self._end + 1):
            return -1
        found = self._text.find(mark, start, self._end)
        if found < 0:
            self._never[mark] = start
        else:
            self._budget -= (found - start) // 8
        return found

    def _add(self, spans: list[Span], start: int, end: int, text: str | None = None) -> None:
        """Add plain text, to the text before it where there is some."""
        if text is None:
            text = self._text[start:end]
        if not text:
            return
        if spans and spans[-1].kind is SpanKind.TEXT:
            spans[-1].text += text
            spans[-1].end = end
        else:
            spans.append(Span(SpanKind.TEXT, start, end, text))

    def _skip(self, spans: list[Span], length: int) -> None:
        self._add(spans, self._at, self._at + length)
        self._at += length

    # The loop

    def _read_until(self, spans: list[Span], stop: str, marks: str = ALL_MARKS) -> bool:
        """Read up to the mark `stop` (not over it); False when the text ends before."""
        wanted = _union(stop, marks)
        stopper = close_pattern(stop) if stop else None
        # Brackets that are open, less the images', whose own closing ones are read with them.
        brackets = 1
        while found := wanted.search(self._text, self._at, self._end):
            self._budget -= found.end() - self._at + _STEP
            self._add(spans, self._at, found.start())
            self._at = found.start()
            if stopper is not None and (mark := stopper.match(self._text, self._at, self._end)):
                if stop == BRACKET:
                    brackets += -1 if mark[0] == "]" else 1
                    if brackets == 0:
                        return True
                elif self._may_close(stop, spans):
                    return True
            before = len(spans)
            self._read_mark(spans, marks)
            if len(spans) > before and spans[-1].kind is SpanKind.IMAGE:
                brackets -= 1
        if not stop:
            self._add(spans, self._at, self._end)
            self._at = self._end
        return False

    def _may_close(self, stop: str, spans: list[Span]) -> bool:
        """Say whether a mark of emphasis closes here; other marks always do."""
        delimiter = _DELIMITERS.get(stop)
        if delimiter is None:
            return True
        at = self._at
        if not spans or is_blank(self._text[at - 1]):
            return False
        behind = at + len(delimiter)
        doubled = self._text.startswith(delimiter * 2, at)
        if len(delimiter) == 1 and doubled and not self._text.startswith(delimiter * 3, at):
            return False
        return not (delimiter[0] == "_" and self._text[behind : behind + 1].isalnum())

    def _read_alone(self, span: Span, start: int, end: int, marks: str) -> None:
        """Read a stretch on its own: no mark reaches over its ends, none around it counts."""
        outer = self._end, self._open, self._never
        # What stands inside nests all the same: the depth is bounded.
        self._at, self._end, self._open, self._never = start, end, [], {}
        self._depth += len(outer[1]) + 1
        self._read_until(span.children, "", marks)
        self._depth -= len(outer[1]) + 1
        self._end, self._open, self._never = outer
        self._at = span.end
