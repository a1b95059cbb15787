"""Web addresses that are written without link syntax, as GitHub finds them (pure).

Source: GitHub Flavored Markdown, section 6.9, "Autolinks (extension)". What is ours is how a reader
sees it: an address ends before other markup, quotation marks and `|`, a bracket of any kind that
nothing in the address opens does not belong to it, and `www.` may follow a tag or a `|`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_START = re.compile(
    r"(?:(?<![A-Za-z])https?://|(?<![^\s*_~(>|])www\.)"
    r"(?P<host>[^\W_][\w.-]*)[^\s<>|\"«»“”]*",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&[A-Za-z0-9]{1,40};\Z")
_PUNCTUATION = "?!.,:*_~'’…"
_OPENERS = {")": "(", "]": "[", "}": "{"}


class BareAddress(NamedTuple):
    """An address between two offsets of a text; `prefix` makes a link of what is written there."""

    start: int
    end: int
    prefix: str


def find_bare_addresses(text: str) -> Iterator[BareAddress]:
    """Yield the addresses of a text without markup, in order; `www.` ones lead to `http://`."""
    at = 0
    while found := _START.search(text, at):
        start, at = found.start(), found.end()
        if "_" in "".join(found["host"].split(".")[-2:]):
            at = found.end("host")
            continue
        end = _find_end(text, found.start("host") + 1, at)
        yield BareAddress(start, end, "http://" if text[start] in "wW" else "")


def _find_end(text: str, least: int, end: int) -> int:
    """Return where an address ends, without the punctuation and brackets of its sentence."""
    surplus = {
        closer: text.count(closer, least, end) - text.count(opener, least, end)
        for closer, opener in _OPENERS.items()
    }
    while end > least:
        last = text[end - 1]
        if last in _PUNCTUATION:
            end -= 1
        elif last == ";":
            entity = _ENTITY.search(text, max(least, end - 42), end)
            end = end - 1 if entity is None else entity.start()
        elif surplus.get(last, 0) > 0:
            surplus[last] -= 1
            end -= 1
        else:
            break
    return end
