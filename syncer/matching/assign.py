"""The assignment of files to groups with the best sum (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from typing import Final, TypeVar

Taker = TypeVar("Taker", bound=Hashable)
Thing = TypeVar("Thing", bound=Hashable)

_MAX_EXACT: Final = 120
"""Takers of a connected part that is solved exactly; the work grows with the cube."""


def assign_best(weights: Mapping[Taker, Mapping[Thing, float]]) -> dict[Taker, Thing]:
    """Assign at most one thing to each taker and each thing at most once, with the best sum.

    Args:
        weights: the worth of each thing that a taker may get, above 0.

    Returns:
        Thing by taker, without takers that got nothing. Each connected part is solved separately:
        exactly (Hungarian method) up to 120 takers, beyond by the best pair first. Among equal
        sums the order of `weights` decides.
    """
    assigned: dict[Taker, Thing] = {}
    for takers in _connected_parts(weights):
        part = {taker: weights[taker] for taker in takers}
        assigned |= _assign_greedily(part) if len(part) > _MAX_EXACT else _assign_exactly(part)
    return assigned


def _connected_parts(weights: Mapping[Taker, Mapping[Thing, float]]) -> Iterator[list[Taker]]:
    """Yield the takers in parts that share no thing, in order."""
    takers_of: defaultdict[Thing, list[Taker]] = defaultdict(list)
    for taker, things in weights.items():
        for thing in things:
            takers_of[thing].append(taker)
    order = {taker: number for number, taker in enumerate(weights)}
    seen: set[Taker] = set()
    for start in weights:
        part: set[Taker] = set()
        todo = [] if start in seen else [start]
        while todo:
            taker = todo.pop()
            if taker not in part:
                part.add(taker)
                todo += (t for thing in weights[taker] for t in takers_of.pop(thing, ()))
        seen |= part
        if part:
            yield sorted(part, key=order.__getitem__)


def _assign_greedily(part: Mapping[Taker, Mapping[Thing, float]]) -> dict[Taker, Thing]:
    pairs = [(-w, taker, thing) for taker, things in part.items() for thing, w in things.items()]
    pairs.sort(key=lambda pair: pair[0])
    assigned: dict[Taker, Thing] = {}
    taken: set[Thing] = set()
    for _, taker, thing in pairs:
        if taker not in assigned and thing not in taken:
            assigned[taker] = thing
            taken.add(thing)
    return assigned


def _assign_exactly(part: Mapping[Taker, Mapping[Thing, float]]) -> dict[Taker, Thing]:
    """Solve one part by the Hungarian method with potentials (e-maxx's form, O(n²m)).

    Columns are the things, then one dummy per taker with worth 0, so that every taker gets one.
    """
    takers = list(part)
    things = list(dict.fromkeys(thing for own in part.values() for thing in own))
    rows, columns = len(takers), len(things) + len(takers)
    cost = [[-part[taker].get(thing, -1.0) for thing in things] + [0.0] * rows for taker in takers]
    row_worth, column_worth = [0.0] * (rows + 1), [0.0] * (columns + 1)
    holder, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        holder[0], column = row, 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while holder[column]:
            used[column] = True
            current, delta, following = holder[column], float("inf"), 0
            for other in range(1, columns + 1):
                if used[other]:
                    continue
                reduced = cost[current - 1][other - 1] - row_worth[current] - column_worth[other]
                if reduced < least[other]:
                    least[other], way[other] = reduced, column
                if least[other] < delta:
                    delta, following = least[other], other
            for other in range(columns + 1):
                if used[other]:
                    row_worth[holder[other]] += delta
                    column_worth[other] -= delta
                else:
                    least[other] -= delta
            column = following
        while column:
            holder[column] = holder[way[column]]
            column = way[column]
    pairs = ((holder[column], column) for column in range(1, len(things) + 1) if holder[column])
    return {
        takers[row - 1]: things[column - 1]
        for row, column in pairs
        if things[column - 1] in part[takers[row - 1]]
    }
