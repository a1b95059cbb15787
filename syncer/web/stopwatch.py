"""Seconds since a run began, and waiting that a stop can end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

_SLICE_S = 0.5


class Stopwatch:
    """Reads a run's time from its `now`; never goes back, and always gets on by what was waited.

    So a clock that is set back, or that stands still, cannot keep a run from ending.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        sleep: Callable[[float], None],
        stop: threading.Event,
    ) -> None:
        """Start at 0."""
        self._now = now
        self._sleep = sleep
        self._stop = stop
        self._began = now()
        self._shift_s = 0.0
        self._last_s = 0.0

    def read_s(self) -> float:
        """Return the seconds since the start."""
        elapsed_s = (self._now() - self._began).total_seconds() + self._shift_s
        self._last_s = max(self._last_s, elapsed_s)
        return self._last_s

    def pause(self, seconds: float) -> None:
        """Wait so many seconds, or until the run is to stop."""
        end_s = self.read_s() + seconds
        while (left_s := end_s - self.read_s()) > 0 and not self._stop.is_set():
            slice_s = min(left_s, _SLICE_S)
            before_s = self.read_s()
            self._sleep(slice_s)
            self.waited(before_s, slice_s)

    def waited(self, before_s: float, seconds: float) -> None:
        """Note that so much was waited since `before_s`, if the clock did not see it."""
        missing_s = before_s + seconds - self.read_s()
        if missing_s > 0:
            self._shift_s += missing_s
