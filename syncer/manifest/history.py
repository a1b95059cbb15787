"""Dated copies of manifests: their names, and which of them are kept (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

_STAMP_FORMAT = "%Y-%m-%dT%H%M%SZ"
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}Z")


def make_stamp(finished_at: datetime) -> str:
    """Return the beginning of the name of a run's dated copies: "2026-10-01T031502Z", in UTC.

    Sorting by name is sorting by time; no character in it is one that Windows forbids.
    """
    return finished_at.astimezone(UTC).strftime(_STAMP_FORMAT)


def read_stamp(name: str) -> datetime | None:
    """Return when the run of a dated copy finished; None when the name is not one of ours."""
    found = _STAMP.match(name)
    if found is None:
        return None
    try:
        return datetime.strptime(found.group(), _STAMP_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def choose_kept(names: Iterable[str], keep_runs: int) -> tuple[str, ...]:
    """Choose the dated copies that are kept: of the last `keep_runs` runs all, then one a week.

    A week is an ISO week in UTC; its last run is the one that stays. Copies of one run (manifest,
    reports) stay or go together. A name that is not ours is always kept.

    Returns:
        The names that are kept, sorted.
    """
    times = {name: read_stamp(name) for name in names}
    runs = sorted({time for time in times.values() if time is not None})
    cut = max(len(runs) - keep_runs, 0)
    last_of_week = {time.isocalendar()[:2]: time for time in runs[:cut]}
    kept = {*runs[cut:], *last_of_week.values()}
    return tuple(sorted(name for name, time in times.items() if time is None or time in kept))
