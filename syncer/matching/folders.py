"""What the folders above a file add to its name: words, dates, numbers (pure)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from syncer.matching.names.dates import Date, date_in, date_of
from syncer.matching.names.records import Name, Number, Word, is_year
from syncer.matching.names.wordbook import Wordbook
from syncer.matching.pairing import Pairing

_LAST_MONTH: Final = 12
_LAST_DAY: Final = 31
_LEAST_PART: Final = 4


@dataclass(frozen=True, slots=True)
class Context:
    """The names of the folders above a file, nearest first; whether they hold templates.

    `dated` is the nearest with a date or a year.

    A folder's date is in full: the "20" of "2025/05/20" is of 20 May 2025.
    """

    folders: tuple[Name, ...] = ()
    dated: Name | None = None
    template: bool = False
    language: str | None = None


def open_context(book: Wordbook, outer: Context, folder: str, read: Name) -> Context:
    """Return what a folder and those above it add; `folder` is its name as written."""
    read = _complete_date(folder, read, _find_date(outer))
    return Context(
        (read, *outer.folders),
        read if read.marks.dates or read.plain_years else outer.dated,
        outer.template or read.template or book.templates.is_folder_of_templates(read),
        read.language or outer.language,
    )


def _find_date(context: Context) -> Date:
    """Return the date of the nearest folder with one, 0 for what it does not tell."""
    if (folder := context.dated) is None:
        return 0, 0, 0
    if folder.marks.dates:
        return folder.marks.dates[0]
    # "Marts" in "2024-2025" is of either.
    return int(folder.plain_years[0]) if len(folder.years) == 1 else 0, 0, 0


def _complete_date(folder: str, read: Name, above: Date) -> Name:
    """Return a folder's name with the rest of its date from the folders above.

    In a year's folder "05" and "05 Maj" are months, in a month's "20" is a day.
    """
    year, month, day = above
    dates = read.marks.dates
    if dates:
        if "." not in folder:
            dates = tuple((y, m, 0 if d == m and not y else d) for y, m, d in dates)
        return replace(read, marks=replace(read.marks, dates=date_in(year, dates)))
    if year and read.marks.parts:
        parts = (date_of(year, value, counted) for value, counted, _ in read.marks.parts)
        dates = tuple(date for date in parts if date is not None)
    elif year and not day and folder.isdecimal():
        number = int(folder[:4])
        if 0 < number <= (_LAST_DAY if month else _LAST_MONTH) and (month or len(folder) > 1):
            dates = ((year, month or number, number if month else 0),)
    if not dates:
        return read
    years = tuple(number for number in read.numbers if is_year(number.value))
    return replace(read, numbers=years, marks=replace(read.marks, dates=dates))


def date_by_folders(file: Name, context: Context) -> Name:
    """Return a file's name with what its date lacks, from the nearest folder that has it."""
    if dates := file.marks.dates:
        dates = date_in(_find_date(context)[0], dates)
        return replace(file, marks=replace(file.marks, dates=dates))
    nearest = context.dated
    if nearest is None or (file.years and nearest.years != file.years):
        return file
    years = (number for number in nearest.numbers if is_year(number.value))
    marks = replace(file.marks, dates=nearest.marks.dates, ends=nearest.marks.ends)
    return replace(file, numbers=(*file.numbers, *years), marks=marks)


def complete_by_folders(row: Name, file: Name, context: Context) -> Name:
    """Return a file's name with the date and the numbers of the nearest folder that has some.

    Only where the row asks for one and the file's own name has none. The numbering of "3. møde" is
    a number where the row counts the same.
    """
    if row.years or row.part:
        file = date_by_folders(file, context)
    wanted = set(row.values) - {*row.years, *file.values, file.last_number, file.marks.numbering}
    if not wanted or set(file.values) - file.years:
        return file
    for folder in context.folders:
        numbers = [number for number in folder.numbers if not is_year(number.value)]
        first = folder.words[0].stem if folder.words and folder.marks.numbering else ""
        if first and any(number.after.endswith(first) for number in row.numbers):
            numbers.append(Number(folder.marks.numbering.lstrip("0"), after=first))
        if numbers:
            return replace(file, numbers=(*file.numbers, *numbers))
    return file


def borrow(
    book: Wordbook,
    pairing: Pairing,
    row: Name,
    file: Name,
    context: Context,
    nearby: Collection[str],
) -> tuple[str, ...]:
    """Pair the words that a file lacks with those of its folders; return the ones that remain.

    The nearest folder that names an owner decides: what is in "Bestyrelsen/Strategiudvalg" is the
    committee's, not the board's, and what is in "Møder/Seminar" is no meeting's. A folder of a
    year, a kind, or words of the row names no owner. One of an ordinary word
    ("Bestyrelsen/Grundlag") may be the owner's own: a person is asked.
    """
    if file.organisation is not None:
        # "For foreningen", where the file says "for OS2".
        pairing.wanted = [word for word in pairing.wanted if word.stem not in book.organisation]
    asked = tuple(word.text for word in pairing.wanted)
    rest = pairing.borrow([folder.words for folder in context.folders])
    if pairing.wanted:
        return tuple(word.text for word in pairing.wanted)
    asks = {*nearby, *(word.stem for word in row.words)}
    known = asks.union(word.stem for word in file.words)
    # What the file's own name says further is nearest.
    levels = [(pairing.found, False), *rest]
    while levels and not levels[-1][1]:
        levels.pop()
    for words, lends in levels:
        ours = asks if words is pairing.found else known
        others = [word for word in words if book.names_owner(word, ours)]
        others = [word for word in others if not _is_part_of(row, word)]
        body = any(word.stem.endswith(book.bodies) for word in others)
        meetings = (word for word in words if book.names_occasion(word))
        if not lends and (body or not all(_is_part_of(row, word) for word in meetings)):
            return asked
        pairing.doubted |= bool(others)
    return ()


def _is_part_of(row: Name, word: Word) -> bool:
    """Return whether a word is a part of one of a row's: "byggemøder", "byggemødereferat"."""
    return len(word.stem) >= _LEAST_PART and any(word.stem in own.text for own in row.words)
