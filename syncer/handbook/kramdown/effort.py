"""A budget of steps for reading one page, and searches that pay for what they scan (pure)."""

from __future__ import annotations

import re
import sys

from syncer.model.reason import Reason

# A step takes about a microsecond. People's pages take one step for each two to four characters.
_STEPS_PER_CHARACTER = 16
_FREE_STEPS = 50_000
_MAX_STEPS = 3_000_000
# What the stages after reading need: to judge, match and remember.
_STEPS_PER_LINK = 400
_STEPS_PER_ROW = 1100

_ABSENT = sys.maxsize


class PageTooComplexError(Exception):
    """A page needs more steps than its size allows; `reason` has the limit."""

    def __init__(self, limit: int) -> None:
        """Store the limit, in steps."""
        super().__init__(f"more than {limit} steps")
        self.reason = Reason("page-too-complex", {"steps": limit})


class Effort:
    """Counts the steps of reading one page: the same number on every machine."""

    __slots__ = ("limit", "steps")

    def __init__(self, characters: int) -> None:
        """Allow steps in proportion to the page's characters, up to a fixed maximum."""
        self.limit = min(_FREE_STEPS + _STEPS_PER_CHARACTER * characters, _MAX_STEPS)
        self.steps = 0

    def spend(self, steps: int) -> None:
        """Count steps.

        Raises:
            PageTooComplexError: the page has no steps left.
        """
        self.steps += steps
        if self.steps > self.limit:
            raise PageTooComplexError(self.limit)


def limit_content(links: int, rows: int = 0) -> None:
    """Refuse a page with more links and resource rows than the stages after reading have time for.

    Raises:
        PageTooComplexError: there are too many.
    """
    if _STEPS_PER_LINK * links + _STEPS_PER_ROW * rows > _MAX_STEPS:
        raise PageTooComplexError(_MAX_STEPS)


class TextSearch:
    """Searches one text, and remembers the last answer to each question.

    Openers without a closer ask the same question from every position, so the answer "the next
    one is at 900" is kept for all positions up to 900.
    """

    __slots__ = ("_effort", "_end", "_matches", "_places", "_text")

    def __init__(self, text: str, end: int, effort: Effort) -> None:
        """Search `text` up to `end`."""
        self._text = text
        self._end = end
        self._effort = effort
        self._places: dict[str, tuple[int, int]] = {}
        self._matches: dict[re.Pattern[str], tuple[int, int, re.Match[str] | None]] = {}

    def find(self, mark: str, start: int) -> int:
        """Return where `mark` begins at or after `start`; -1 where it is absent."""
        since, place = self._places.get(mark, (1, 0))
        if not since <= start <= place:
            place = self._text.find(mark, start, self._end)
            place = _ABSENT if place < 0 else place
            self._effort.spend(max(min(place, self._end) - start, 0) // 256)
            self._places[mark] = start, place
        return -1 if place == _ABSENT else place

    def search(self, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
        """Return the first match that begins at or after `start`."""
        since, place, found = self._matches.get(pattern, (1, 0, None))
        if not since <= start <= place:
            found = pattern.search(self._text, start, self._end)
            place = _ABSENT if found is None else found.start()
            self._effort.spend(max(min(place, self._end) - start, 0) // 32)
            self._matches[pattern] = start, place, found
        return found
