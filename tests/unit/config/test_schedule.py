"""Cron expressions mean what cron means by them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from syncer.config.schedule import parse_cron

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def next_run(expression: str, after: datetime) -> datetime:
    """Return when a schedule fires after a time."""
    fire = parse_cron(expression, "Europe/Copenhagen").get_next_fire_time(None, after)
    assert isinstance(fire, datetime)
    return fire


@pytest.mark.parametrize(
    ("field", "weekday"), [("0", 6), ("7", 6), ("1", 0), ("mon", 0), ("SUN", 6), ("5", 4)]
)
def test_weekdays_count_from_sunday(field: str, weekday: int) -> None:
    """0 and 7 are Sunday, 1 is Monday; names are understood in any case."""
    start = datetime(2026, 11, 23, tzinfo=COPENHAGEN)
    assert next_run(f"15 3 * * {field}", start).weekday() == weekday


@pytest.mark.parametrize(
    ("field", "weekdays"),
    [
        ("1-5/2", [2, 4, 0]),
        ("*/3", [2, 5, 6]),
        ("fri-mon", [4, 5, 6, 0]),
        ("sat,1", [5, 0]),
    ],
)
def test_ranges_lists_and_steps(field: str, weekdays: list[int]) -> None:
    """In `1-5/2` the 2 is a step; a range may run over the end of the week."""
    fired = []
    start = datetime(2026, 11, 23, 12, tzinfo=COPENHAGEN)  # a Monday
    for _ in weekdays:
        start = next_run(f"15 3 * * {field}", start) + timedelta(minutes=1)
        fired.append(start.weekday())
    assert fired == weekdays


@pytest.mark.parametrize(
    ("expression", "days"),
    [
        # November 2026 begins on a Sunday.
        ("0 3 1 * 1", [1, 2, 9, 16, 23, 30]),
        ("0 3 2 * mon", [2, 9, 16, 23, 30]),
        ("0 3 1,15 * 7", [1, 8, 15, 22, 29]),
        ("0 3 1 * *", [1]),
        ("0 3 * * 1", [2, 9, 16, 23, 30]),
        ("0 3 */10 * 1", []),
        ("0 3 1-14 * */3", [1, 4, 7, 8, 11, 14]),
    ],
)
def test_day_and_weekday_mean_either(expression: str, days: list[int]) -> None:
    """As in cron: both only where one of them begins with an asterisk."""
    fired = []
    start = datetime(2026, 11, 1, tzinfo=COPENHAGEN)
    while (start := next_run(expression, start)).month == 11:
        fired.append(start.day)
        start += timedelta(minutes=1)
    assert fired == days


def test_day_and_weekday_fire_once_where_they_meet() -> None:
    """With the last time given, as the worker's scheduler asks."""
    trigger = parse_cron("0 3 2 * 1", "Europe/Copenhagen")
    first = next_run("0 3 2 * 1", datetime(2026, 11, 1, tzinfo=COPENHAGEN))
    assert first.day == 2
    assert trigger.get_next_fire_time(first, first).day == 9


def test_the_default_fires_once_in_both_daylight_saving_nights() -> None:
    """03:15 is there exactly once when the clocks change."""
    for month, day in ((3, 28), (10, 24)):
        start = datetime(2026, month, day, 12, tzinfo=COPENHAGEN)
        first = next_run("15 3 * * *", start)
        assert (first.hour, first.minute) == (3, 15)
        assert next_run("15 3 * * *", first.replace(minute=16)).day == first.day + 1


@pytest.mark.parametrize(
    "expression",
    ["15 3 * * 8", "15 3 * * x", "15 3 * * !", "15 3 * * */0", "61 3 * * *", "@daily", ""],
)
def test_what_is_no_cron_is_refused(expression: str) -> None:
    """Anything else is an error that shows the expression."""
    with pytest.raises(ValueError, match=r"cron"):
        parse_cron(expression, "Europe/Copenhagen")
