"""What the folders above a file add to its name: words, dates, numbers (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from syncer.matching.names.dates import Date, date_in, date_of
from syncer.matching.names.records import Name, is_year
from syncer.matching.names.wordbook import Wordbook
from syncer.matching.pairing import Pairing

_LAST_MONTH: Final = 12
_LAST_DAY: Final = 31


@dataclass(frozen=True, slots=True)
class Context:
    """The names of the folders above a file, nearest first; whether they hold templates.

    A folder's date is in full: the "20" of "2025/05/20" is of 20 May 2025.
    """

    folders: tuple[Name, ...] = ()
    template: bool = False
    language: str | None = None


def open_context(book: Wordbook, outer: Context, folder: str, read: Name) -> Context:
    """Return what a folder and those above it add; `folder` is its name as written."""
    read = _complete_date(folder, read, _find_date(outer.folders))
    return Context(
        (read, *outer.folders),
        outer.template or read.template or book.is_template_folder(read),
        read.language or outer.language,
    )


def _find_date(folders: Sequence[Name]) -> Date:
    """Return the date of the nearest folder with one, 0 for what it does not tell."""
    for folder in folders:
        if folder.marks.dates:
            return folder.marks.dates[0]
        if folder.plain_years:
            return int(folder.plain_years[0]), 0, 0
    return 0, 0, 0


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
        value, counted, _ = read.marks.parts[0]
        dates = (date_of(year, value, counted),)
    elif year and not day and folder.isdecimal():
        number = int(folder[:4])
        if month and number <= _LAST_DAY:
            dates = ((year, month, number),)
        elif not month and len(folder) > 1 and number <= _LAST_MONTH:
            dates = ((year, number, 0),)
    if not dates:
        return read
    years = tuple(number for number in read.numbers if is_year(number.value))
    return replace(read, numbers=years, marks=replace(read.marks, dates=dates))


def date_by_folders(file: Name, context: Context) -> Name:
    """Return a file's name with what its date lacks, from the nearest folder that has it."""
    dates = file.marks.dates
    if dates:
        if all(year for year, _, _ in dates):
            return file
        dates = date_in(_find_date(context.folders)[0], dates)
        return replace(file, marks=replace(file.marks, dates=dates))
    for folder in context.folders:
        if folder.years or folder.marks.dates:
            if file.years and (folder.years != file.years or not folder.marks.dates):
                break
            years = (number for number in folder.numbers if is_year(number.value))
            marks = replace(file.marks, dates=folder.marks.dates, ends=folder.marks.ends)
            return replace(file, numbers=(*file.numbers, *years), marks=marks)
    return file


def number_by_folders(row: Name, file: Name, context: Context) -> Name:
    """Return a file's name with the numbers of the nearest folder that has some.

    Only where the row asks for one and the file's own name has none.
    """
    wanted = set(row.values) - {*row.years, *file.values, file.last_number, file.marks.numbering}
    if wanted and not (set(file.values) - set(file.years)):
        for folder in context.folders:
            numbers = tuple(number for number in folder.numbers if not is_year(number.value))
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
    known = {*nearby, *(word.stem for word in (*row.words, *file.words))}
    meets = any(map(book.names_occasion, row.words))
    both = list(zip(context.folders, rest, strict=True))
    while both and len(both[-1][0].words) == len(both[-1][1]):
        both.pop()
    for folder, words in both:
        others = [word for word in words if book.names_owner(word, known)]
        if len(words) == len(folder.words) and (
            any(word.stem.endswith(book.bodies) for word in others)
            or (meets and any(map(book.is_occasion, words)))
        ):
            return asked
        pairing.doubted |= bool(others)
    return ()
