"""One file for one group: the best assignment in sum (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

Taker = TypeVar("Taker", bound=Hashable)
Thing = TypeVar("Thing", bound=Hashable)

_LARGEST_PART: Final = 120
"""Takers of a connected part that are solved exactly (the work grows with the cube)."""


def assign_best(weights: Mapping[Taker, Mapping[Thing, float]]) -> dict[Taker, Thing]:
    """Give each taker at most one thing and each thing to at most one taker, best in sum.

    Args:
        weights: what a thing is worth to a taker, above 0; what is not there cannot be given.

    Returns:
        Thing by taker; takers that got nothing are not in it. Each connected part is solved by
        itself, exactly (Hungarian method) up to 120 takers, beyond by the best pair first. Among
        equal sums the order of `weights` decides.
    """
    given: dict[Taker, Thing] = {}
    for takers in _connected_parts(weights):
        part = {taker: weights[taker] for taker in takers}
        given.update(_assign_greedily(part) if len(part) > _LARGEST_PART else _assign_part(part))
    return given


def _connected_parts(weights: Mapping[Taker, Mapping[Thing, float]]) -> list[list[Taker]]:
    """Return the takers by parts that have no thing in common, in order."""
    takers_of: defaultdict[Thing, list[Taker]] = defaultdict(list)
    for taker, things in weights.items():
        for thing in things:
            takers_of[thing].append(taker)
    order = {taker: number for number, taker in enumerate(weights)}
    seen: set[Taker] = set()
    parts: list[list[Taker]] = []
    for start in weights:
        if start in seen:
            continue
        seen.add(start)
        part, todo = [], [start]
        while todo:
            taker = todo.pop()
            part.append(taker)
            for thing in weights[taker]:
                for other in takers_of.pop(thing, ()):
                    if other not in seen:
                        seen.add(other)
                        todo.append(other)
        parts.append(sorted(part, key=order.__getitem__))
    return parts


def _assign_greedily(part: Mapping[Taker, Mapping[Thing, float]]) -> dict[Taker, Thing]:
    pairs = [(-w, taker, thing) for taker, things in part.items() for thing, w in things.items()]
    pairs.sort(key=lambda pair: pair[0])
    given: dict[Taker, Thing] = {}
    taken: set[Thing] = set()
    for _, taker, thing in pairs:
        if taker not in given and thing not in taken:
            given[taker] = thing
            taken.add(thing)
    return given


def _assign_part(part: Mapping[Taker, Mapping[Thing, float]]) -> dict[Taker, Thing]:
    """Solve one part by the Hungarian method with potentials (e-maxx's form, O(n²m)).

    Columns are the things, then one nothing per taker, worth 0: so that every taker finds one.
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
                left = cost[current - 1][other - 1] - row_worth[current] - column_worth[other]
                if left < least[other]:
                    least[other], way[other] = left, column
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
