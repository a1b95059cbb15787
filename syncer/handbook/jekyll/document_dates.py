"""The date of a document or post: what its address says of it, and whether it is in the future.

Source: Jekyll's `Document`, `Publisher` and `Drops::UrlDrop`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# A site is built on a machine with UTC, or on a Danish one.
_ZONES = tuple(timezone(timedelta(hours=ahead)) for ahead in (0, 1, 2))
# Local time is at most this far before and after UTC.
_LATEST_ZONE, _EARLIEST_ZONE = timedelta(hours=14), timedelta(hours=12)
DATED_NAME = re.compile(r"(\d{2,4})-(\d{1,2})-(\d{1,2})-([^/]*)\.[^./]+")


def date_placeholders(
    written: object, dated: re.Match[str] | None, zone: tzinfo | None
) -> dict[str, str | None]:
    """Return the values of every placeholder of a date; None for those that are not certain.

    Args:
        written: `date` of the front matter.
        dated: the match of `DATED_NAME` with the document's name.
        zone: time zone of the build; None when it is unknown.
    """
    return _fill_placeholders(_possible_times(written, dated, zone))


def find_moments(
    written: object, dated: re.Match[str] | None, zone: tzinfo | None
) -> tuple[datetime, datetime] | None:
    """Return the first and last moment that a document's date may be; None without a date.

    The arguments are those of `date_placeholders`.
    """
    moment: datetime | None = None
    if isinstance(written, datetime):
        moment = written if written.tzinfo else written.replace(tzinfo=UTC)
    elif isinstance(written, str) and (parsed := _parse_moment(written.strip())):
        moment = parsed if parsed.tzinfo else None
    if moment is not None:
        return moment, moment
    local = next(iter(_possible_times(written, dated, zone)), None)
    if local is None:
        return None
    try:
        if zone is not None:
            return (local.replace(tzinfo=zone),) * 2
        utc = local.replace(tzinfo=UTC)
        return utc - _LATEST_ZONE, utc + _EARLIEST_ZONE
    except OverflowError:  # at the ends of the calendar
        return None


def _possible_times(
    written: object, dated: re.Match[str] | None, zone: tzinfo | None
) -> tuple[datetime, ...]:
    """Return the local times that a document's date may be; none when only the build knows it.

    Jekyll converts a moment to the time zone of the build; in YAML one without a zone is UTC. A
    day, and a text without a zone, are local already.
    """
    if isinstance(written, datetime):
        return _local_times(written if written.tzinfo else written.replace(tzinfo=UTC), zone)
    if isinstance(written, date):
        return (_start_of(written),)
    if isinstance(written, str):
        return _read_time(written.strip(), zone)
    if dated is None:
        return ()
    try:
        year = int(dated[1])
        # Ruby reads a year of two digits as one of 1969 to 2068.
        century = (1900 if year > 68 else 2000) if len(dated[1]) == 2 else 0
        return (_start_of(date(century + year, int(dated[2]), int(dated[3]))),)
    except ValueError:
        return ()


def _read_time(written: str, zone: tzinfo | None) -> tuple[datetime, ...]:
    moment = _parse_moment(written)
    if moment is None:
        return ()
    return _local_times(moment, zone) if moment.tzinfo else (moment,)


def _parse_moment(written: str) -> datetime | None:
    for part in (written, written[:10]):
        try:
            return datetime.fromisoformat(part)
        except ValueError:
            continue
    return None


def _local_times(moment: datetime, zone: tzinfo | None) -> tuple[datetime, ...]:
    try:
        if zone is not None:
            return (moment.astimezone(zone).replace(tzinfo=None),)
        zones = [moment.astimezone(zone).replace(tzinfo=None) for zone in _ZONES]
    except OverflowError:  # at the ends of the calendar
        return ()
    return (moment.replace(tzinfo=None), *zones)


def _start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day, no moment


def _fill_placeholders(times: tuple[datetime, ...]) -> dict[str, str | None]:
    """Return the values of every placeholder of a date; None where the times differ."""
    if not times:
        return dict.fromkeys(_format_time(_start_of(date.min)))
    first, *others = (_format_time(time) for time in times)
    return {
        name: value if all(other[name] == value for other in others) else None
        for name, value in first.items()
    }


def _format_time(time: datetime) -> dict[str, str]:
    weekday, month = _WEEKDAYS[time.weekday()], _MONTHS[time.month - 1]
    return {
        "year": f"{time.year:04}",
        "month": f"{time.month:02}",
        "day": f"{time.day:02}",
        "hour": f"{time.hour:02}",
        "minute": f"{time.minute:02}",
        "second": f"{time.second:02}",
        "i_day": str(time.day),
        "i_month": str(time.month),
        "short_month": month[:3],
        "long_month": month,
        "short_year": f"{time.year % 100:02}",
        "w_year": str(time.isocalendar().year),
        "week": f"{time.isocalendar().week:02}",
        "w_day": str(time.isoweekday()),
        "short_day": weekday[:3],
        "long_day": weekday,
        "y_day": f"{time.timetuple().tm_yday:03}",
    }
