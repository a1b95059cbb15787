"""Numbers, years, letters, versions and dates of a file's name against a row's (pure)."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

from syncer.matching.names.records import Name, is_year
from syncer.model.reason import Reason

_SHORT_YEAR: Final = re.compile(r"[23]\d")


def find_other_number(row: Name, file: Name) -> Reason | None:
    """Return which number, year, letter, version or date of the row differs in the file's name.

    None when all agree.
    """
    version = ".".join(map(str, file.marks.version or ()))
    marks = (*file.marks.numbering.split("."), file.marks.attachment or "", version)
    has = set(map(_shorten, (*file.numbers, *file.years, *marks)))
    wants = set(row.numbers)
    if row.marks.attachment is not None:
        wants.add(row.marks.attachment)
    missing = tuple(
        sorted(n for n in wants if _shorten(n) not in has and not _is_short_year(n, row, file))
    )
    if missing:
        return Reason("number-differs", {"numbers": missing})
    years = {number for number in row.numbers if is_year(number)}
    others = {n for n in file.numbers if is_year(n)} - years
    if years and others:
        return Reason("number-differs", {"numbers": tuple(sorted(years))})
    if row.marks.attachment is not None and file.marks.attachment != row.marks.attachment:
        return Reason("number-differs", {"numbers": (row.marks.attachment,)})
    if row.marks.marked and not _versions_agree(row.marks.version, file.marks.version):
        return Reason("version-differs")
    if row.marks.dates and not _dates_agree(row, file):
        return Reason("date-differs")
    return None


def list_further_numbers(row: Name, file: Name) -> tuple[str, ...]:
    """Return the file's numbers that the row lacks, without years, versions and dates."""
    own = {*row.numbers, *file.marks.numbering.split("."), file.marks.attachment}
    version = ".".join(map(str, file.marks.version or ()))
    return tuple(n for n in file.numbers if n not in own and n != version and not is_year(n))


def _shorten(number: str) -> str:
    """Return a number in its shortest form: 3 for "3.0"."""
    while number.endswith(".0"):
        number = number[:-2]
    return number


def _is_short_year(number: str, row: Name, file: Name) -> bool:
    """Return whether one name ends in the last two digits of the other's only year.

    "Budget 26" and "Budget 2026", but not "uge 26" or "26 Budget".
    """
    for name, other in ((row, file), (file, row)):
        years = other.years
        if _SHORT_YEAR.fullmatch(name.last_number) and years == {f"20{name.last_number}"}:
            return number in (name.last_number, *years) and set(other.numbers) <= years
    return False


def _versions_agree(one: tuple[int, ...] | None, other: tuple[int, ...] | None) -> bool:
    if one is None or other is None:
        return True
    return all(a == b for a, b in zip_longest(one, other, fillvalue=0))


def _dates_agree(row: Name, file: Name) -> bool:
    """Return whether the file has every date of the row; a month without a day fits any day."""
    return all(
        any(
            date[:2] == other[:2] and (not date[2] or date[2] == other[2])
            for other in file.marks.dates
        )
        for date in row.marks.dates
    )
