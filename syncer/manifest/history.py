"""Which dated copies of reports are kept (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

_LONGEST = timedelta(weeks=104)


def choose_kept(names: Mapping[str, datetime], now: datetime, keep_runs: int) -> tuple[str, ...]:
    """Return the names to keep, sorted: the last `keep_runs` runs, then one run per week.

    That is the last one of an ISO week in UTC, for two years. All copies of a run are kept or
    dropped together. A copy dated after `now` comes from a wrong clock; it is kept and not counted.

    Args:
        names: of the copies, with the aware time at which their run finished.
        now: the time of this run.
        keep_runs: how many runs are kept in any case.
    """
    runs = sorted({time for time in names.values() if time <= now})
    cut = max(len(runs) - keep_runs, 0)
    thinned = (time for time in runs[:cut] if now - time < _LONGEST)
    last_of_week = {time.astimezone(UTC).isocalendar()[:2]: time for time in thinned}
    kept = {*runs[cut:], *last_of_week.values()}
    return tuple(sorted(name for name, time in names.items() if time in kept or time > now))
