"""What one audit is given: the settings in force, what was asked for, what is remembered."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from syncer.config import Secrets, Settings
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
        complete: the last complete run; newest: the last one of all. None where there is none.
    """

    database: Database | None = None
    folder: Path | None = None
    complete: StatusManifest | None = None
    newest: StatusManifest | None = None

    @property
    def connection(self) -> sqlite3.Connection | None:
        """The connection of `database`."""
        return None if self.database is None else self.database.connection


def _keep_nothing(_word: str) -> None:
    """Take a word and do nothing with it."""


@dataclass(frozen=True, slots=True)
class Job:
    """One run: what is in force, what was asked for, what is remembered, and the world around.

    `scheduled` says that it is a nightly, so that the manifest tells when the next is expected.
    `started_at` is when it began; None: when the audit does. `keep_secret` is told each word that
    the log must not show, as soon as it is known to be one.
    """

    settings: Settings
    options: AuditOptions
    secrets: Secrets
    memory: Memory
    around: Surroundings
    scheduled: bool = False
    started_at: datetime | None = None
    keep_secret: Callable[[str], None] = _keep_nothing
