"""Documents: whether a file opens, and whether it is what its name says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from syncer.model.reason import Reason


class Opens(StrEnum):
    """The verdict on the content of a file."""

    YES = "yes"
    DAMAGED = "damaged"
    """Cut, or broken inside."""
    LOCKED = "locked"
    """Opens only with a password."""
    BLANK = "blank"
    """Whole, without a word, a picture or a filled cell."""
    OTHER_TYPE = "other-type"
    """The content is of another kind than the name says."""


@dataclass(frozen=True, slots=True)
class Document:
    """What the content of one file shows.

    Attributes:
        opens: None for a kind that is not opened, and beyond our limits.
        reason: explains every verdict but YES; None without a verdict.
    """

    opens: Opens | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Documents of a share that are not in the local copy as they are on the server, and why."""

    share: str
    paths: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class CopyResult:
    """What a run did to the copy, or with `--check` would do.

    Attributes:
        fetched, fetched_bytes: documents that were new or had changed.
        unchanged: those that were the same.
        removed: those that moved to `.removed`.
        refused: newer versions that do not open, and lie beside the good one.
        left_out: those that are not up to date.
    """

    fetched: int = 0
    fetched_bytes: int = 0
    unchanged: int = 0
    removed: int = 0
    refused: int = 0
    left_out: int = 0

    @property
    def differs(self) -> bool:
        """Whether copy and server are not the same."""
        return bool(self.fetched or self.removed or self.left_out)
