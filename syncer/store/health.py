"""How the newest nightly went: a tiny file beside the state database, for `syncer status`.

A manifest tells of runs that came to their end; this one tells also of those that did not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from syncer.store.files import write_atomically

FILE_NAME = "health.json"

_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The newest nightly that held the lock.

    Attributes:
        started_at: aware UTC.
        process: its process id, where it ran.
        finished_at: None while it is under way, and for ever when it was cut off.
        exit_code: as of `ExitCode`, before `--fail-on`; None like `finished_at`.
        problem: the sentence that it ended with; None when it left a manifest.
    """

    started_at: _Moment
    process: int
    finished_at: _Moment | None = None
    exit_code: int | None = None
    problem: str | None = None


def write_health(folder: Path, health: Health) -> None:
    """Write the file in the state folder.

    Raises:
        StoreError: it cannot be written.
    """
    write_atomically(folder / FILE_NAME, msgspec.json.encode(health) + b"\n")


def read_health(folder: Path) -> Health | None:
    """Return what stands in the state folder; None when nothing does that can be understood."""
    try:
        return msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=Health)
    except (OSError, msgspec.DecodeError):
        return None
