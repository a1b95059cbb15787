"""A bound on the names in the markup of one page (pure).

lxml keeps every name that it ever read, of elements and attributes, in a table that is never
emptied: a page of 2 MB in which no name comes twice costs 20 MB for good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

# Large pages have three hundred.
MAX_NAMES = 1_000
# After so many bytes without an event the parser is in the middle of a tag or a comment. Its words
# may be names. A drawing in a page has thousands, all in one value.
MAX_SILENT_BYTES = 16_384
MAX_SILENT_WORDS = 5_000

# The parser passes on no end tag without a start tag.
_END_TAG = re.compile(rb"</([A-Za-z][^\s/>]*)")
_WORD = re.compile(rb"[^\s\"'<>/=]+")


class TooManyNamesError(Exception):
    """The page has more names than are read of one; raised in a parser's target, it ends that."""


class PageNames:
    """The names of one page, as far as it was parsed. Its target passes on each event."""

    def __init__(self) -> None:
        """Begin a page."""
        self._names: set[str | bytes] = set()
        self._events = 0
        self._silent_bytes = 0
        self._silent_words: set[bytes] = set()

    def hear(self, names: Iterable[str | bytes] = ()) -> None:
        """Note an event, with the names in it if it is a start tag.

        Raises:
            TooManyNamesError: there are too many by now.
        """
        self._events += 1
        self._names.update(names)
        if len(self._names) > MAX_NAMES:
            raise TooManyNamesError

    def feed(self, parser: Any, piece: bytes) -> None:
        """Parse the next piece, a small one; raises as `hear` does."""
        self.hear(_END_TAG.findall(piece))
        before = self._events
        parser.feed(piece)
        self._silent_bytes = self._silent_bytes + len(piece) if self._events == before else 0
        if self._silent_bytes > MAX_SILENT_BYTES:
            self._silent_words.update(_WORD.findall(piece))
            if len(self._silent_words) > MAX_SILENT_WORDS:
                raise TooManyNamesError
