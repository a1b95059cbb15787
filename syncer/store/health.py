"""The outcome of the newest nightly: a small file in the state folder, for `syncer status`.

Unlike a manifest it also covers runs that did not finish.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from syncer.store.files import read_state_record, write_atomically

FILE_NAME = "health.json"

_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The newest nightly that held the lock.

    Attributes:
        started_at: aware UTC.
        process: its process id, where it ran.
        finished_at: None while it runs, and after it was killed.
        exit_code: of `ExitCode`, before `--fail-on`; None with `finished_at`.
        problem: its last error message; None when it wrote a manifest.
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
    """Return the content of the file; None without one, or when it cannot be parsed."""
    return read_state_record(folder / FILE_NAME, Health)
