"""Stable ids: the same row, link or finding bears the same one tomorrow.

An id is a letter and twelve hexadecimal digits ("r3f0c2b9a41de"); a repeat bears its ordinal
behind ("r3f0c2b9a41de-2"). Letters: "r" rows, "l" links, "f" findings, "g" groups. What may
change without the thing becoming another one (its line, its ToDo) is no part of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

_DIGITS = 12


def make_id(prefix: str, *parts: str) -> str:
    """Make the id of what `parts` name, in their order.

    The parts are kept apart by their lengths, so that ("ab", "c") and ("a", "bc") differ.
    SHA-256, cut to 48 bits (our choice: 100,000 things collide once in 50,000 handbooks).
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return f"{prefix}{digest.hexdigest()[:_DIGITS]}"


def number_repeats(ids: Iterable[str]) -> tuple[str, ...]:
    """Give every repeat its ordinal: a, b, a, a becomes a, b, a-2, a-3.

    The result has the order and the length of `ids`, and each of its ids once.
    """
    seen: Counter[str] = Counter()
    numbered: list[str] = []
    for identity in ids:
        seen[identity] += 1
        count = seen[identity]
        numbered.append(identity if count == 1 else f"{identity}-{count}")
    return tuple(numbered)
