"""Which items of an index have a word in their names or in their folders' (pure)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cover:
    """The items that have a word, and the stretches of items below the folders among them.

    Attributes:
        items: whose names have it.
        starts: the first item of each stretch, sorted; no two overlap.
        ends: the item after each.
    """

    items: frozenset[int]
    starts: Sequence[int]
    ends: Sequence[int]

    def is_above(self, item: int) -> bool:
        """Return whether a folder above an item has the word."""
        at = bisect_right(self.starts, item)
        return at > 0 and item < self.ends[at - 1]

    def reach(self, items: frozenset[int]) -> frozenset[int]:
        """Return those of the items that have the word, in their names or in a folder's."""
        found = self.items & items
        for start, end in zip(self.starts, self.ends, strict=True):
            stretch = range(start, end)
            few = len(stretch) < len(items)
            found |= (
                items.intersection(stretch) if few else set(filter(stretch.__contains__, items))
            )
        return found


def meet(covers: Sequence[Cover], own: Cover) -> frozenset[int]:
    """Return the items whose names are in one cover and, with their folders', in all others."""
    items = own.items
    for cover in covers:
        if cover is not own:
            items = cover.reach(items)
    return items


def meet_any(covers: Sequence[Cover]) -> frozenset[int]:
    """Return the items whose names are in any cover and, with their folders', in all others.

    Linear in the covers together: what the narrowest one reaches is all that is looked at.
    """
    first, *others = sorted(covers, key=_measure_width)
    items = first.items.union(*(first.reach(other.items) for other in others if first.starts))
    for cover in others:
        items = cover.reach(items)
    return items


def _measure_width(cover: Cover) -> int:
    return len(cover.items) + sum(cover.ends) - sum(cover.starts)
