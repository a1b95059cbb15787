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
