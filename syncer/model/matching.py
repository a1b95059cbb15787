"""Matching: verdicts, matches and their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from syncer.model.handbook import PageLink
from syncer.model.reason import Reason


class Verdict(StrEnum):
    """The statuses of a row (`docs/contract.md`, "Verdicts on a row")."""

    PRESENT = "present"
    ARRIVED = "arrived"
    ELSEWHERE = "elsewhere"
    LIKELY = "likely"
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
    """Whether one of the kinds that a row promises was found."""

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
    """A file, or a folder that counts as one, with the id of its share."""

    share: str
    path: str
    folder: bool = False
    size_bytes: int | None = None
    modified_at: datetime | None = None
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that was considered for a row: for `explain` and "Hvorfor?".

    `score` is between 0 and 1; `chosen` marks the resource; `reasons` list the evidence for and
    against the file.
    """

    file: MatchedFile
    score: float
    chosen: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """One row's verdict and its evidence.

    Attributes:
        row: id of the row.
        group: id of its group, shared by all rows that name the same resource.
        verdict: the status.
        files: the resource first, then the others that belong to it, by path.
        expected: the kinds that the row promises; () when it promises none.
        score: of the first file, between 0 and 1; None without one.
        reason: why this verdict.
        candidates: at most ten, best first, chosen or not.
        suggestion: a file name that the next run would accept for this row, None without need.
        searched: ids of the shares that were searched, a pin's included; () without a share.
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
        row: id of the first row of that name, by id.
        group: id of that row's group.
        file: the file of that name at the link's target; None when none is there or known.
        agrees: whether it leads to the row's file; None when either is unknown.
    """

    link: PageLink
    row: str
    group: str
    file: MatchedFile | None
    agrees: bool | None
