"""Words of the matching: verdicts, matches and what spoke for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from syncer.model.reason import Reason

if TYPE_CHECKING:
    from syncer.model.handbook import PageLink


class Verdict(StrEnum):
    """The twelve statuses of a row (contract, "Verdicts")."""

    PRESENT = "present"
    ARRIVED = "arrived"
    ELSEWHERE = "elsewhere"
    AMBIGUOUS = "ambiguous"
    DRAFT = "draft"
    OUTDATED = "outdated"
    MISSING = "missing"
    PLANNED = "planned"
    UNDETERMINED = "undetermined"
    NO_ACCESS = "no-access"
    NOT_A_FILE = "not-a-file"
    UNCHECKED = "unchecked"


class KindStatus(StrEnum):
    """Whether one of the kinds that a row promises is there."""

    PRESENT = "present"
    MISSING = "missing"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class ExpectedKind:
    """One kind that a row's description or name lists ("drift"), in the row's own order."""

    name: str
    status: KindStatus


@dataclass(frozen=True, slots=True)
class MatchedFile:
    """A file, or a folder that answers like one, with the share it lies in."""

    share: str
    path: str
    folder: bool = False
    size_bytes: int | None = None
    modified_at: datetime | None = None
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that was considered for a row, best first: for `explain` and "Hvorfor?".

    `score` is between 0 and 1; `chosen` is the one that became the resource; `reasons` say what
    spoke for and against it.
    """

    file: MatchedFile
    score: float
    chosen: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """One row's verdict, with what it rests on.

    Attributes:
        row: id of the row.
        group: id of its group: rows that name one resource share it.
        verdict: the status.
        files: the one that is the resource first, then those that belong to it, by path.
        expected: the kinds that the row promises; () when it promises none.
        score: of the first file, between 0 and 1; None without one.
        reason: why this verdict.
        candidates: the best ones, chosen or not, at most ten; () without any.
        suggestion: a file name that the next run would accept for this row; None when the row
            needs none.
        searched: ids of the shares that it was looked for in, a pin's among them; () without a
            place in one.
    """

    row: str
    group: str
    verdict: Verdict
    files: tuple[MatchedFile, ...]
    expected: tuple[ExpectedKind, ...]
    score: float | None
    reason: Reason
    candidates: tuple[Candidate, ...] = ()
    suggestion: str | None = None
    searched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A link in running text whose words name a resource of a table.

    Attributes:
        link: the link.
        row: id of the first row of that name, by id.
        group: id of that row's group.
        file: the file of that name where the link leads; None when there is none, or none known.
        agrees: whether it leads to the row's file; None when either is not known.
    """

    link: PageLink
    row: str
    group: str
    file: MatchedFile | None
    agrees: bool | None
