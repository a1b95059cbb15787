"""Versions, numbering, attachments and copy marks in a folded name (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from syncer.matching.names.dates import Date, read_dates
from syncer.matching.names.vocabulary import list_words

_MARKED_VERSION: Final = re.compile(
    r"(?<![a-z0-9])(?:version|vers|ver|rev|revision|udgave|v|r)[ ._-]{0,2}"
    r"(\d{1,3}(?:[._-]\d{1,3}){0,3}|(?<=[ .])[a-h])(?![^\W_])"
)
ORDINALS: Final = {
    word: number
    for number, words in enumerate(
        list_words(
            "foerste, anden andet, tredje, fjerde, femte, sjette, syvende, ottende, niende, tiende"
        ),
        start=1,
    )
    for word in words.split()
}
_ORDINAL_WORD: Final = re.compile(rf"(?<![a-z])({'|'.join(ORDINALS)})[ _-]+([a-z]{{3,}})")
"""A number in words before what it counts: "fjerde statusnotat" is "statusnotat 4"."""
ROMAN: Final[Mapping[str, str]] = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8",
    "ix": "9", "x": "10", "xi": "11", "xii": "12",
}  # fmt: skip
CASE: Final = "sagsnummer"
_CASE: Final = re.compile(
    r"(?<![^\W_])(?:[a-z]{2,4}-|(?:sags|journal|j[.]? ?|dok[.]? ?)(?:nr|nummer)[.: ]{1,2})"
    r"((?:20)?\d\d[-/]\d{4,7})(?![^\W_])"
    r"|(?<![^\W_])(\d\d[.]\d\d[.]\d\d-[a-z]\d\d-\d{1,5}-\d\d)(?![^\W_])"
)
"""A case's or document's number: "EMN-2025-01877", "85.02.00-P20-12-24" of the KLE."""
_TOTAL: Final = re.compile(r"(?<![\w.,-])(\d{1,2}) (?:af|of) \d{1,2}(?![\w.,])")
"""A number with how many there are: "del 1 af 3"."""
_ORDINAL_VERSION: Final = re.compile(
    r"(?<![\d.])(\d{1,3})[.]?[ _-]?(?:udgave|udg|version)(?![a-z0-9])"
)
_BARE_VERSION: Final = re.compile(r"(?<![\d.a-z])(\d{1,3}(?:\.\d{1,3}){1,3})(?![\d.]|[a-z])")
_DIGIT: Final = re.compile(r"\d")
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
    re.compile(r"[-_ ]+[(\[]?(?:kopi|copy)(?:[ _-]*\(?\d{0,3}\)?)?[)\]]?\s*$"),
    re.compile(r"^\s*(?:(?:kopi|copy)[ _-]*(?:\(\d{1,3}\))?[ _-]*(?:af|of)[ _-]+)+"),
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a name besides its words.

    Attributes:
        rest: the name without the marks below.
        version: (1, 10) of "v1.10"; None without one.
        marked: whether the version is written as one ("v2"), not as a bare "2.0".
        dates: (year, month, day) in order; year 0 and day 0 when not given, see `dates._read_date`.
        ends: the second year of a range over the turn of a year: "2027" of "2026-27".
        attachment: "2" of "Bilag 2 - …"; None without one.
        numbering: the leading number ("01"), "" without.
        dated_first: whether the name begins with a date.
        counted: the word before a bare version: "punkt" of "Punkt 4.1".
        parts: (number, stem of what it counts, as written) of parts of a year without the year,
            and of numbers in a journal.
        copy: whether it is a copy of another file ("(1)", "- Kopi").
    """

    rest: str
    version: tuple[int, ...] | None
    marked: bool
    dates: tuple[Date, ...]
    attachment: str | None
    numbering: str
    copy: bool
    ends: frozenset[str]
    counted: str
    dated_first: bool
    parts: tuple[tuple[str, str, str], ...]


def read_marks(name: str) -> Marks:
    """Return the version, dates, numbering and copy marks of a folded name.

    Linear in the name, which the caller bounds. Source of all forms: our choice.
    """
    copy = False
    if "(" in name or "kopi" in name or "copy" in name:
        name, copy = _remove_copy_marks(name)
    name = _ORDINAL_WORD.sub(lambda found: f"{found[2]} {ORDINALS[found[1]]}", name)
    cases: tuple[tuple[str, str, str], ...] = ()
    if _DIGIT.search(name):
        name = _TOTAL.sub(r"\1", name)
        cases = tuple((found[1] or found[2], CASE, found[0]) for found in _CASE.finditer(name))
        name = _CASE.sub(" ", name).lstrip(" -_") if cases else name
    name, dates, parts, ends = read_dates(name)
    dated_first = bool(dates) and not name[:6].strip()
    numbering = ""
    if (front := _NUMBERING.match(name)) and name[front.end() :].strip():
        numbering = front[0].strip(" ).:_-")
        name = name[front.end() :]
    attachment = None
    if (found := _ATTACHMENT.match(name)) and name[found.end() :].strip(" -_.()"):
        levels = (level.lstrip("0") or "0" for level in found[1].split("."))
        attachment = ".".join(ROMAN.get(level, level) for level in levels)
        name = name[found.end() :]
    version, marked, found = None, None, None
    counted = ""
    if _VERSION_SIGN.search(name):
        forms = (_MARKED_VERSION, _ORDINAL_VERSION)
        marked = next(filter(None, (_last(form, name) for form in forms)), None)
        found = marked or _last(_BARE_VERSION, name)
    if found:
        version = tuple(map(_read_part, re.split(r"[._-]", found[1])))
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
        parts + cases,
    )


def _remove_copy_marks(name: str) -> tuple[str, bool]:
    copy = False
    for form in (*_COPIES, _COPIES[0]):
        shorter = form.sub(" ", name)
        copy |= shorter != name
        name = shorter
    return name, copy


def _read_part(part: str) -> int:
    """Return a part of a version as a number: "10", "b" as the second."""
    return int(part) if part.isdecimal() else ord(part) - ord("a") + 1


def _last(form: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(form.finditer(text))), None)
