"""What a run takes from outside: the time, waiting, the wish to stop, where progress goes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def find_day(moment: datetime, timezone: str) -> date:
    """Return the day of a moment in a time zone."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def _now() -> datetime:
    return datetime.now(UTC)


def _ignore_progress(_stage: str, _done: int, _total: int | None) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The edge of a run; tests replace it.

    Attributes:
        now: returns the time, aware UTC.
        sleep: waits for so many seconds.
        stop: set when the run should end soon with what it has.
        on_progress: called with the stage ("shares", "links"), how much is done, and the total.
    """

    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep
    stop: threading.Event = field(default_factory=threading.Event)
    on_progress: Callable[[str, int, int | None], None] = _ignore_progress
