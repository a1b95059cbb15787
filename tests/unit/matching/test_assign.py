"""The assignment: best in sum over each connected part."""

from __future__ import annotations

import itertools
import random

from syncer.matching.assign import assign_best


def _best_sum(weights: dict[str, dict[str, float]]) -> float:
    """Try every assignment: slow but certain."""
    things = sorted({thing for own in weights.values() for thing in own})
    slots = [*things, *([None] * len(weights))]
    best = 0.0
    for chosen in itertools.permutations(slots, len(weights)):
        pairs = zip(weights.values(), chosen, strict=True)
        best = max(best, sum(own.get(thing, 0.0) for own, thing in pairs if thing is not None))
    return best


def test_nothing_to_assign() -> None:
    """Without takers or things nothing is assigned."""
    assert assign_best({}) == {}
    assert assign_best({"a": {}}) == {}


def test_the_sum_decides_not_the_first() -> None:
    """A taker gets its second choice when that improves the sum."""
    weights = {"a": {"x": 3.0, "y": 2.0}, "b": {"x": 2.5}}
    assert assign_best(weights) == {"a": "y", "b": "x"}


def test_one_thing_for_one_taker() -> None:
    """A thing has one taker, and a taker without a thing is omitted."""
    assert assign_best({"a": {"x": 1.0}, "b": {"x": 2.0}}) == {"b": "x"}


def test_it_is_the_best_of_all_assignments() -> None:
    """The sum equals that of exhaustive search on small random inputs."""
    dice = random.Random(5)  # noqa: S311 - the same every time
    for _ in range(60):
        weights = {
            taker: {thing: float(dice.randint(1, 9)) for thing in "wxyz" if dice.random() < 0.6}
            for taker in "abcd"[: dice.randint(1, 4)]
        }
        given = assign_best(weights)
        assert len(set(given.values())) == len(given)
        assert sum(weights[t][x] for t, x in given.items()) == _best_sum(weights)


def test_a_huge_part_is_assigned_greedily() -> None:
    """Beyond the limit the best pair is assigned first, still one to one."""
    weights = {n: {"x": 1.0, n: 0.5 + n / 1000} for n in range(300)}
    given = assign_best(weights)
    assert len(given) == 300
    assert len(set(given.values())) == 300
    assert given[0] == "x"
