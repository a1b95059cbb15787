"""Cases as data: rows, a tree, and what is expected of each row.

The form is that of the project's shared cases: see `README.md` beside this file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncer.matching.match import match_rows
from syncer.model.handbook import PlaceKind, Placement, ResourceRow, SourceSpan
from syncer.model.matching import Match
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
    UnreadFolder,
)

SHARE = "cloud.example/Case"


@dataclass(frozen=True)
class Case:
    """One case as it stands in its file."""

    id: str
    note: str
    rows: tuple[dict[str, Any], ...]
    tree: tuple[str, ...]


@dataclass(frozen=True)
class Scored:
    """One row's match beside what was expected of it."""

    case: str
    number: int
    match: Match
    expect: dict[str, Any]

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
        """Whether the first file is one of the expected; for ambiguous all of them."""
        first: list[str] = self.expect["first"]
        if self.expect["status"] == "ambiguous":
            return sorted(self.files) == sorted(first)
        return (self.files[0] in first) if self.files and first else not self.files and not first

    @property
    def right_kinds(self) -> bool:
        """Whether each expected kind has the expected status."""
        wanted: dict[str, str] | None = self.expect.get("expected")
        if wanted is None:
            return True
        return {kind.name: kind.status.value for kind in self.match.expected} == wanted

    @property
    def right(self) -> bool:
        """Whether all of it is right."""
        return self.right_verdict and self.right_file and self.right_kinds

    def __str__(self) -> str:
        """Say what was expected and what came."""
        kinds = {kind.name: kind.status.value for kind in self.match.expected}
        return (
            f"{self.case}[{self.number}]: expected {self.expect}, got {self.match.verdict.value}"
            f" {self.files} {kinds} {self.match.reason}"
        )


def load_cases(path: Path) -> list[Case]:
    """Read a file of cases."""
    return [
        Case(case["id"], case["note"], tuple(case["rows"]), tuple(case["tree"]))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


def build_row(
    name: str,
    place: str | None = "",
    *,
    todo: bool = False,
    description: str = "",
    page: str = "page.md",
    line: int = 1,
    share: str = SHARE,
) -> ResourceRow:
    """Build a row whose place is a folder of the share; None for a place that is unresolved."""
    kind = PlaceKind.SHARE if place is not None else PlaceKind.UNRESOLVED
    path = place.strip("/") if place is not None else None
    placement = Placement(kind, None, share if place is not None else None, path)
    return ResourceRow(
        id=f"{page}-{line:04}",
        name=name,
        description=description,
        todo=todo,
        label="Nextcloud",
        links=(),
        places=(placement,),
        section=None,
        span=SourceSpan(page, line, 1, line, 80),
    )


def build_share(
    paths: Sequence[str],
    *,
    share: str = SHARE,
    unread: Sequence[UnreadFolder] = (),
    status: ShareStatus = ShareStatus.OK,
) -> Share:
    """Build a share from paths; one that ends in "/" is an empty folder."""
    files = sorted(path for path in paths if not path.endswith("/"))
    folders = {""}
    for path in paths:
        parts = path.split("/")[:-1]
        folders.update("/".join(parts[: end + 1]) for end in range(len(parts)))
    tree = ShareTree(
        tuple(RemoteFile(path) for path in files),
        tuple(RemoteFolder(path) for path in sorted(folders)),
        tuple(unread),
    )
    return Share(
        id=share,
        kind=ShareKind.PUBLIC,
        name="Case",
        base_url="https://cloud.example",
        endpoint="legacy",
        server_version="27.0.2",
        status=status,
        listing=ListingKind.INFINITY,
        tree=tree if status is ShareStatus.OK else None,
    )


def rows_of(case: Case) -> list[ResourceRow]:
    """Build the rows of a case."""
    return [
        build_row(
            row["name"],
            row["place"],
            todo=row["todo"],
            description=row["description"],
            page=row.get("page", "page.md"),
            line=number,
        )
        for number, row in enumerate(case.rows, start=1)
    ]


def score(case: Case) -> list[Scored]:
    """Match a case's rows and set each beside what was expected."""
    matches = match_rows(rows_of(case), {SHARE: build_share(case.tree)})
    return [
        Scored(case.id, number, match, row["expect"])
        for number, (match, row) in enumerate(zip(matches, case.rows, strict=True))
    ]
