"""Cron expressions with the meaning that cron gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_WEEKDAY_ITEM = re.compile(
    r"(?:(?P<all>\*)|(?P<first>[a-z]+|\d)(?:-(?P<last>[a-z]+|\d))?)(?:/(?P<step>\d))?"
)
_FIELDS = 5


def parse_cron(expression: str, timezone: str) -> BaseTrigger:
    """Return the trigger of a five-field cron expression in a time zone.

    A weekday number counts from Sunday (0 or 7) as in cron; APScheduler counts from Monday. A day
    and a weekday mean either of the two, unless one of the fields begins with `*`; APScheduler
    wants both. Source: POSIX, crontab; crontab(5) for steps.

    Raises:
        ValueError: not five fields, a value out of range, or no such zone.
    """
    fields = expression.split()
    if len(fields) != _FIELDS:
        raise ValueError(
            f"{expression!r} is no cron expression of five fields (minute hour day month weekday)"
        )
    zone = _find_zone(timezone)
    minute, hour, day, month, weekday = fields
    day_pairs = [(day, weekday)]
    if not day.startswith("*") and not weekday.startswith("*"):
        day_pairs = [(day, "*"), ("*", weekday)]
    try:
        triggers = [
            CronTrigger(
                minute=minute,
                hour=hour,
                day=days,
                month=month,
                day_of_week=_name_weekdays(weekdays),
                timezone=zone,
            )
            for days, weekdays in day_pairs
        ]
    except ValueError as error:
        why = str(error).rpartition(": ")[2]
        raise ValueError(f"{expression!r} is no cron expression: {why}") from error
    return triggers[0] if len(triggers) == 1 else OrTrigger(triggers)


def find_problems(expression: str, timezone: str) -> Iterator[tuple[str, str]]:
    """Yield the problems of both, each with its key in `[schedule]`."""
    try:
        parse_cron(expression, "UTC")
    except ValueError as error:
        yield "cron", f"{error}."
    try:
        _find_zone(timezone)
    except ValueError as error:
        yield "timezone", f'{error}; write one as in "Europe/Copenhagen".'


def _find_zone(timezone: str) -> ZoneInfo:
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        # An OSError for a folder of zones, as "Europe" is, and for a name that no file can have.
        raise ValueError(f"there is no time zone {timezone!r}") from error


def _name_weekdays(field: str) -> str:
    """Write a weekday field as names: APScheduler knows no steps between weekday names."""
    if field == "*":
        return field
    days = sorted({day for item in field.lower().split(",") for day in _expand(item)})
    return ",".join(_WEEKDAYS[day] for day in days)


def _expand(item: str) -> range | tuple[int, ...]:
    """Return the days (0 is Sunday) of `3`, `wed`, `1-5`, `fri-mon`, `*/2`, `1-5/2`."""
    parts = _WEEKDAY_ITEM.fullmatch(item)
    if parts is None:
        raise ValueError(f"{item!r} is no weekday")
    step = int(parts["step"] or 1)
    if step == 0:
        raise ValueError("a step must be 1 or more")
    if parts["all"]:
        return range(0, len(_WEEKDAYS), step)
    first = _count_weekday(parts["first"])
    last = first if parts["last"] is None else _count_weekday(parts["last"])
    length = (last - first) % len(_WEEKDAYS)
    return tuple((first + i) % len(_WEEKDAYS) for i in range(0, length + 1, step))


def _count_weekday(word: str) -> int:
    if word in _WEEKDAYS:
        return _WEEKDAYS.index(word)
    if not word.isdigit() or int(word) > len(_WEEKDAYS):
        raise ValueError(f"{word!r} is no weekday: 0 to 7, or sun to sat")
    return int(word) % len(_WEEKDAYS)
