"""What the address of a document says of its date, and when that is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from syncer.handbook.jekyll.document_dates import DATED_NAME, date_placeholders, find_moments

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def _dated(name: str) -> re.Match[str] | None:
    return DATED_NAME.fullmatch(name)


@pytest.mark.parametrize("number", range(1, 13))
def test_each_month_has_its_name(number: int) -> None:
    """In English, long and short, with a zero before it and without."""
    found = date_placeholders(date(2026, number, 5), None, None)
    assert (found["long_month"], found["short_month"]) == (
        MONTHS[number - 1],
        MONTHS[number - 1][:3],
    )
    assert (found["month"], found["i_month"]) == (f"{number:02}", str(number))


@pytest.mark.parametrize("number", range(7))
def test_each_weekday_has_its_name(number: int) -> None:
    """From Monday on."""
    found = date_placeholders(date(2026, 11, 23 + number), None, None)
    assert (found["long_day"], found["short_day"]) == (DAYS[number], DAYS[number][:3])
    assert found["w_day"] == str(number + 1)


def test_every_placeholder() -> None:
    """Of a moment early in a year whose week is the last one's."""
    found = date_placeholders("2027-01-02 03:04:05", None, None)
    assert found == {
        "year": "2027", "month": "01", "day": "02", "hour": "03", "minute": "04", "second": "05",
        "i_day": "2", "i_month": "1", "short_month": "Jan", "long_month": "January",
        "short_year": "27", "w_year": "2026", "week": "53", "w_day": "6", "short_day": "Sat",
        "long_day": "Saturday", "y_day": "002",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "name", "day"),
    [
        (date(2026, 11, 3), None, (2026, 11, 3)),
        ("2026-11-03", None, (2026, 11, 3)),
        (" 2026-11-03 efterår ", None, (2026, 11, 3)),
        (None, "2026-11-03-mål.md", (2026, 11, 3)),
        (None, "26-1-3-a.md", (2026, 1, 3)),
        (None, "68-1-3-a.md", (2068, 1, 3)),
        (None, "69-1-3-a.md", (1969, 1, 3)),
        (None, "126-1-3-a.md", (126, 1, 3)),
        (None, "2026-13-3-a.md", None),
        (None, None, None),
        ("efterår", "2026-11-03-a.md", None),
        (7, None, None),
    ],
)
def test_where_a_date_comes_from(
    written: object, name: str | None, day: tuple[int, int, int] | None
) -> None:
    """The front matter first, which may say nothing; then the name. Unknown is nothing."""
    dated = None if name is None else _dated(name)
    found = date_placeholders(written, dated, None)
    assert (found["year"], found["i_month"], found["i_day"]) == (
        (None, None, None) if day is None else (f"{day[0]:04}", str(day[1]), str(day[2]))
    )
    if day is None:
        assert set(found.values()) == {None}
        assert find_moments(written, dated, None) is None


@pytest.mark.parametrize(
    ("hour", "zone", "day"),
    [(12, None, "23"), (22, None, None), (22, COPENHAGEN, "23"), (23, COPENHAGEN, "24")],
)
def test_a_moment_is_of_a_day_where_it_is_built(
    hour: int, zone: ZoneInfo | None, day: str | None
) -> None:
    """With UTC or in Denmark, where nobody says: what differs between them is unknown."""
    written = datetime(2026, 11, 23, hour, 30)  # noqa: DTZ001 - as YAML gives it
    found = date_placeholders(written, None, zone)
    assert found["day"] == day
    assert found["minute"] == "30"
    assert found["hour"] == (None if zone is None else f"{(hour + 1) % 24:02}")
    text = f"2026-11-23T{hour}:30:00+00:00"
    assert date_placeholders(text, None, zone)["day"] == day


def test_a_moment_in_another_zone_is_also_taken_as_written() -> None:
    """A build may be where its author was."""
    zone = timezone(timedelta(hours=-8))
    assert date_placeholders(datetime(2026, 11, 23, 12, tzinfo=zone), None, None)["hour"] is None
    assert date_placeholders(datetime(2026, 11, 23, 17, tzinfo=zone), None, None)["day"] is None


def test_a_day_may_begin_anywhere_on_earth() -> None:
    """From 14 hours before to 12 hours after that of UTC; with a zone it is known."""
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    expected = midnight - timedelta(hours=14), midnight + timedelta(hours=12)
    for written in (date(2026, 11, 23), "2026-11-23"):
        assert find_moments(written, None, None) == expected
    assert find_moments(None, _dated("2026-11-23-a.md"), None) == expected
    local = datetime(2026, 11, 23, tzinfo=COPENHAGEN)
    assert find_moments(date(2026, 11, 23), None, COPENHAGEN) == (local, local)


def test_a_moment_is_what_it_is() -> None:
    """In YAML one without a zone is UTC; a text without one is local."""
    moment = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert find_moments(moment, None, None) == (moment, moment)
    assert find_moments(moment.replace(tzinfo=None), None, COPENHAGEN) == (moment, moment)
    assert find_moments("2026-11-23T12:00:00Z", None, COPENHAGEN) == (moment, moment)
    local = datetime(2026, 11, 23, 12, tzinfo=COPENHAGEN)
    assert find_moments("2026-11-23 12:00:00", None, COPENHAGEN) == (local, local)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_at_the_ends_of_the_calendar_nothing_is_known(day: date) -> None:
    """No zone can be reckoned with there."""
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=timezone(timedelta(hours=23)))
    assert find_moments(day, None, None) is None or day.year > 1
    if day == date.min:
        assert set(date_placeholders(moment, None, None).values()) == {None}
