"""Which corrections can be made together."""

from __future__ import annotations

import random

import pytest

from syncer.fix.edited_pages import overlaps
from syncer.model.corrections import Correction, Edit, FixTier
from syncer.pipeline.corrections import FixChoice, _drop_overlaps, _is_wanted
from tests.delivery.made_runs import make_finding


def make(
    code: str, *edits: tuple[int, int], page: str = "a.md", tier: FixTier = FixTier.SAFE
) -> Correction:
    """Make a correction with these edits."""
    made = tuple(Edit(page, start, end, code) for start, end in edits)
    return Correction(make_finding(code, str(edits)), tier, made)


def test_rows_come_before_links() -> None:
    """Where a document is says more than how its folder is opened, wherever either stands."""
    row = make("resource-elsewhere", (5, 9))
    before, after = make("link-broken", (0, 6)), make("link-broken", (8, 12))
    for given in ([before, row, after], [after, before, row]):
        chosen, excluded = _drop_overlaps(given)
        assert chosen == (row,)
        assert sorted(excluded, key=lambda one: one.edits) == [before, after]


def test_of_two_links_the_first_on_the_page_counts() -> None:
    """By the places of their edits; a correction is made whole or not at all."""
    first, second = make("link-bare", (0, 6), (20, 24)), make("link-broken", (5, 9), (30, 31))
    third = make("link-broken", (30, 32))
    chosen, excluded = _drop_overlaps([third, second, first])
    assert (chosen, excluded) == ((first, third), [second])


def test_what_is_beside_or_on_another_page_is_no_overlap() -> None:
    """Equal edits neither: two findings may have one remedy."""
    made = [
        make("link-broken", (5, 9)),
        make("link-broken", (9, 12)),
        make("link-broken", (5, 9), page="b.md"),
        make("link-broken", (5, 9)),
        make("link-broken", (2, 5)),
    ]
    chosen, excluded = _drop_overlaps(made)
    assert (len(chosen), excluded) == (5, [])


@pytest.mark.parametrize("seed", range(20))
def test_no_two_that_are_chosen_overlap(seed: int) -> None:
    """However many there are; each that is left out overlaps a chosen one."""
    chance = random.Random(seed)  # noqa: S311 - places, no secrets
    made = []
    for number in range(30):
        start = chance.randrange(60)
        edit = Edit("a.md", start, start + chance.randrange(5), str(number))
        made.append(Correction(make_finding("link-broken", str(number)), FixTier.SAFE, (edit,)))
    chosen, excluded = _drop_overlaps(made)
    assert len(chosen) + len(excluded) == 30
    edits = [edit for one in chosen for edit in one.edits]
    assert not any(overlaps(one, other) for one in edits for other in edits)
    for one in excluded:
        assert any(overlaps(one.edits[0], edit) for edit in edits)


@pytest.mark.parametrize(
    ("tier", "only", "ask", "wanted"),
    [
        (FixTier.SAFE, (), False, True),
        (FixTier.ASK, (), False, False),
        (FixTier.ASK, (), True, True),
        (FixTier.SAFE, ("link-broken",), False, True),
        (FixTier.ASK, ("link-broken",), False, True),
        (FixTier.SAFE, ("link-bare",), True, False),
    ],
)
def test_which_corrections_are_wanted(
    tier: FixTier, only: tuple[str, ...], ask: bool, wanted: bool
) -> None:
    """What is named alone counts; else what needs no question, and the rest on request."""
    assert _is_wanted(make("link-broken", tier=tier), FixChoice(only=only, ask=ask)) is wanted
