"""Which dated copies of manifests are kept (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime


def choose_kept(names: Mapping[str, datetime], now: datetime, keep_runs: int) -> tuple[str, ...]:
    """Choose the dated copies that are kept: of the last `keep_runs` runs all, then one a week.

    A week is an ISO week in UTC; its last run stays. Copies of one run (manifest, reports) stay or
    go together. One dated after `now` was made while the clock was wrong: it is kept, and takes no
    other's place.

    Args:
        names: of the copies, with the aware time at which their run finished.
        now: the time of this run.
        keep_runs: how many runs are kept whole.

    Returns:
        The names that are kept, sorted.
    """
    runs = sorted({time for time in names.values() if time <= now})
    cut = max(len(runs) - keep_runs, 0)
    last_of_week = {time.astimezone(UTC).isocalendar()[:2]: time for time in runs[:cut]}
    kept = {*runs[cut:], *last_of_week.values()}
    return tuple(sorted(name for name, time in names.items() if time in kept or time > now))
