"""Numbers, years, letters, versions and dates of a file's name against a row's (pure).

Each is compared with its own sort: a number with numbers of what it counts, a date with dates.
"""

from __future__ import annotations

import re
from typing import Final

from syncer.matching.names.dates import CYCLES, Date, part_of
from syncer.matching.names.records import Name, Number, is_year
from syncer.matching.names.versions import CASE
from syncer.model.reason import Reason

_SHORT_YEAR: Final = re.compile(r"[23]\d")


def find_other_number(row: Name, file: Name) -> Reason | None:
    """Return which number, year, letter, version or date of the row differs in the file's name.

    None when all agree.
    """
    if not (row.numbers or row.marks.dates or row.marks.marked or row.marks.attachment):
        return None
    missing = {
        number.value
        for number in row.numbers
        if not _is_year_of(number.value, row, file) and not _has_number(row, file, number)
    }
    if row.marks.attachment not in (None, file.marks.attachment):
        missing.add(row.marks.attachment or "")
    if missing:
        return Reason("number-differs", {"numbers": tuple(sorted(missing))})
    years = set(row.plain_years)
    # "Takstblad 2026-27" is that of 2026.
    ends = file.marks.ends if years - file.marks.ends else frozenset()
    if years and set(file.plain_years) - years - ends:
        return Reason("number-differs", {"numbers": tuple(sorted(years))})
    if row.marks.marked and not _versions_agree(row.marks.version, file.marks.version):
        return Reason("version-differs")
    if row.marks.dates and not _dates_agree(row, file):
        return Reason("date-differs")
    return None


def list_further_numbers(row: Name, file: Name) -> tuple[str, ...]:
    """Return the file's numbers that the row lacks, without years, versions, dates and cases."""
    # Of what a row wants of no time a week or month is an edition.
    editions = {CASE} if row.years or row.marks.dates else {CASE, *CYCLES}
    own = {*row.values, file.marks.numbering, file.marks.attachment}
    own.update(part_of(date)[0] for date in row.marks.dates)
    own.add(".".join(map(str, file.marks.version or ())))
    return tuple(
        number.written or number.value
        for number in file.numbers
        if number.value not in own
        and number.before not in editions
        and not is_year(number.value)
        and not _is_short_year(number.value, row, file)
    )


def _is_year_of(number: str, row: Name, file: Name) -> bool:
    """Return whether a row's number is the file's year, in four digits or in two."""
    return (is_year(number) and number in file.years) or _is_short_year(number, row, file)


def _has_number(row: Name, file: Name, number: Number) -> bool:
    """Return whether a file has a row's number, counting the same.

    What counts nothing in either name agrees with any. The leading number of a list counts only
    where nothing else in the name counts the same words: "2) Delaftale 1" is no "Delaftale 2".
    """
    if is_year(number.value):
        return False
    parts = (Number(*part_of(date)) for date in file.marks.dates)
    found = [*file.numbers, *(part for part in parts if part.before)]
    if file.trailing is not None:
        found.append(file.trailing)
    others = {word for one in found if one.value != number.value for word in (one.before,)}
    if any(_agree(number, one, others) for one in found):
        return True
    marks = {_shorten(mark) for mark in (file.marks.numbering, *file.marks.numbering.split("."))}
    if file.marks.version is not None and (file.trailing is None and "." in number.value):
        marks.add(".".join(map(str, file.marks.version)))
    if not row.words or (file.marks.attachment is not None and number.before == "bilag"):
        marks.add(file.marks.attachment or "")
    return _shorten(number.value) in marks and number.counts.isdisjoint(others)


def _agree(number: Number, other: Number, others: set[str]) -> bool:
    if _shorten(number.value) != _shorten(other.value):
        return False
    if not number.counts or not other.counts or number.counts & other.counts:
        return True
    return number.counts.isdisjoint(others)


def _shorten(number: str) -> str:
    """Return a number in its shortest form: 3 for "3.0" and "03"."""
    while number.endswith(".0"):
        number = number[:-2]
    return number.lstrip("0") or number


def _is_short_year(number: str, row: Name, file: Name) -> bool:
    """Return whether one name ends in the last two digits of the other's only year.

    "Budget 26" and "Budget 2026", but not "uge 26" or "26 Budget".
    """
    for name, other in ((row, file), (file, row)):
        years = other.years
        if _SHORT_YEAR.fullmatch(name.last_number) and years == {f"20{name.last_number}"}:
            return number in (name.last_number, *years) and set(other.values) <= years
    return False


def _versions_agree(one: tuple[int, ...] | None, other: tuple[int, ...] | None) -> bool:
    if one is None or other is None:
        return True
    return all(a == b for a, b in zip(one, other, strict=False)) and not any(one[len(other) :])


def _dates_agree(row: Name, file: Name) -> bool:
    """Return whether the file is of every date of the row; a month without a day fits any day.

    Of several dates the first is the file's own, or the second where the name begins with one:
    "Referat 10. april (godkendt 12. marts)" is of April.
    """
    own = file.marks.dates[: max(len(row.marks.dates), 1 + file.marks.dated_first)]
    return all(
        any(_is_same_date(date, other) for other in own)
        or _has_part(file, date)
        or is_written_short(file, date)
        for date in row.marks.dates
    )


def _has_part(file: Name, date: Date) -> bool:
    """Return whether a file has a date without a day, and the year elsewhere or not at all."""
    value, counted = part_of(date)
    has_part = any((one.value, one.before) == (value, counted) for one in file.numbers)
    return date[2] <= 0 and has_part and (not file.years or str(date[0]) in file.years)


def is_written_short(file: Name, date: Date) -> bool:
    """Return whether what may be a version is the day asked for: "Referat 3.6"."""
    _, month, day = date
    return not file.marks.marked and file.marks.version == (day, month)


def _is_same_date(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    if one[2] < 0 or other[2] < 0:
        return one == other
    years = 0 in (one[0], other[0]) or one[0] == other[0]
    return years and one[1] == other[1] and one[2] in (0, other[2])
