"""The shares of a run share its memory, and each is sure of some."""

from __future__ import annotations

import pytest

from syncer.errors import Protocol
from syncer.nextcloud.budget import STEP, SURE_ENTRIES, RunBudget


def fill(budget: RunBudget, most: int = 10**9) -> int:
    """Let a share keep what it can; return how many entries that are."""
    share, kept = budget.open(), 0
    while kept < most and share.has_room(kept):
        kept += 1
    share.close(kept)
    return kept


def test_one_share_may_have_everything() -> None:
    """Also what is less than a step."""
    assert fill(RunBudget(1, 100_007)) == 100_007


def test_each_share_is_sure_of_some() -> None:
    """However many the shares before it have, and the sum is bounded."""
    budget = RunBudget(4, 100_000)
    assert [fill(budget) for _ in range(3)] == [70_000, SURE_ENTRIES, SURE_ENTRIES]
    assert fill(budget, 2_000) == 2_000


def test_very_many_shares_are_sure_of_less() -> None:
    """Half of everything is for those that need more."""
    budget = RunBudget(100, 100_000)
    assert [fill(budget) for _ in range(100)] == [50_500, *([500] * 99)]


def test_what_a_share_does_not_keep_is_for_others() -> None:
    """Also what it was sure of; a tree from memory counts without being asked for."""
    budget = RunBudget(2, 100_000)
    assert fill(budget, 5) == 5
    assert fill(budget) == 99_995
    remembered = RunBudget(2, 100_000)
    remembered.open().close(60_000)
    assert fill(remembered) == 40_000


def test_entries_that_arrive_count_until_they_are_in_the_tree() -> None:
    """Several listings arrive at a time."""
    share = RunBudget(1, 3 * STEP).open()
    assert share.has_room(STEP)
    share.receive(STEP)
    with pytest.raises(Protocol):
        share.receive(STEP + 1)
    share.receive(STEP)
    assert not share.has_room(STEP)
    share.release(STEP)
    assert share.has_room(2 * STEP - 1)
    assert not share.has_room(2 * STEP)


def test_a_tree_that_is_larger_than_everything_takes_nothing_sure() -> None:
    """It may come from the memory of a run with fewer shares."""
    budget = RunBudget(2, 100)
    budget.open().close(150)
    assert fill(budget) == 25
