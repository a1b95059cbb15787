"""Versions, dates, numbering and copy marks in a folded name (pure)."""

from __future__ import annotations

import re
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
_TWO_DIGIT_MONTH: Final = r"(?P<m>0[1-9]|1[0-2])"
_YEAR: Final = r"(?P<y>(?:19|20)\d\d)"
_SEP: Final = r"[-_. /]"
_DATES: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\d){_YEAR}(?P<s>{_SEP}?){_TWO_DIGIT_MONTH}(?P=s){_TWO_DIGIT_DAY}(?!\d)",
        rf"(?<!\d){_DAY}(?P<s>{_SEP})(?P<m>0?[1-9]|1[0-2])(?P=s){_YEAR}(?!\d)",
        rf"(?<!\d){_DAY}[.]?[ _-]{_MONTH}[.]?[ _-]?{_YEAR}(?!\d)",
        rf"(?<![a-z]){_MONTH}[.]?[ _-]?{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}[ _-]{_MONTH}(?![a-z])",
        rf"(?<!\d){_YEAR}[-_.]{_TWO_DIGIT_MONTH}(?!\d)(?![-_.]\d)",
        rf"(?<![^\W_])q(?P<q>[1-4])[ ._-]?{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}[ ._-]?q(?P<q>[1-4])(?!\d)",
        rf"(?<!\d)(?P<q>[1-4])[.]? ?kvartal[ ._-]?{_YEAR}(?!\d)",
        rf"(?<![\d.]){_TWO_DIGIT_DAY}(?P<s>[-.]){_TWO_DIGIT_MONTH}(?P=s)(?P<y>[12]\d)(?![\d.])",
    )
)
_TWO_DIGITS: Final = re.compile(r"\d\d")
_RANGES: Final = (
    re.compile(r"(?<![\d.-])(20)(\d\d)[ ]?[-–/][ ]?(?:20)?(\d\d)(?![\d.]|[-/]\d)"),
    re.compile(r"(?<![\d.-])()([23]\d)[-–/]([23]\d)(?![\d.]|[-/]\d)"),
)
"""First and last years: "2024-2026", "2024/25", "24-26"; "2024-06" is a month."""
_MAX_RANGE: Final = 12
_MONTHS_OF_A_YEAR: Final = 12
_MARKED_VERSION: Final = re.compile(
    r"(?<![a-z0-9])(?:version|vers|ver|rev|revision|udgave|v|r)[ ._-]{0,2}"
    r"(\d{1,3}(?:[._]\d{1,3}){0,3})(?![\d])(?=$|[^a-z])"
)
_ORDINAL_VERSION: Final = re.compile(
    r"(?<![\d.])(\d{1,3})[.]?[ _-]?(?:udgave|udg|version)(?![a-z0-9])"
)
_BARE_VERSION: Final = re.compile(r"(?<![\d.a-z])(\d{1,3}(?:\.\d{1,3}){1,3})(?![\d.]|[a-z])")
_NUMBERING: Final = re.compile(
    r"\s*(?:\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?(?:\s*[).:_-]+\s*|\s+)|[a-z][).]\s+)(?=\D)"
)
_ATTACHMENT: Final = re.compile(
    r"\s*(?:bilag|appendix|appendiks|annex)[ _.-]{0,2}(\d{1,3}[a-z]?|[a-z])(?![a-z0-9])"
    r"(?![ .:_–—-]{0,5}(?:til|for|to)(?![a-z]))[ .:_–—-]*"
)
_COPIES: Final = (
    re.compile(r"\((?:\d{1,2})\)\s*$"),
    re.compile(r"\([^()]{0,80}(?:conflict|konflikt)[^()]{0,80}\)"),
    re.compile(r"[-_ ]+(?:kopi|copy)(?:[ _-]*\(?\d{0,3}\)?)?\s*$"),
    re.compile(r"^\s*(?:kopi af|copy of)\s+"),
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a name besides its words.

    Attributes:
        rest: the name without the marks below.
        version: (1, 10) of "v1.10"; None without one.
        marked: whether the version is written as one ("v2"), not as a bare "2.0".
        dates: (year, month, day) in order; day 0 when only the month is given.
        attachment: "2" of "Bilag 2 - …"; None without one.
        numbering: the leading number ("01"), "" without.
        copy: whether it is a copy of another file ("(1)", "- Kopi").
    """

    rest: str
    version: tuple[int, ...] | None
    marked: bool
    dates: tuple[tuple[int, int, int], ...]
    attachment: str | None
    numbering: str
    copy: bool


def read_marks(name: str) -> Marks:
    """Return the version, dates, numbering and copy marks of a folded name.

    Linear in the name, which the caller bounds. Source of all forms: our choice.
    """
    name, copy = _remove_copy_marks(name)
    dates: tuple[tuple[int, int, int], ...] = ()
    if _TWO_DIGITS.search(name):
        name, dates = _remove_dates(_expand_ranges(name))
    numbering = ""
    if (front := _NUMBERING.match(name)) and name[front.end() :].strip():
        numbering = front[0].strip(" ).:_-")
        name = name[front.end() :]
    attachment = None
    if (found := _ATTACHMENT.match(name)) and name[found.end() :].strip(" -_.()"):
        attachment, name = found[1], name[found.end() :]
    version = None
    marked = _last(_MARKED_VERSION, name) or _last(_ORDINAL_VERSION, name)
    if found := marked or _last(_BARE_VERSION, name):
        version = tuple(int(part) for part in found[1].replace("_", ".").split("."))
        name = name[: found.start()] + " " + name[found.end() :]
    return Marks(name, version, marked is not None, dates, attachment, numbering, copy)


def _remove_copy_marks(name: str) -> tuple[str, bool]:
    copy = False
    for form in (*_COPIES, _COPIES[0]):
        shorter = form.sub(" ", name)
        copy |= shorter != name
        name = shorter
    return name, copy


def _expand_ranges(name: str) -> str:
    """Return a name with both years of each range in full: "2024/25" is "2024 2025"."""

    def expand(found: re.Match[str]) -> str:
        first, last = int(found[2]), int(found[3])
        is_range = first < last <= first + _MAX_RANGE
        in_full = found[0].count("20") > 1 or last > _MONTHS_OF_A_YEAR
        return f"20{first:02} 20{last:02}" if is_range and in_full else found[0]

    for form in _RANGES:
        name = form.sub(expand, name)
    return name


def _remove_dates(name: str) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    dates: list[tuple[int, int, int]] = []
    for form in _DATES:
        for found in form.finditer(name):
            parts = found.groupdict()
            year = int(parts["y"])
            month = _month_of(parts.get("m"), parts.get("q"))
            dates.append((year if year > 99 else 2000 + year, month, int(parts.get("d") or 0)))
        name = form.sub(" ", name)
    return name, tuple(dates)


def _month_of(month: str | None, quarter: str | None) -> int:
    """Return a month's number; a quarter counts as its last month."""
    if month is None:
        return 3 * int(quarter or 1)
    return int(month) if month.isdigit() else _MONTH_NUMBERS[month]


def _last(form: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(form.finditer(text))), None)
