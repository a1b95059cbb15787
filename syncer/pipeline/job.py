"""The inputs of one audit: settings, options, memory and surroundings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from syncer.config import Secrets, Settings
from syncer.handbook.own_settings import OwnSettings
from syncer.manifest.document import StatusManifest
from syncer.pipeline.options import AuditOptions
from syncer.store.database import Database
from syncer.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Memory:
    """What a run knows from earlier ones.

    Attributes:
        database: open and locked for this run; None: nothing is remembered.
        folder: the state folder, for checkouts; None likewise.
        complete: the last complete run, None when there is none.
        newest: the last run, complete or not; None likewise.
    """

    database: Database | None = None
    folder: Path | None = None
    complete: StatusManifest | None = None
    newest: StatusManifest | None = None


class DocumentWork(StrEnum):
    """What a run does with the documents that rows name."""

    LOCAL = "local"
    """Open those that are on disk, and recall the others."""
    FETCH = "fetch"
    """Fetch and open those that changed, into the copy if the settings name one."""
    COMPARE = "compare"
    """Compare the copy with the server; write nothing."""


@dataclass(frozen=True, slots=True)
class Job:
    """One run.

    Attributes:
        settings, options, secrets, memory, around: its inputs.
        scheduled: whether it is a nightly, whose manifest says when the next one is expected.
        started_at: when it began; None: when the audit begins.
        documents: what it does with documents.
        trusted: of the handbook's own settings what alone counts (`--baseline REF`); None: all.
        keep_secret: called with each word that the log must not show, once it is known.
    """

    settings: Settings
    options: AuditOptions
    secrets: Secrets
    memory: Memory
    around: Surroundings
    scheduled: bool = False
    started_at: datetime | None = None
    documents: DocumentWork = DocumentWork.LOCAL
    trusted: OwnSettings | None = None
    keep_secret: Callable[[str], None] = lambda _word: None
