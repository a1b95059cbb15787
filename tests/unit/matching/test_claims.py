"""Which of several groups gets a file that all of them could have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.matching.candidates import Option, Zone
from syncer.matching.claims import assign_options
from syncer.matching.fit import Fit, Tier
from syncer.matching.match import match_rows
from syncer.matching.names.reader import open_reader
from syncer.matching.names.records import State
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY
from syncer.matching.row_requests import Group
from syncer.model.matching import Verdict
from tests.unit.matching.match_inputs import build_row, build_share, by_id


def _build_group(key: str, *, collection: bool = False) -> Group:
    return Group(
        id=key,
        key=key,
        requests=(),
        name=open_reader(DEFAULT_VOCABULARY).read_name(key),
        literal=frozenset(),
        collection=collection,
        blank=False,
        places=(),
        shares=frozenset(),
        nearby=frozenset(),
    )


def _build_option(document: str, state: State = State.FINAL, score: float = 0.9) -> Option:
    fit = Fit(Tier.NAMED, score, ())
    return Option(ord(document), fit, state, Zone.PLACE, (document,))


@pytest.mark.parametrize("turned", [False, True])
def test_who_would_lose_most_gets_the_file_first(*, turned: bool) -> None:
    """Of two groups the one with as good a second file leaves the first to the other."""
    rich, poor = _build_group("a"), _build_group("b")
    options = {
        rich: [_build_option("x"), _build_option("y", score=0.89)],
        poor: [_build_option("x", score=0.8), _build_option("z", State.DRAFT)],
    }
    groups = reversed(options) if turned else options
    own = assign_options({group: options[group] for group in groups})
    assert [option.document for option in own[rich]] == [("y",)]
    assert [option.document for option in own[poor]] == [("x",), ("z",)]
    many = replace(poor, collection=True)
    own = assign_options({rich: options[rich], many: options[poor]})
    assert [option.document for option in own[rich]] == [("x",), ("y",)]


def test_rows_of_one_name_are_a_group_by_the_name_of_the_first() -> None:
    """In whatever order they come."""
    rows = [build_row("Plan", folder="A", line=line) for line in (3, 1, 2)]
    matches = match_rows(rows, by_id(build_share("A/Plan.docx")))
    assert {match.group for match in matches} == {min(row.id for row in rows)}


@pytest.mark.parametrize(
    "names",
    [
        ("Bilag A4", "Bilag A5"),
        ("Plakat A3", "Plakat A4", "Plakat"),
        ("Logo RGB", "Logo CMYK"),
        ("Brevpapir tryk", "Brevpapir web", "Brevpapir"),
        ("Ruteplan vinter 25-26", "Ruteplan vinter 25-26 rgb"),
    ],
)
def test_a_file_of_exactly_a_rows_name_is_no_form_of_another(names: tuple[str, ...]) -> None:
    """Where rows tell the forms of a document apart, each has the file of its own name."""
    rows = [build_row(name, folder="A", line=line) for line, name in enumerate(names, start=1)]
    matches = match_rows(rows, by_id(build_share(*(f"A/{name}.pdf" for name in names))))
    found = [(match.verdict, *(file.path for file in match.files)) for match in matches]
    assert found == [(Verdict.PRESENT, f"A/{name}.pdf") for name in names]
