"""What a run takes from the world around it: the time, waiting, being stopped, telling progress."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def _now() -> datetime:
    return datetime.now(UTC)


def find_day(moment: datetime, timezone: str) -> date:
    """Return the day that a moment falls on where the settings' clock hangs."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def _tell_nobody(_stage: str, _done: int, _total: int | None) -> None:
    """Take progress and do nothing with it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The edge of a run; tests put their own in.

    Attributes:
        now: the time, aware UTC.
        sleep: waits for so many seconds.
        stop: set when the run should end soon with what it has.
        on_progress: told the stage ("shares", "links"), how much is done, and of how much.
    """

    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep
    stop: threading.Event = field(default_factory=threading.Event)
    on_progress: Callable[[str, int, int | None], None] = _tell_nobody
