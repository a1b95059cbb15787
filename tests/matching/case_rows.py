"""Cases as data: rows, a tree, and what is expected of each row; see `README.md`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncer.matching.match import match_rows
from syncer.model.handbook import ResourceRow
from syncer.model.matching import Match
from syncer.model.normal_forms import normalize
from tests.unit.matching.match_inputs import build_row, build_share, by_id


@dataclass(frozen=True)
class Case:
    """One case of a file."""

    id: str
    note: str
    rows: tuple[dict[str, Any], ...]
    tree: tuple[str, ...]


@dataclass(frozen=True)
class Scored:
    """One row's match and what was expected of it."""

    case: str
    number: int
    match: Match
    expect: dict[str, Any]
    accept: tuple[dict[str, Any], ...] = ()

    @property
    def files(self) -> list[str]:
        """The paths that the match names."""
        return [file.path for file in self.match.files]

    @property
    def right_verdict(self) -> bool:
        """Whether the status is the expected one."""
        return bool(self.match.verdict.value == self.expect["status"])

    @property
    def right_file(self) -> bool:
        """Whether the first file is one of the expected; for ambiguous rows all of them."""
        first: list[str] = self.expect["first"]
        if self.expect["status"] == "ambiguous":
            return sorted(self.files) == sorted(first)
        return (self.files[0] in first) if self.files and first else not self.files and not first

    @property
    def asked(self) -> bool:
        """Whether the right file is only likely, where it is expected to be present."""
        is_asked = self.match.verdict.value == "likely" and self.expect["status"] == "present"
        return is_asked and self.right_file

    @property
    def kinds(self) -> dict[str, str]:
        """The status of each kind."""
        return {kind.name: kind.status.value for kind in self.match.expected}

    @property
    def right(self) -> bool:
        """Whether verdict, file and kinds are as expected."""
        right_kinds = self.expect.get("expected") in (None, self.kinds)
        return (self.right_verdict or self.asked) and self.right_file and right_kinds

    def __str__(self) -> str:
        """Return the expected and the actual result."""
        return (
            f"{self.case}[{self.number}]: expected {self.expect}, got {self.match.verdict.value}"
            f" {self.files} {self.kinds} {self.match.reason}"
        )


def load_cases(path: Path) -> list[Case]:
    """Read a file of cases; names a Mac wrote are composed as shares are when they are read."""
    text = normalize("NFC", path.read_text(encoding="utf-8"))
    return [
        Case(case["id"], case["note"], tuple(case["rows"]), tuple(case["tree"]))
        for case in json.loads(text)
    ]


def rows_of(case: Case) -> list[ResourceRow]:
    """Build the rows of a case; a place of None is unresolved."""
    return [
        build_row(
            row["name"],
            folder=None if row["place"] is None else row["place"].strip("/"),
            todo=row["todo"],
            description=row["description"],
            page=row.get("page", "page.md"),
            line=number,
        )
        for number, row in enumerate(case.rows, start=1)
    ]


def match_case(case: Case, *, backwards: bool = False) -> tuple[Match, ...]:
    """Match a case's rows; `backwards` with rows and files in reverse, and the matches back."""
    step = -1 if backwards else 1
    share = build_share(*case.tree[::step])
    return match_rows(rows_of(case)[::step], by_id(share))[::step]


def score(case: Case) -> list[Scored]:
    """Return a case's matches with what was expected of each."""
    return [
        Scored(case.id, number, match, row["expect"], tuple(row.get("accept", ())))
        for number, (match, row) in enumerate(zip(match_case(case), case.rows, strict=True))
    ]
