"""Dates, parts of years and ranges of years in a folded name (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from syncer.matching.names.vocabulary import list_words

Date: TypeAlias = tuple[int, int, int]
"""(year, month, day); year 0 and day 0 when not given, see `_read_date`."""

_MONTHS: Final = list_words(
    "januar jan january, februar feb february, marts mar march, april apr, maj may, juni jun june,"
    "juli jul july, august aug, september sep sept, oktober okt october oct, november nov,"
    "december dec"
)
MONTH_NUMBERS: Final = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
}
MONTH: Final = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
QUARTER, HALF, WEEK, SEASON = -1, -2, -3, -4
"""What a date has for a day when it is no month but another part of a year."""
_COUNTED: Final = {
    QUARTER: "kvartal", HALF: "halvaar", WEEK: "uge", SEASON: "saeson", 0: "maaned",
}  # fmt: skip
"""The stem of what a date counts, by what it has for a day."""
CYCLES: Final = {"kvartal": 4, "halvaar": 2, "uge": 52, "maaned": 12}
"""How many parts a year has, by the stem of what they are."""
_MONTHS_IN: Final = {QUARTER: 3, HALF: 6}
_SEASONS: Final = {"vinter": 1, "foraar": 3, "f": 3, "sommer": 7, "efteraar": 9, "e": 9}

_D: Final = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_DD: Final = r"(?P<d>0[1-9]|[12]\d|3[01])"
_M: Final = r"(?P<m>0?[1-9]|1[0-2])"
_MM: Final = r"(?P<m>0[1-9]|1[0-2])"
_Y: Final = r"(?P<y>(?:19|20)\d\d)"
_YY: Final = r"(?P<y>1[5-9]|[23]\d)"
"""Two digits of a year; before 2015 they are more often something else."""
_YEAR: Final = rf"(?:{_Y}|['’]?(?P<short>1[5-9]|[23]\d))"
_SEP: Final = r"[-_. /]"
_GAP: Final = r"(?:[ ._,/-]{0,2}| i )"
_PART: Final = (
    r"(?:(?:[qk]|kvt?[.]? ?|kvartal )(?P<quarter>[1-4])(?!\d\d(?!\d))"
    r"|(?P<quarter2>[1-4])[.]? ?(?:kvartal|kvt|kv|q)[.]?"
    r"|(?:h|halvaar )(?P<half>[12])(?!\d\d(?!\d))|(?P<half2>[12])[.]? ?(?:halvaar|h)"
    r"|(?P<season>foraar|sommer|efteraar|vinter)(?:et|en)?"
    rf"|(?P<m>{MONTH})[.]?(?:[ ._-]{_D}(?!\d))?)"
)
_WEEK_NUMBER: Final = r"(?:(?:uge|week)[ ._-]?|[uw])(?P<week>\d\d?)"
"""Only beside a year of four digits: "uge 5-26" are many weeks."""
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\d){_Y}(?P<s>{_SEP}?){_MM}(?P=s){_DD}(?!\d)",
        rf"(?<!\d){_D}(?P<s>{_SEP}){_M}(?P=s){_Y}(?!\d)",
        rf"(?<!\d){_DD}{_MM}{_Y}(?!\d)",
        rf"(?<!\d){_Y}(?P<s>[-./]){_M}(?P=s){_D}(?!\d)",
        rf"(?<!\d){_D}[.]?[ _-]?(?P<m>{MONTH})[.]?[ _-]?{_YEAR}(?!\d)",
        rf"(?<![^\W_]){_PART}{_GAP}{_YEAR}(?!\d)",
        rf"(?<![^\W_]){_WEEK_NUMBER}{_GAP}{_Y}(?!\d)",
        rf"(?<!\d){_Y}{_GAP}(?:{_PART}|{_WEEK_NUMBER})(?![^\W_])",
        rf"(?<!\d){_Y}(?:[-_.]{_MM}(?!\d)(?![-_.]\d))",
        rf"(?<!\d)(?P<y>20[1-3]\d) ?{_MM}(?=\W*$)",
        rf"(?<![\d.-]){_MM}[-./]{_Y}(?!\d)",
        rf"(?<![\da-z]){_D}[.]?[ _](?P<m>{MONTH})(?![a-z])",
        r"(?<![^\W_])(?P<season>[fe])(?P<y>2\d)(?![^\W_])",
        rf"(?<![\d.a-z]){_D}(?P<s>[-.]){_M}(?:-|(?P=s)){_YY}(?![\d.])",
        rf"(?<!\d){_D}/{_M}[ -]{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<y>2\d|3[01]){_MM}(?P<d>0[1-9]|1\d)(?!\d)",
        rf"(?<!\d){_DD}{_MM}{_YY}(?!\d)",
        rf"(?<!\d){_YY}{_MM}{_DD}(?!\d)",
    )
)
_YEARLESS: Final = re.compile(
    r"(?<![^\W_])(?:uge[ ._-]?(?P<week>\d\d?)|u(?P<week2>\d\d?)|(?P<week3>\d\d?)[.] ?uge"
    r"|(?:q|kvt?[.]? ?|kvartal )(?P<quarter>[1-4])|(?P<quarter2>[1-4])[.]? ?(?:kvartal|kvt|kv)"
    r"|halvaar (?P<half>[12])|(?P<half2>[12])[.]? ?halvaar"
    r"|(?P<season>foraar|efteraar)(?:et)?"
    rf"|(?P<m>{'|'.join(names.split()[0] for names in _MONTHS)}|feb|apr|aug|okt|nov|dec))(?![^\W_])"
)
"""Parts of a year without the year; "jan", "mar", "jun", "jul", "sep" are also names or words."""
_SIGN: Final = re.compile(r"\d\d|\d[. _]{1,2}[a-z]{3}")
_DAYS: Final = re.compile(
    rf"(?<!\d)((?:0?[1-9]|[12]\d|3[01])[.]?)[ ]?(?:[-–/]|og|til)[ ]?[0-3]?\d[.]?(?= ?(?:{MONTH}))"
)
"""Several days of one month, of which the first dates the document: "12.-13. marts"."""
_WEEKS: Final = re.compile(r"(?<![^\W_])(uge(?:r|rne)?[ ._]?\d\d?)[ ]?[-–/][ ]?\d\d?(?!\d)")
"""Several weeks, of which the first dates the document: "uge 33-42"."""
_RANGES: Final = (
    re.compile(r"(?<![\d.-])(20)(\d\d)[ ]?(?:[-–/]|til)[ ]?(?:20)?(\d\d)(?![\d.]|[-/]\d)"),
    re.compile(r"(?<![\d.-])()([123]\d)[-–/]([123]\d)(?![\d.]|[-/]\d)"),
)
"""First and last years: "2024-2026", "2024/25", "24-26"; "2024-06" is a month."""
_MAX_RANGE: Final = 12
_MONTHS_OF_A_YEAR: Final = 12
_DAYS_OF_A_MONTH: Final = 19
"""The years of a range are not taken for days: "24-7" is none, "15-16" one school year."""
_SHORT_YEARS: Final = (
    re.compile(r"(?<![^\W_])['’](\d\d)(?!\d)"),
    re.compile(r"(?<![^\W_])fy ?(?:20)?(\d\d)(?!\d)"),
)
"""Years of two digits that say so: "'26", "FY26"."""
_ELECTION: Final = re.compile(r"(?<![^\W_])(kv|fv|ev|rv|ep|b|r)([12]\d|3\d)(?![^\W_])")
"""Two digits of a year after an election ("KV25"), a budget or accounts ("B27", "R24")."""
_GLUED: Final = re.compile(r"(?<![^\W_])([a-z]{2})(?=20\d\d(?!\d))")


class Dates(NamedTuple):
    """The dates of a name.

    Attributes:
        rest: the name with blanks for its dates and parts.
        dates: in the order of the name.
        parts: (number, stem of what it counts, as written) of parts of a year without the year.
        ends: the second years of ranges over the turn of a year; `rest` has both in full.
    """

    rest: str
    dates: tuple[Date, ...] = ()
    parts: tuple[tuple[str, str, str], ...] = ()
    ends: frozenset[str] = frozenset()


def read_dates(name: str) -> Dates:
    """Return the dates of a folded name."""
    dates: list[tuple[int, Date]] = []
    parts: list[tuple[str, str, str]] = []
    ends: frozenset[str] = frozenset()

    def take_date(found: re.Match[str]) -> str:
        dates.append((found.start(), _read_date(found.groupdict())))
        return " " * len(found[0])

    def take_part(found: re.Match[str]) -> str:
        parts.append((*part_of(_read_date(found.groupdict())), found[0]))
        return " "

    name = _WEEKS.sub(r"\1", name)
    if _SIGN.search(name):
        for form in _SHORT_YEARS:
            name = form.sub(r"20\1", name)
        name = _ELECTION.sub(r"\1 20\2", name)
        name, ends = _expand_ranges(_GLUED.sub(r"\1 ", _DAYS.sub(r"\1", name)))
        for form in _FORMS:
            name = form.sub(take_date, name)
    name = _YEARLESS.sub(take_part, name)
    return Dates(name, tuple(date for _, date in sorted(dates)), tuple(parts), ends)


def _expand_ranges(name: str) -> tuple[str, frozenset[str]]:
    """Return a name with both years of each range in full, and the second years of adjacent ones.

    "2024/25" is "2024 2025".
    """
    ends: set[str] = set()

    def expand(found: re.Match[str]) -> str:
        first, last = int(found[2]), int(found[3])
        is_range = first < last <= first + _MAX_RANGE
        in_full = found[0].count("20") > 1 or last > _MONTHS_OF_A_YEAR
        plain = found[1] or first > _DAYS_OF_A_MONTH or last == first + 1
        if not (is_range and in_full and plain):
            return found[0]
        if last == first + 1:
            ends.add(f"20{last:02}")
        return f"20{first:02} 20{last:02}"

    for form in _RANGES:
        name = form.sub(expand, name)
    return name, frozenset(ends)


def _read_date(groups: Mapping[str, str | None]) -> Date:
    """Return (year, month, day) of a date's parts.

    Year 0 when only day and month are given, day 0 for a month; for a quarter, half, week or
    season the day says which of them, and the month orders it within the year.
    """
    parts = {key.rstrip("23"): value for key, value in groups.items() if value}
    year = int(parts.get("y") or parts.get("short") or 0)
    year += 2000 if 0 < year < 100 else 0
    if quarter := parts.get("quarter"):
        return year, 3 * int(quarter), QUARTER
    if half := parts.get("half"):
        return year, 6 * int(half), HALF
    if week := parts.get("week"):
        return year, int(week), WEEK
    if season := parts.get("season"):
        return year, _SEASONS[season], SEASON
    month = parts["m"]
    number = int(month) if month.isdigit() else MONTH_NUMBERS[month]
    return year, number, int(parts.get("d") or 0)


def part_of(date: Date) -> tuple[str, str]:
    """Return the number of a date's part of the year, and the stem of what it counts."""
    return str(date[1] // _MONTHS_IN.get(date[2], 1)), _COUNTED.get(min(date[2], 0), "")


def date_of(year: int, value: str, counted: str) -> Date | None:
    """Return the date of a year's part as `part_of` gives it; None for a number of another sort."""
    days = [day for day, stem in _COUNTED.items() if stem == counted]
    return (year, int(value) * _MONTHS_IN.get(days[0], 1), days[0]) if days else None


def date_in(year: int, dates: Iterable[Date]) -> tuple[Date, ...]:
    """Return dates with a year for those that have none."""
    return tuple((known or year, month, day) for known, month, day in dates)
