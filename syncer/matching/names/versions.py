"""Versions, dates, numbering and copy marks in a folded name (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from syncer.matching.names.vocabulary import list_words

_MONTHS: Final = list_words(
    "januar jan january, februar feb february, marts mar march, april apr, maj may, juni jun june,"
    "juli jul july, august aug, september sep sept, oktober okt october oct, november nov,"
    "december dec"
)
_MONTH_NUMBERS: Final = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
}
MONTH: Final = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_MONTH: Final = f"(?P<m>{MONTH})"
_DAY: Final = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_TWO_DIGIT_DAY: Final = r"(?P<d>0[1-9]|[12]\d|3[01])"
_ANY_MONTH: Final = r"(?P<m>0?[1-9]|1[0-2])"
_TWO_DIGIT_MONTH: Final = r"(?P<m>0[1-9]|1[0-2])"
_YEAR: Final = r"(?P<y>(?:19|20)\d\d)"
_SHORT: Final = r"(?P<y>1[5-9]|[23]\d)"
"""Two digits of a year; before 2015 they are more often something else."""
_EITHER: Final = rf"(?:{_YEAR}|['’]?(?P<short>1[5-9]|[23]\d))"
_SEP: Final = r"[-_. /]"
_DATES: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\d){_YEAR}(?P<s>{_SEP}?){_TWO_DIGIT_MONTH}(?P=s){_TWO_DIGIT_DAY}(?!\d)",
        rf"(?<!\d){_DAY}(?P<s>{_SEP}){_ANY_MONTH}(?P=s){_YEAR}(?!\d)",
        rf"(?<!\d){_TWO_DIGIT_DAY}{_TWO_DIGIT_MONTH}{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}(?P<s>[-./]){_ANY_MONTH}(?P=s){_DAY}(?!\d)",
        rf"(?<!\d){_DAY}[.]?[ _-]?{_MONTH}[.]?[ _-]?{_EITHER}(?!\d)",
        rf"(?<![a-z]){_MONTH}[.]?[ _-]?{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}[ _-]{_MONTH}(?![a-z])",
        rf"(?<!\d){_YEAR}[-_.]{_TWO_DIGIT_MONTH}(?!\d)(?![-_.]\d)",
        rf"(?<![\da-z]){_DAY}[.]?[ _]{_MONTH}(?![a-z])",
        rf"(?<![^\W_])q(?P<quarter>[1-4])[ ._-]?{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}[ ._-]?q(?P<quarter>[1-4])(?!\d)",
        rf"(?<!\d)(?P<quarter>[1-4])[.]? ?(?:kvartal|kv)[ ._-]?{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<half>[12])[.]? ?halvaar[ ._-]?{_YEAR}(?!\d)",
        rf"(?<![^\W_])h(?P<half>[12])[ ._-]?{_YEAR}(?!\d)",
        rf"(?<![a-z])uge[ ._-]?(?P<week>\d\d?)[ ,._-]{{1,2}}{_YEAR}(?!\d)",
        rf"(?<![a-z])(?P<season>foraar|sommer|efteraar|vinter)[ ._-]?{_EITHER}(?!\d)",
        r"(?<![^\W_])(?P<season>[fe])(?P<y>2\d)(?![^\W_])",
        rf"(?<![\d.a-z]){_DAY}(?P<s>[-.]){_ANY_MONTH}(?:-|(?P=s)){_SHORT}(?![\d.])",
        rf"(?<!\d){_TWO_DIGIT_DAY}{_TWO_DIGIT_MONTH}{_SHORT}(?!\d)",
        rf"(?<!\d){_SHORT}{_TWO_DIGIT_MONTH}{_TWO_DIGIT_DAY}(?!\d)",
    )
)
_SEASONS: Final = {"vinter": 1, "foraar": 3, "f": 3, "sommer": 7, "efteraar": 9, "e": 9}
_QUARTER, _HALF, _WEEK, _SEASON = -1, -2, -3, -4
"""What a date has for a day when it is no month but another part of a year."""
_DATE_SIGN: Final = re.compile(r"\d\d|\d[. _]{1,2}[a-z]{3}")
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
_GLUED: Final = re.compile(r"(?<![^\W_])([a-z]{2})(?=20\d\d(?!\d))")
_MARKED_VERSION: Final = re.compile(
    r"(?<![a-z0-9])(?:version|vers|ver|rev|revision|udgave|v|r)[ ._-]{0,2}"
    r"(\d{1,3}(?:[._]\d{1,3}){0,3}|(?<=[ .])[a-h])(?![^\W_])"
)
_WORD_VERSION: Final = re.compile(
    r"(?<![a-z])(foerste|anden|tredje|fjerde|femte)[ _-]?(?:udgave|version)(?![a-z])"
)
_ORDINALS: Final = {"foerste": 1, "anden": 2, "tredje": 3, "fjerde": 4, "femte": 5}
_ORDINAL_VERSION: Final = re.compile(
    r"(?<![\d.])(\d{1,3})[.]?[ _-]?(?:udgave|udg|version)(?![a-z0-9])"
)
_BARE_VERSION: Final = re.compile(r"(?<![\d.a-z])(\d{1,3}(?:\.\d{1,3}){1,3})(?![\d.]|[a-z])")
_VERSION_SIGN: Final = re.compile(r"\d|udg|vers?|rev")
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)[\W_]{0,3}$")
_NUMBERING: Final = re.compile(
    r"\s*(?:\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?(?:\s*[).:_-]+\s*|\s+)|[a-z][).]\s+)(?=\D)"
)
_ATTACHMENT: Final = re.compile(
    r"\s*(?:underbilag|bilag|appendix|appendiks|annex)[ _.-]{0,2}"
    r"(\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?|[a-z])(?![a-z0-9])"
    r"(?![ .:_–—-]{0,5}(?:til|for|to)(?![a-z]))[ .:_–—-]*"
)
_COPIES: Final = (
    re.compile(r"\((?:\d{1,2})\)\s*$"),
    re.compile(r"\([^()]{0,80}(?:conflict|konflikt)[^()]{0,80}\)"),
    re.compile(r"[-_ ]+(?:kopi|copy)(?:[ _-]*\(?\d{0,3}\)?)?\s*$"),
    re.compile(r"^\s*(?:(?:kopi|copy)[ _-]*(?:\(\d{1,3}\))?[ _-]*(?:af|of)[ _-]+)+"),
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a name besides its words.

    Attributes:
        rest: the name without the marks below.
        version: (1, 10) of "v1.10"; None without one.
        marked: whether the version is written as one ("v2"), not as a bare "2.0".
        dates: (year, month, day) in order; year 0 and day 0 when not given, see `_read_date`.
        ends: the second year of a range over the turn of a year: "2027" of "2026-27".
        attachment: "2" of "Bilag 2 - …"; None without one.
        numbering: the leading number ("01"), "" without.
        dated_first: whether the name begins with a date.
        counted: the word before a bare version: "punkt" of "Punkt 4.1".
        copy: whether it is a copy of another file ("(1)", "- Kopi").
    """

    rest: str
    version: tuple[int, ...] | None
    marked: bool
    dates: tuple[tuple[int, int, int], ...]
    attachment: str | None
    numbering: str
    copy: bool
    ends: frozenset[str] = frozenset()
    counted: str = ""
    dated_first: bool = False


def read_marks(name: str) -> Marks:
    """Return the version, dates, numbering and copy marks of a folded name.

    Linear in the name, which the caller bounds. Source of all forms: our choice.
    """
    copy = False
    if "(" in name or "kopi" in name or "copy" in name:
        name, copy = _remove_copy_marks(name)
    dates: tuple[tuple[int, int, int], ...] = ()
    ends: frozenset[str] = frozenset()
    dated_first = False
    if _DATE_SIGN.search(name):
        for form in _SHORT_YEARS:
            name = form.sub(r"20\1", name)
        name, ends = _expand_ranges(_GLUED.sub(r"\1 ", name))
        name, dates = _remove_dates(name)
        dated_first = bool(dates) and not name[:6].strip()
    numbering = ""
    if (front := _NUMBERING.match(name)) and name[front.end() :].strip():
        numbering = front[0].strip(" ).:_-")
        name = name[front.end() :]
    attachment = None
    if (found := _ATTACHMENT.match(name)) and name[found.end() :].strip(" -_.()"):
        parts = (part.lstrip("0") or "0" for part in found[1].split("."))
        attachment, name = ".".join(parts), name[found.end() :]
    version, marked, found = None, None, None
    counted = ""
    if _VERSION_SIGN.search(name):
        forms = (_MARKED_VERSION, _ORDINAL_VERSION, _WORD_VERSION)
        marked = next(filter(None, (_last(form, name) for form in forms)), None)
        found = marked or _last(_BARE_VERSION, name)
    if found:
        version = tuple(map(_read_part, found[1].replace("_", ".").split(".")))
        if before := _WORD_BEFORE.search(name, 0, found.start()):
            counted = before[1]
        name = name[: found.start()] + " " + name[found.end() :]
    return Marks(
        name,
        version,
        marked is not None,
        dates,
        attachment,
        numbering,
        copy,
        ends,
        counted,
        dated_first,
    )


def _remove_copy_marks(name: str) -> tuple[str, bool]:
    copy = False
    for form in (*_COPIES, _COPIES[0]):
        shorter = form.sub(" ", name)
        copy |= shorter != name
        name = shorter
    return name, copy


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


def _remove_dates(name: str) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """Return a name with blanks for its dates, and the dates in the order of the name."""
    dates: list[tuple[int, tuple[int, int, int]]] = []
    for form in _DATES:
        dates += ((one.start(), _read_date(one.groupdict())) for one in form.finditer(name))
        name = form.sub(lambda found: " " * len(found[0]), name)
    return name, tuple(date for _, date in sorted(dates))


def _read_date(parts: Mapping[str, str | None]) -> tuple[int, int, int]:
    """Return (year, month, day) of a date's parts.

    Year 0 when only day and month are given, day 0 for a month; for a quarter, half, week or
    season the day says which of them, and the month orders it within the year.
    """
    year = int(parts.get("y") or parts.get("short") or 0)
    year += 2000 if 0 < year < 100 else 0
    if quarter := parts.get("quarter"):
        return year, 3 * int(quarter), _QUARTER
    if half := parts.get("half"):
        return year, 6 * int(half), _HALF
    if week := parts.get("week"):
        return year, int(week), _WEEK
    if season := parts.get("season"):
        return year, _SEASONS[season], _SEASON
    month = parts.get("m") or ""
    number = int(month) if month.isdigit() else _MONTH_NUMBERS[month]
    return year, number, int(parts.get("d") or 0)


def _read_part(part: str) -> int:
    """Return a part of a version as a number: "10", "b" as the second, "anden" as well."""
    if part.isdecimal():
        return int(part)
    return _ORDINALS.get(part) or ord(part) - ord("a") + 1


def _last(form: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(form.finditer(text))), None)
