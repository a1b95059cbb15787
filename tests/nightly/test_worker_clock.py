"""The worker and the time of day: both daylight-saving nights, a sleep, a clock that is set.

Real workers under libfaketime. The clock jumps, as it does for a machine that wakes; between jumps
it goes as always.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from tests.nightly.processes import Clock, Place, Process


def _begin(place: Place, clock: Clock, moment: datetime) -> Process:
    """Start a worker at that moment, with a first run behind it."""
    clock.set(moment)
    worker = place.work(**clock.env)
    worker.wait_for("run-done")
    return worker


def _pass_by(worker: Process, clock: Clock, moment: datetime) -> int:
    """Let the clock pass `moment`, and return how many runs were done until then."""
    clock.set(moment - timedelta(seconds=0.5))
    time.sleep(1.8)
    return len(worker.events("run-done"))


def _count_runs(place: Place) -> int:
    return len(list((place.reports / "runs").glob("*-status.json")))


def test_the_night_in_autumn(place: Place, clock: Clock) -> None:
    """The hour from two to three comes twice, the run at 03:15 once."""
    worker = _begin(place, clock, datetime(2026, 10, 24, 18, 0, tzinfo=UTC))
    assert _pass_by(worker, clock, datetime(2026, 10, 25, 0, 15, tzinfo=UTC)) == 1  # 02:15 summer
    assert _pass_by(worker, clock, datetime(2026, 10, 25, 1, 15, tzinfo=UTC)) == 1  # 02:15 winter
    clock.set(datetime(2026, 10, 25, 2, 14, 59, 500000, tzinfo=UTC))
    worker.wait_for("run-done", 2)
    assert place.manifest()["run"]["started_at"].startswith("2026-10-25T02:15:")
    assert place.manifest()["run"]["next_expected_at"] == "2026-10-26T02:15:00Z"
    assert _pass_by(worker, clock, datetime(2026, 10, 25, 3, 15, tzinfo=UTC)) == 2
    assert worker.end() == 0
    assert _count_runs(place) == 2


def test_the_night_in_spring(place: Place, clock: Clock) -> None:
    """The hour from two to three never comes, the run at 03:15 does."""
    worker = _begin(place, clock, datetime(2026, 3, 28, 18, 0, tzinfo=UTC))
    assert _pass_by(worker, clock, datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)) == 1
    clock.set(datetime(2026, 3, 29, 1, 14, 59, 500000, tzinfo=UTC))
    worker.wait_for("run-done", 2)
    assert place.manifest()["run"]["started_at"].startswith("2026-03-29T01:15:")
    assert _pass_by(worker, clock, datetime(2026, 3, 29, 2, 15, tzinfo=UTC)) == 2
    assert worker.end() == 0


def test_a_machine_that_slept_through_the_night(place: Place, clock: Clock) -> None:
    """It runs when it wakes, within the grace and after it, once for all missed nights."""
    worker = _begin(place, clock, datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    clock.set(datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    worker.wait_for("run-done", 2)
    clock.set(datetime(2026, 11, 27, 17, 0, tzinfo=UTC))
    worker.wait_for("run-done", 3)
    time.sleep(1.5)
    assert len(worker.events("run-done")) == 3
    assert worker.end() == 0


def test_a_clock_that_is_set_back(place: Place, clock: Clock) -> None:
    """The next run is that of the coming night; a success ahead of the clock is none."""
    worker = _begin(place, clock, datetime(2027, 2, 1, 12, 0, tzinfo=UTC))
    clock.set(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    worker.wait_for("run-done", 2)
    assert worker.wait_for("clock-jumped")["seconds"] < 0
    clock.set(datetime(2026, 11, 24, 2, 14, 59, 500000, tzinfo=UTC))
    worker.wait_for("run-done", 3)
    assert place.manifest()["run"]["started_at"].startswith("2026-11-24T02:15:")
    assert worker.end() == 0


def test_a_correction_is_no_jump(place: Place, clock: Clock) -> None:
    """A clock that is put right by some seconds changes nothing."""
    moment = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    worker = _begin(place, clock, moment)
    clock.set(moment - timedelta(seconds=20))
    time.sleep(1.5)
    assert worker.events("clock-jumped") == []
    assert worker.end() == 0


def test_status_tells_the_age_by_the_clock(place: Place, clock: Clock) -> None:
    """In time: 0. Six hours after a run that did not come: 1. A clock set back: 1."""
    clock.set(datetime(2026, 11, 23, 2, 15, tzinfo=UTC))
    assert place.run("run", **clock.env).returncode == 0
    clock.set(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    in_time = place.run("status", **clock.env)
    assert (in_time.returncode, in_time.stderr) == (0, "")
    assert "for 29 timer siden" in in_time.stdout
    assert "24. november kl. 03.15" in in_time.stdout
    clock.set(datetime(2026, 11, 24, 8, 30, tzinfo=UTC))
    late = place.run("status", "--lang", "en", **clock.env)
    assert late.returncode == 1
    assert "The check is late" in late.stdout
    clock.set(datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    assert place.run("status", **clock.env).returncode == 1
