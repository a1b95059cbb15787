"""What was not compared is undetermined, and so is what may depend on it; nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import pytest

from syncer.matching.files import index as index_module
from syncer.matching.files import step_budget as module
from syncer.matching.files.index import Index
from syncer.matching.files.step_budget import OutOfSteps, StepBudget, allow_steps
from syncer.matching.match import match_rows
from syncer.matching.names.reader import open_reader
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY
from syncer.matching.row_requests import Pin
from syncer.model.handbook import PlaceKind, Placement, ResourceRow
from syncer.model.matching import KindStatus, Match, Verdict
from syncer.model.shares import Share
from tests.matching.case_rows import load_cases
from tests.unit.matching.match_inputs import OTHER, SHARE, build_row, build_share, by_id

CASES = Path(__file__).parents[3] / "matching" / "cases"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Leave nobody a step of their own, whatever the input is worth."""
    for name in ("_SURE_STEPS", "_FREE_STEPS", "_STEPS_PER_ROW", "_STEPS_PER_FILE"):
        monkeypatch.setattr(module, name, 0)
    return monkeypatch


def _allow(few: pytest.MonkeyPatch, free: int, sure: int = 0) -> None:
    few.setattr(module, "_FREE_STEPS", free)
    few.setattr(module, "_SURE_STEPS", sure)


def _place(name: str, share: str, folder: str = "", *, line: int = 1) -> ResourceRow:
    placement = Placement(PlaceKind.SHARE, None, share, folder)
    return build_row(name, placement, line=line, page=f"{share[-3:]}.md")


def _join_cases() -> Iterator[tuple[list[ResourceRow], dict[str, Share]]]:
    """Yield the rows of two cases in two shares, so that each finds files in the other's, too."""
    cases = load_cases(CASES / "groups.json")[:40]
    for one, other in pairwise(cases):
        shares = by_id(build_share(*one.tree), build_share(*other.tree, share=OTHER))
        pairs = [(SHARE, row) for row in one.rows] + [(OTHER, row) for row in other.rows]
        yield (
            [
                _place(row["name"], share, (row["place"] or "").strip("/"), line=line)
                for line, (share, row) in enumerate(pairs)
            ],
            shares,
        )


def test_each_is_sure_of_its_own_steps(few: pytest.MonkeyPatch) -> None:
    """What others need beyond theirs is taken from what all have in common."""
    _allow(few, free=3, sure=2)
    budget = StepBudget(0, 0)
    for _ in range(3):
        budget.begin()
        budget.spend(3)
    budget.begin()
    with pytest.raises(OutOfSteps):
        budget.spend(3)
    budget.begin()
    budget.spend(2)
    assert budget.explain().code == "not-compared"


def test_the_limit_grows_with_rows_and_files() -> None:
    """In proportion to each, and alike on every machine."""
    none, rows, files = StepBudget(0, 0).limit, StepBudget(10, 0).limit, StepBudget(0, 10).limit
    assert StepBudget(20, 30).limit - none == 2 * (rows - none) + 3 * (files - none)


def test_few_steps_are_left_after_a_stop(few: pytest.MonkeyPatch) -> None:
    """Nobody is sure of any then; before it everybody is asked at each step."""
    _allow(few, free=100, sure=50)
    few.setattr(module, "_STEPS_AFTER_STOP", 5)
    answers = iter((False, True))
    budget = StepBudget(0, 0, lambda: next(answers))
    budget.begin()
    budget.spend(10)
    budget.spend(4)
    budget.begin()
    with pytest.raises(OutOfSteps):
        budget.spend(2)
    assert budget.explain().code == "run-stopped"


def _answer_after(asked: int) -> Iterator[bool]:
    """Yield that there is no stop so many times, then that there is one."""
    return (number >= asked for number in count())


@pytest.mark.parametrize("asked", [0, 1, 2, 3, 5, 8, 13, 50])
@pytest.mark.parametrize("left", [0, 60, 600])
def test_a_stop_denies_nothing(few: pytest.MonkeyPatch, asked: int, left: int) -> None:
    """Also while the names are read: what was not read by then is as a share that was not."""
    few.setattr(index_module, "_ENTRIES_AT_A_TIME", 3)
    few.setattr(module, "_STEPS_AFTER_STOP", left)
    cut = 0
    for rows, shares in _join_cases():
        _allow(few, 10_000_000)
        whole = match_rows(rows, shares)
        budget = allow_steps(len(rows), shares, partial(next, _answer_after(asked)))
        for match, full in zip(match_rows(rows, shares, budget=budget), whole, strict=True):
            if match.reason.code in ("run-stopped", "share-unread"):
                cut += 1
                assert (match.verdict, match.files) == (Verdict.UNDETERMINED, ())
            else:
                assert match == full
    assert cut > 0


def test_reading_a_million_names_ends_soon_after_a_stop() -> None:
    """A stop is asked for every few thousand names, and few more are read than have steps left."""
    paths = [f"M{number % 100}/Aftale nr {number} om drift.docx" for number in range(150_000)]
    shares = by_id(build_share(*paths))
    read: list[int] = []

    class Counted(Index):
        def _read(self, first: int, entries: Any) -> None:
            super()._read(first, entries)
            read.append(len(entries))

    with pytest.raises(OutOfSteps):
        Counted(shares, open_reader(DEFAULT_VOCABULARY), allow_steps(1, shares, lambda: True))
    assert 50_000 <= sum(read) <= 100_000


@pytest.mark.parametrize(("free", "sure"), [(0, 0), (60, 0), (300, 0), (0, 20), (0, 60), (40, 90)])
def test_a_match_is_the_same_or_undetermined(few: pytest.MonkeyPatch, free: int, sure: int) -> None:
    """Wherever the steps run out: no verdict is another one, and no file another row's."""
    cut = 0
    for rows, shares in _join_cases():
        _allow(few, 10_000_000)
        whole = match_rows(rows, shares)
        _allow(few, free, sure)
        for match, full in zip(match_rows(rows, shares), whole, strict=True):
            if match.reason.code == "not-compared":
                cut += 1
                assert (match.verdict, match.files) == (Verdict.UNDETERMINED, ())
                assert (match.suggestion, match.candidates) == (None, ())
            else:
                assert match == full
    assert cut > 0


def _match(few: pytest.MonkeyPatch, *rows: ResourceRow, pins: tuple[Pin, ...] = ()) -> list[Match]:
    """Match rows of which the hostile ones take all steps, in two shares."""
    words = ("aftale", "bilag", "budget", "drift", "kontrakt", "leder", "notat", "plan", "skema")
    files = [f"{' '.join(words[n:] + words[:n])} {n}.docx" for n in range(9)]
    shares = by_id(
        build_share(*files, "Vagtliste.docx"),
        build_share("Husorden.docx", "Vedtægter.docx", share=OTHER),
    )
    hostile = [_place(f"{' '.join(words)} {name}", SHARE, line=9) for name in ("vej", "tag")]
    _allow(few, free=0, sure=300)
    return list(match_rows([*rows, *hostile], shares, pins=pins))[: len(rows)]


def test_rows_beside_one_that_was_not_compared(few: pytest.MonkeyPatch) -> None:
    """In its share those with a file are open, in another they are judged; nothing is nothing."""
    rows = [
        _place("Vagtliste", SHARE, line=1),
        _place("Årshjul", SHARE, line=2),
        _place("Husorden", OTHER, line=3),
        _place("Lønpolitik", OTHER, line=4),
    ]
    found = [(match.verdict, match.reason.code) for match in _match(few, *rows)]
    assert found == [
        (Verdict.UNDETERMINED, "not-compared"),
        (Verdict.MISSING, "nothing-found"),
        (Verdict.PRESENT, "found-in-place"),
        (Verdict.MISSING, "nothing-found"),
    ]


def test_a_pin_needs_no_comparison(few: pytest.MonkeyPatch) -> None:
    """Nor does a pin to what is gone; what the row promises beside it is open."""
    pins = (Pin("Vagtliste", SHARE, "Vagtliste.docx"), Pin("Årshjul", SHARE, "Væk.docx"))
    row = build_row("Vagtliste", description="Aftaler for udvikling, drift og support.", todo=True)
    pinned, gone = _match(few, row, _place("Årshjul", SHARE, line=2), pins=pins)
    assert (pinned.verdict, pinned.reason.code) == (Verdict.ARRIVED, "pinned")
    assert {kind.status for kind in pinned.expected} == {KindStatus.UNDETERMINED}
    assert (gone.verdict, gone.reason.code) == (Verdict.MISSING, "pin-gone")


def _spend(row: str, files: Sequence[str]) -> int:
    """Return the steps that comparing a row with files takes beyond those it is sure of."""
    shares = by_id(build_share(*(f"A/{file}.docx" for file in files)))
    budget = allow_steps(1, shares)
    match_rows([build_row(row, folder="A")], shares, budget=budget)
    return budget.limit - budget._free


def test_long_compounds_cost_steps_by_their_letters() -> None:
    """Each part of one is compared with each of the other."""
    short = _spend("Havneaftale om lister", [f"Havneplan lister {at}" for at in range(100)])
    parts = "planbudgetudlejningslisteaftaleprojektliste"
    long = _spend(
        f"Havne{parts} om lister", [f"Havne{parts}skema lister {at}" for at in range(100)]
    )
    assert long > short + 100 * 100
