"""Corrections: edits of pages that mend what findings name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from syncer.model.findings import Finding
from syncer.model.reason import Reason


class FixTier(StrEnum):
    """Whether a correction is made by default."""

    SAFE = "safe"
    """No reader could mind it."""
    ASK = "ask"
    """A person decides: made on request only."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A replacement in a file of the handbook.

    `start` and `end` are offsets in the file's text as the program reads it (`PageText.text`).
    """

    page: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """The edits that mend one finding; they are made together or not at all.

    `url` is the address that a link gets, None where none changes.
    """

    finding: Finding
    tier: FixTier
    edits: tuple[Edit, ...]
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Uncorrected:
    """A finding without a correction, and why it has none."""

    finding: Finding
    reason: Reason
