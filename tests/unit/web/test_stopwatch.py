"""A run's time goes on, whatever its clock does."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from syncer.web.stopwatch import Stopwatch

AT = datetime(2026, 5, 4, tzinfo=UTC)


def test_clock_that_stands_still_does_not_stop_the_run() -> None:
    """What was waited counts, though the clock did not see it."""
    watch = Stopwatch(lambda: AT, lambda _s: None, threading.Event())
    watch.pause(5.0)
    assert watch.read_s() == 5.0


def test_clock_that_goes_back_is_not_followed() -> None:
    """Seconds never get fewer."""
    times = iter([AT, AT + timedelta(seconds=9), AT - timedelta(hours=1)])
    watch = Stopwatch(lambda: next(times), lambda _s: None, threading.Event())
    assert watch.read_s() == 9.0
    assert watch.read_s() == 9.0


def test_pause_waits_in_slices_that_a_stop_ends() -> None:
    """A stop ends a pause within half a second."""
    stop = threading.Event()
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            stop.set()

    watch = Stopwatch(lambda: AT, sleep, stop)
    watch.pause(100.0)
    assert slept == [0.5, 0.5, 0.5]


def test_time_that_the_clock_saw_is_not_counted_twice() -> None:
    """A pause with a real clock is as long as it was."""
    clock = [AT]

    def sleep(seconds: float) -> None:
        clock[0] += timedelta(seconds=seconds)

    watch = Stopwatch(lambda: clock[0], sleep, threading.Event())
    watch.pause(2.0)
    assert watch.read_s() == 2.0
