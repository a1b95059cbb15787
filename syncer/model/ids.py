"""Stable ids: the same row, link or finding has the same id on every run.

An id is a letter and twelve hexadecimal digits ("r3f0c2b9a41de"); a repeat has its ordinal
appended ("r3f0c2b9a41de-2"). Letters: "r" rows, "l" links, "f" findings, "g" groups. Properties
that may change (a line number, ToDo) are not part of an id.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

_DIGITS = 12


def make_id(prefix: str, *parts: str) -> str:
    """Return the id of the thing that `parts` name, in their order.

    Each part is hashed with its length, so that ("ab", "c") and ("a", "bc") differ.
    SHA-256, cut to 48 bits (our choice: 100,000 things collide once in 50,000 handbooks).
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return f"{prefix}{digest.hexdigest()[:_DIGITS]}"


def number_repeats(ids: Iterable[str]) -> tuple[str, ...]:
    """Return `ids` with an ordinal on each repeat: a, b, a, a becomes a, b, a-2, a-3."""
    seen: Counter[str] = Counter()
    numbered: list[str] = []
    for identity in ids:
        seen[identity] += 1
        count = seen[identity]
        numbered.append(identity if count == 1 else f"{identity}-{count}")
    return tuple(numbered)
