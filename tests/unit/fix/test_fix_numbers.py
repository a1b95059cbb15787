"""How far a correction looks, and what a patch shows around it."""

from __future__ import annotations

import syncer.fix
from tests.bounds import collect_numbers

NUMBERS = {
    "edited_pages._MOST_AROUND": 80,
    "link_targets._LONGEST": 10_000,
    "patch._CONTEXT": 3,
    "row_edits._MOST_MARKERS": 10,
}


def test_the_numbers_of_corrections() -> None:
    """Each changes on purpose only: whoever reads a patch notices it."""
    found = collect_numbers(syncer.fix)
    assert {name: found.get(name) for name in NUMBERS} == NUMBERS
