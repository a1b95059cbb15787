"""Sentences with gaps: how a template and arguments become text.

A template is plain text with gaps. `{name}` is filled with an argument, `{name:spec}` with an
argument said in a certain way:

- `{n:side|sider}`: a number with its noun, "1 side" or "1.204 sider";
- `{at:date}`, `{at:day}`: a time in Copenhagen, with and without the hour;
- `{size:size}`: a number of bytes;
- `{share:percent}`: a number between 0 and 1.

A stretch in square brackets is left out when an argument in it is missing or unknown:
`Læg filen i mappen[ {place}].` A gap outside brackets is then filled with "…": an older reader
must be able to say a newer manifest.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from syncer.report.visible import make_visible, show_handbook_text

Value: TypeAlias = str | int | float | bool | datetime | Sequence[str] | None
Values: TypeAlias = Mapping[str, Value]

_COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_UNKNOWN = "…"
_UNITS = ("kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a language writes numbers, times and lists.

    Attributes:
        months: the twelve names, January first.
        day: template of a date from `day`, `month`, `year`.
        moment: template of a time from `date`, `hour`, `minute`.
        decimal, thousands: the marks in a number.
        conjunction: the word before the last of a list.
        yes, no: for a bool.
    """

    months: tuple[str, ...]
    day: str
    moment: str
    decimal: str
    thousands: str
    conjunction: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class _Gap:
    """A gap: which argument, and how it is said."""

    name: str
    spec: str


_Part: TypeAlias = str | _Gap


def fill(template: str, values: Values, conventions: Conventions) -> str:
    """Return the template with its gaps filled; never fails, whatever the values are."""
    return "".join(
        _fill_stretch(parts, values, conventions)
        for optional, parts in _parse(template)
        if not optional or _all_known(parts, values)
    )


def gaps_of(template: str) -> frozenset[str]:
    """Return the names of the arguments that a template speaks of."""
    return frozenset(
        part.name for _, parts in _parse(template) for part in parts if isinstance(part, _Gap)
    )


@lru_cache(maxsize=2048)
def _parse(template: str) -> tuple[tuple[bool, tuple[_Part, ...]], ...]:
    """Return the stretches of a template: whether each is optional, and its parts."""
    stretches: list[tuple[bool, tuple[_Part, ...]]] = []
    for number, piece in enumerate(template.replace("]", "[").split("[")):
        if piece:
            stretches.append((number % 2 == 1, tuple(_parse_stretch(piece))))
    return tuple(stretches)


def _parse_stretch(piece: str) -> list[_Part]:
    parts: list[_Part] = []
    for literal, name, spec, _ in string.Formatter().parse(piece):
        if literal:
            parts.append(literal)
        if name is not None:
            parts.append(_Gap(name, spec or ""))
    return parts


def _all_known(parts: tuple[_Part, ...], values: Values) -> bool:
    return all(values.get(part.name) is not None for part in parts if isinstance(part, _Gap))


def _fill_stretch(parts: tuple[_Part, ...], values: Values, conventions: Conventions) -> str:
    return "".join(
        part if isinstance(part, str) else _say(values.get(part.name), part.spec, conventions)
        for part in parts
    )


def _say(value: Value, spec: str, conventions: Conventions) -> str:
    """Return one argument in words; a value that its spec does not fit is shown as it is."""
    if "|" in spec and isinstance(value, int):
        one, _, many = spec.partition("|")
        return say_count(value, one, many, conventions)
    match spec, value:
        case "date" | "day", datetime() | str():
            return _say_time(value, conventions, with_hour=spec == "date")
        case "size", int():
            return say_size(value, conventions)
        case "percent", int() | float():
            return f"{round(value * 100)} %"
    return _say_plain(value, conventions)


def _say_plain(value: Value, conventions: Conventions) -> str:
    match value:
        case None:
            return _UNKNOWN
        case bool():
            return conventions.yes if value else conventions.no
        case str():
            return show_handbook_text(value)
        case float():
            return f"{value:g}".replace(".", conventions.decimal)
        case int():
            return str(value)
        case datetime():
            return say_moment(value, conventions)
    return say_list([show_handbook_text(str(item)) for item in value], conventions)


def _say_time(value: datetime | str, conventions: Conventions, *, with_hour: bool) -> str:
    if isinstance(value, str):
        try:
            when = datetime.fromisoformat(value)
        except ValueError:
            return make_visible(value)
        # A date without an hour is that day, wherever it is read.
        if len(value) <= len("2026-11-23"):
            return _say_date(when, conventions)
        value = when
    return say_moment(value, conventions) if with_hour else say_day(value, conventions)


def say_moment(when: datetime, conventions: Conventions) -> str:
    """Return a time of day in Copenhagen: "23. november 2026 kl. 03.15"."""
    local = _in_copenhagen(when)
    return conventions.moment.format(
        date=_say_date(local, conventions), hour=f"{local:%H}", minute=f"{local:%M}"
    )


def say_day(when: datetime, conventions: Conventions) -> str:
    """Return a day in Copenhagen: "23. november 2026"."""
    return _say_date(_in_copenhagen(when), conventions)


def days_between(earlier: datetime, later: datetime) -> int:
    """Return how many midnights in Copenhagen lie between two times."""
    return (_in_copenhagen(later).date() - _in_copenhagen(earlier).date()).days


def _in_copenhagen(when: datetime) -> datetime:
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        return aware.astimezone(_COPENHAGEN)
    except (OverflowError, ValueError):  # the first and last days of the calendar
        return aware


def _say_date(when: datetime, conventions: Conventions) -> str:
    month = conventions.months[when.month - 1]
    return conventions.day.format(day=when.day, month=month, year=when.year)


def say_number(number: int, conventions: Conventions) -> str:
    """Return a number with its thousands set apart: "1.204"."""
    return f"{number:,}".replace(",", conventions.thousands)


def say_count(number: int, one: str, many: str, conventions: Conventions) -> str:
    """Return a number with its noun: "1 side", "3 sider"."""
    return f"{say_number(number, conventions)} {one if number == 1 else many}"


def say_size(size_bytes: int, conventions: Conventions) -> str:
    """Return a size in decimal units, one digit after the mark below ten: "1,2 MB"."""
    if size_bytes < 1000:  # the first unit begins there
        return f"{size_bytes} B"
    size, units = size_bytes / 1000, iter(_UNITS)
    unit = next(units)
    while size >= 999.5 and (larger := next(units, None)) is not None:  # rounds to 1000
        size, unit = size / 1000, larger
    digits = 1 if size < 9.95 else 0  # rounds to 10
    return f"{size:.{digits}f} {unit}".replace(".", conventions.decimal)


def say_list(items: Sequence[str], conventions: Conventions) -> str:
    """Return the items with commas and a conjunction: "a, b og c"; "" for none."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conventions.conjunction} {items[-1]}"
