"""A bound on the different tags of an answer, before its bytes reach the parser (pure).

lxml keeps every name that it ever read, of elements, attributes and namespaces, in a table that is
never emptied: an answer in which no name comes twice takes five times its size, for good.
"""

from __future__ import annotations

import re

from syncer.errors import Protocol

# Nextcloud's listings have fewer than fifty different tags, which take 1 KB.
MAX_TAG_BYTES = 1 << 13

# Comments and the like may contain tags, and attributes `>`.
_WHOLE_TAG = re.compile(
    rb"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>"
    rb"|(?!\?|!--|!\[CDATA\[)[^>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^>\"']*+)*+>)",
    re.DOTALL,
)
# What is not finished takes everything up to the end.
_TAG = re.compile(rb"(?:%b|<.*\Z)" % _WHOLE_TAG.pattern, re.DOTALL)


class TagBudget:
    """Counts the different tags of one answer, which comes in chunks."""

    def __init__(self) -> None:
        """Begin an answer."""
        self._known: set[bytes] = set()
        self._known_bytes = 0
        self._unfinished = b""

    def check(self, chunk: bytes) -> None:
        """Count the tags of the next chunk; one that is cut is counted with the next.

        Raises:
            Protocol: "entry-too-big" when there are more different ones than any Nextcloud sends.
        """
        found = _TAG.findall(self._unfinished + chunk)
        is_cut = bool(found) and _WHOLE_TAG.fullmatch(found[-1]) is None
        self._unfinished = found.pop() if is_cut else b""
        new = {tag for tag in set(found) - self._known if not tag.startswith(b"<!")}
        if new:
            self._known |= new
            self._known_bytes += sum(map(len, new))
        if self._known_bytes > MAX_TAG_BYTES:
            raise Protocol("entry-too-big")
