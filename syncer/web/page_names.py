"""A bound on the names in the markup of one page, and of all pages of a run (pure).

lxml keeps every name that it ever read, of elements and attributes, in a table that is never
emptied: a page of 2 MB in which no name comes twice costs 20 MB for good.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

# Large pages have three hundred.
MAX_NAMES = 1_000
# Of all pages of a run, each name once: 60 MB. The pages of one site share most of their names.
MAX_RUN_NAMES = 300_000
# After so many bytes without an event the parser is in the middle of a tag or a comment. Its words
# may be names. A drawing in a page has thousands, all in one value.
MAX_SILENT_BYTES = 16_384
MAX_SILENT_WORDS = 5_000

# The parser passes on no end tag without a start tag.
_END_TAG = re.compile(rb"</([A-Za-z][^\s/>]*)")
_WORD = re.compile(rb"[^\s\"'<>/=]+")


class TooManyNamesError(Exception):
    """There are more names than are read; raised in a parser's target, it ends that."""


def is_run_full(run_names: set[str | bytes]) -> bool:
    """Return whether the pages of a run had so many names that no other page is read."""
    return len(run_names) > MAX_RUN_NAMES


class PageNames:
    """The names of one page, as far as it was parsed. Its target passes on each event."""

    def __init__(self, run_names: set[str | bytes]) -> None:
        """Begin a page; `run_names` are those of all pages of the run, and get this one's."""
        self._run_names = run_names
        self._names: set[str | bytes] = set()
        self._events = 0
        self._silent_bytes = 0
        self._silent_words: set[bytes] = set()

    def hear(self, names: Collection[str | bytes] = ()) -> None:
        """Note an event, with the names in it if it is a start tag.

        Raises:
            TooManyNamesError: there are too many by now.
        """
        self._events += 1
        known = len(self._names)
        self._names.update(names)
        if len(self._names) > known:
            self._run_names.update(names)
        if len(self._names) > MAX_NAMES:
            raise TooManyNamesError

    def feed(self, parser: Any, piece: bytes) -> None:
        """Parse the next piece, a small one; raises as `hear` does, and for a run that is full."""
        if is_run_full(self._run_names):
            raise TooManyNamesError
        self.hear(_END_TAG.findall(piece))
        before = self._events
        parser.feed(piece)
        self._silent_bytes = self._silent_bytes + len(piece) if self._events == before else 0
        if self._silent_bytes > MAX_SILENT_BYTES:
            self._silent_words.update(_WORD.findall(piece))
            if len(self._silent_words) > MAX_SILENT_WORDS:
                raise TooManyNamesError
