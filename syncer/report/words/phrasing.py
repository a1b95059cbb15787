"""Fill the gaps of a template with values, written the way a language writes them.

`{name}` is filled with an argument, and `{name:spec}` with an argument in a certain form:

- `{n:side|sider}`: a number with its noun, "1 side" or "1.204 sider";
- `{files:den|dem}`: for a list only the word, by how many it names;
- `{at:date}`, `{at:day}`: a time in Copenhagen, with and without the hour;
- `{at:near}`, `{at:hour}`: without the year, and the hour alone;
- `{size:size}`: a number of bytes;
- `{share:percent}`: a number between 0 and 1.

Text in square brackets is dropped when one of its arguments is missing, None or ():
`Læg filen i mappen[ {place}].` Outside brackets such a gap leaves nothing of the template, because
a sentence with a hole says nothing: whoever fills it has other words for that case.
"""

from __future__ import annotations

import os
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from syncer.redact import make_visible
from syncer.report.visible import show_handbook_text

try:
    from babel.dates import format_date, format_datetime, format_skeleton
except (OSError, ValueError):
    # babel reads the local time zone when it is imported, and accepts a zone that it does not know,
    # but no folder and no other file. The C library then takes UTC.
    os.environ["TZ"] = "UTC"
    from babel.dates import format_date, format_datetime, format_skeleton

Value: TypeAlias = str | int | float | bool | datetime | Sequence[str] | None
Values: TypeAlias = Mapping[str, Value]

_COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_UNITS = ("kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a language writes numbers, times and lists.

    Attributes:
        locale: where Babel's rules (CLDR) apply.
        moment, near, hour: patterns in CLDR's notation of a time, of one in the coming months, and
            of one today.
        yes, no: for a bool.
    """

    locale: Locale
    moment: str
    near: str
    hour: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class _Gap:
    name: str
    spec: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a template; an optional one is dropped when an argument is unknown."""

    optional: bool
    parts: tuple[str | _Gap, ...]


def fill(template: str, values: Values, conventions: Conventions) -> str:
    """Return the template with its gaps filled; "" when one outside brackets has no value.

    Never fails, whatever the values are.
    """
    said: list[str] = []
    for stretch in _parse(template):
        if _all_known(stretch, values):
            said += (
                part
                if isinstance(part, str)
                else _format(values[part.name], part.spec, conventions)
                for part in stretch.parts
            )
        elif not stretch.optional:
            return ""
    return "".join(said)


def gaps_of(template: str, *, needed: bool = False) -> frozenset[str]:
    """Return the names of the arguments that a template uses, or of those that it needs."""
    return frozenset(
        part.name
        for stretch in _parse(template)
        if not (needed and stretch.optional)
        for part in stretch.parts
        if isinstance(part, _Gap)
    )


@lru_cache(maxsize=2048)
def _parse(template: str) -> tuple[_Stretch, ...]:
    pieces = template.replace("]", "[").split("[")
    return tuple(
        _Stretch(number % 2 == 1, tuple(_parse_piece(piece)))
        for number, piece in enumerate(pieces)
        if piece
    )


def _parse_piece(piece: str) -> list[str | _Gap]:
    parts: list[str | _Gap] = []
    for literal, name, spec, _ in string.Formatter().parse(piece):
        if literal:
            parts.append(literal)
        if name is not None:
            parts.append(_Gap(name, spec or ""))
    return parts


def _all_known(stretch: _Stretch, values: Values) -> bool:
    return all(
        values.get(part.name) not in (None, ()) for part in stretch.parts if isinstance(part, _Gap)
    )


def _format(value: Value, spec: str, conventions: Conventions) -> str:
    try:
        return _format_as(value, spec, conventions)
    except ArithmeticError:  # more digits than a Decimal or a float holds
        return str(value)


def _format_as(value: Value, spec: str, conventions: Conventions) -> str:
    """Return one argument as text; a value that does not fit its spec is shown without it."""
    one, counted, many = spec.partition("|")
    match spec, value:
        case _, int() if counted:
            return f"{format_number(value, conventions)} {one if value == 1 else many}"
        case _, tuple() | list() if counted:
            return one if len(value) == 1 else many
        case "date" | "day" | "near" | "hour", datetime() | str():
            return _format_time(value, conventions, spec)
        case "size", int():
            return format_size(value, conventions)
        case "percent", int() | float():
            return format_percent(value, locale=conventions.locale)
    return _format_plain(value, conventions)


def _format_plain(value: Value, conventions: Conventions) -> str:
    match value:
        case None:
            return ""
        case bool():
            return conventions.yes if value else conventions.no
        case str():
            return show_handbook_text(value)
        case float():
            return format_number(value, conventions)
        case int():
            return str(value)  # line numbers and status codes have no thousands separator
        case datetime():
            return format_moment(value, conventions)
    return join([show_handbook_text(str(item)) for item in value], conventions)


def _format_time(value: datetime | str, conventions: Conventions, spec: str) -> str:
    if isinstance(value, str):
        try:
            when = datetime.fromisoformat(value)
        except ValueError:
            return make_visible(value)
        if len(value) <= len("2026-11-23"):  # a date without an hour is the same in every zone
            return format_date(when, "long", conventions.locale)
        value = when
    patterns = {"near": conventions.near, "hour": conventions.hour, "date": conventions.moment}
    if spec not in patterns:
        return format_day(value, conventions)
    return format_datetime(in_copenhagen(value), patterns[spec], locale=conventions.locale)


def format_moment(when: datetime, conventions: Conventions) -> str:
    """Return a date and time in Copenhagen: "23. november 2026 kl. 03.15"."""
    return format_datetime(in_copenhagen(when), conventions.moment, locale=conventions.locale)


def format_day(when: datetime, conventions: Conventions) -> str:
    """Return a date in Copenhagen: "23. november 2026"."""
    return format_date(in_copenhagen(when), "long", conventions.locale)


def format_near_day(on: str, now: datetime, conventions: Conventions) -> str:
    """Return an ISO date, without its year when it is that of `now`: "28. november"."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return make_visible(on)
    if day.year != in_copenhagen(now).year:
        return format_date(day, "long", conventions.locale)
    return format_skeleton("MMMMd", day, locale=conventions.locale)


def days_between(earlier: datetime, later: datetime) -> int:
    """Return the number of midnights in Copenhagen between two times."""
    return (in_copenhagen(later).date() - in_copenhagen(earlier).date()).days


def in_copenhagen(when: datetime) -> datetime:
    """Return a time in Copenhagen; UTC when it has no zone, unchanged at the calendar's ends."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        return aware.astimezone(_COPENHAGEN)
    except (OverflowError, ValueError):  # the first and last days of the calendar
        return aware


def format_number(number: float, conventions: Conventions) -> str:
    """Return a number with thousands separators: "1.204"."""
    return format_decimal(number, locale=conventions.locale)


def format_size(size_bytes: int, conventions: Conventions) -> str:
    """Return a size in decimal units, with one decimal below ten: "1,2 MB"."""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    size, units = size_bytes / 1000, iter(_UNITS)
    unit = next(units)
    while size >= 999.5 and (larger := next(units, None)) is not None:  # rounds to 1000
        size, unit = size / 1000, larger
    pattern = "#,##0.0" if size < 9.95 else "#,##0"  # 9.95 rounds to 10
    return f"{format_decimal(size, pattern, conventions.locale)} {unit}"


def join(items: Sequence[str], conventions: Conventions) -> str:
    """Return the items as a list in a sentence: "a, b og c"; "" for none."""
    return format_list(items, locale=conventions.locale)
