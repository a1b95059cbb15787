"""The matching measured on cases: the shared ones, and the project's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from syncer.model.matching import Verdict
from tests.matching.case_rows import Case, Scored, load_cases, match_case, rows_of, score

_HERE = Path(__file__).parent
_SHARED = _HERE.parents[2] / "shared" / "matching" / "cases.json"
_CLAIMS = ("present", "arrived", "elsewhere")
_FILES = sorted((_HERE / "cases").glob("*.json"))
_WITH_FILES = frozenset(Verdict) - {Verdict.MISSING, Verdict.PLANNED}
_EACH = 24
"""One of so many rows is asked of all trees at once: all of them take a minute."""


def _score_file(path: Path) -> list[Scored]:
    return [scored for case in load_cases(path) for scored in score(case)]


def _describe(subject: str, scored: Sequence[Scored]) -> str:
    """Return precision and recall of the claims that a file exists, and the count of right rows."""
    claimed = [s for s in scored if s.match.verdict.value in _CLAIMS]
    wanted = [s for s in scored if s.expect["status"] in _CLAIMS]
    hits = [s for s in claimed if s.right_verdict and s.right_file]
    precision = len(hits) / len(claimed) if claimed else 1.0
    recall = len(hits) / len(wanted) if wanted else 1.0
    right = sum(s.right for s in scored)
    return f"{subject:>21}: precision {precision:.1%}, recall {recall:.1%}, {right}/{len(scored)}"


@pytest.fixture(scope="module")
def own() -> dict[str, list[Scored]]:
    """Score every file of the project's own cases once."""
    return {path.stem: _score_file(path) for path in _FILES}


def test_shared_cases_are_all_right() -> None:
    """Every row of the shared cases gets its verdict, its file and its kinds."""
    if not _SHARED.is_file():
        pytest.skip("the shared cases are not beside this checkout (../shared/matching)")
    scored = _score_file(_SHARED)
    assert [str(s) for s in scored if not s.right] == []
    assert len(scored) >= 50


def test_own_cases_are_many(own: dict[str, list[Scored]]) -> None:
    """The project's own set loses no row, and no two of its cases have one id."""
    assert sum(map(len, own.values())) >= 2071
    ids = [case.id for path in _FILES for case in load_cases(path)]
    assert len(ids) == len(set(ids))


def test_own_cases_claim_nothing_false(own: dict[str, list[Scored]]) -> None:
    """No row is present, arrived or elsewhere that is not, and none with another file."""
    false = [
        str(s)
        for scored in own.values()
        for s in scored
        if s.match.verdict.value in _CLAIMS and not (s.right_verdict and s.right_file)
    ]
    assert false == []


def test_own_cases_are_right_to_98_percent(own: dict[str, list[Scored]]) -> None:
    """At least 98 % of verdicts, files and kinds are right; prints the measure per subject."""
    lines = [_describe(subject, scored) for subject, scored in own.items()]
    every = [s for scored in own.values() for s in scored]
    lines.append(_describe("all", every))
    print("\n" + "\n".join(lines))  # noqa: T201 - the measure is the point
    wrong = [str(s) for s in every if not s.right]
    assert len(wrong) <= 0.02 * len(every), "\n".join(wrong)


def test_everyday_names_stay_certain(own: dict[str, list[Scored]]) -> None:
    """At most 8 % of the rows whose file is present are asked about instead."""
    every = [s for scored in own.values() for s in scored if s.expect["status"] == "present"]
    asked = [str(s) for s in every if s.asked]
    print(f"asked: {len(asked)}/{len(every)}")  # noqa: T201 - the measure is the point
    assert len(asked) <= 0.08 * len(every), "\n".join(asked)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_order_of_rows_and_files_changes_nothing(path: Path) -> None:
    """Rows and files in reverse order get the same matches."""
    for case in load_cases(path):
        assert match_case(case) == match_case(case, backwards=True), case.id


def test_rows_of_all_cases_are_matched_in_one_share_of_all_trees() -> None:
    """Thousands of names together raise no error; each row has one match, with files of its own."""
    cases = [case for path in sorted(_HERE.rglob("*.json")) for case in load_cases(path)]
    rows = tuple(row for case in cases for row in case.rows)[::_EACH]
    tree = tuple(sorted({path for case in cases for path in case.tree}))
    matches = match_case(Case("all", "", rows, tree))
    assert [match.row for match in matches] == [row.id for row in rows_of(Case("", "", rows, ()))]
    paths = {path.strip("/") for path in tree}
    for match in matches:
        for file in match.files:
            assert file.folder or file.path in paths
        assert bool(match.files) == (match.verdict in _WITH_FILES), match
