"""The time since a run began, and waiting that a stop can end."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from datetime import datetime

_SLICE_S = 0.5


class Stopwatch:
    """The seconds of a run by its `now`; they never decrease, and waiting always adds to them.

    A clock that is set back, or that does not move, cannot keep a run from ending.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        sleep: Callable[[float], None],
        stop: threading.Event,
        limit_s: float = math.inf,
    ) -> None:
        """Start at 0; the run is over after `limit_s`, or when `stop` is set."""
        self._now = now
        self._sleep = sleep
        self._stop = stop
        self._limit_s = limit_s
        self._began = now()
        self._shift_s = 0.0
        self._last_s = 0.0

    @property
    def is_over(self) -> bool:
        """Whether the run must end."""
        return self._stop.is_set() or self.read_s() >= self._limit_s

    def read_s(self) -> float:
        """Return the seconds since the start."""
        elapsed_s = (self._now() - self._began).total_seconds() + self._shift_s
        self._last_s = max(self._last_s, elapsed_s)
        return self._last_s

    def pause(self, seconds: float) -> None:
        """Wait so many seconds, or until the run is over."""
        end_s = self.read_s() + seconds
        while (left_s := end_s - self.read_s()) > 0 and not self.is_over:
            slice_s = min(left_s, _SLICE_S)
            before_s = self.read_s()
            self._sleep(slice_s)
            self.add_wait(before_s, slice_s)

    def add_wait(self, before_s: float, seconds: float) -> None:
        """Add a wait that began at `before_s`, as far as the clock does not show it."""
        missing_s = before_s + seconds - self.read_s()
        if missing_s > 0:
            self._shift_s += missing_s
