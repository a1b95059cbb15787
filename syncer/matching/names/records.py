"""The records of a name: its words, state and marks (pure)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, NamedTuple

from syncer.matching.names.dates import CYCLES
from syncer.matching.names.formats import Format
from syncer.matching.names.versions import Marks

NEGATIONS: Final = frozenset(("uden", "ikke", "without", "not"))
"""Words that negate the next one."""


class State(IntEnum):
    """How finished a document is; higher is closer to the resource."""

    OUTDATED = 0
    DRAFT = 1
    FINAL = 2


class Word(NamedTuple):
    """A word that distinguishes documents.

    Attributes:
        text: folded, as written.
        stem: what its inflected forms share.
        phrase: the number of prepositions before it.
        joined: whether "og" precedes it.
        apart: whether a dash, comma or bracket precedes it.
        preposition: the preposition or negation directly before it, "" for none.
        begins: whether it begins a compound by how it is written: with a hyphen ("It-strategi"),
            as an abbreviation ("CSR"), or as a product of the organisation ("OS2mo").
        product: whether it is such a product.
        dotted: whether a full stop follows it, as after an abbreviation.
        initials: whether it is an abbreviation in capitals without a hyphen: "DPO".
    """

    text: str
    stem: str
    phrase: int = 0
    joined: bool = False
    apart: bool = False
    preposition: str = ""
    begins: bool = False
    product: bool = False
    dotted: bool = False
    initials: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a name, without leading zeros, and the stems of the words that it may count.

    They are directly before and after it: "fase 2", "3. møde". `written` is how the name has it
    when not as digits: "ii", "maj".
    """

    value: str
    before: str = ""
    after: str = ""
    written: str = field(default="", compare=False)

    @property
    def counts(self) -> frozenset[str]:
        """The words that it may count, empty when it is alone."""
        return frozenset({self.before, self.after} - {""})


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a row, file or folder, as read; what it does not state is None, "" or empty.

    Attributes:
        words: the words that distinguish it, in order, without numbers.
        numbers: numbers and years that belong to the name, also "2.1", in order.
        trailing: the bare number at a file's end, which may be a version; None without one.
        marks: versions, dates, numbering, copy marks.
        state: FINAL unless the name states another one.
        says_final: whether the name states that it is final.
        signed: whether it is a concluded agreement.
        language: code of the stated language; "da" is None.
        template: whether it is called a template.
        party: the words that name for whom it was filled in ("aalborg" of "Aalborg Kommune").
        organisation: the preposition before the organisation's own name ("for OS2"), "" for
            none; None without the organisation's name.
        initials: its last word when that may be the author's initials, "" otherwise.
        last_number: a bare number of one or two digits at its end or before a state, "" without.
        extension: lower case, without the dot.
        format: what a file contains, by its extension.
        plural: whether the last word before the first preposition is plural, also "skabeloner".
    """

    words: tuple[Word, ...]
    numbers: tuple[Number, ...]
    marks: Marks
    state: State = State.FINAL
    says_final: bool = False
    signed: bool = False
    language: str | None = None
    template: bool = False
    party: frozenset[str] = frozenset()
    organisation: str | None = None
    initials: str = ""
    last_number: str = ""
    trailing: Number | None = None
    extension: str = ""
    format: Format = Format.DOCUMENT
    plural: bool = False

    @property
    def years(self) -> frozenset[str]:
        """The years it names, alone or in a date."""
        return frozenset({*self.plain_years, *(str(date[0]) for date in self.marks.dates)} - {"0"})

    @property
    def plain_years(self) -> tuple[str, ...]:
        """The years that it names outside dates, in order."""
        return tuple(number.value for number in self.numbers if is_year(number.value))

    @property
    def part(self) -> Number | None:
        """The part of a year that it names without the year: a week, a month; "uge 2.1" is none."""
        parts = (number for number in self.numbers if number.before in CYCLES)
        return next((part for part in parts if part.value.isdecimal()), None)

    @property
    def numbered(self) -> bool:
        """Whether it has a date, or a number that is no year."""
        return bool(self.marks.dates) or not self.years.issuperset(self.values)

    @property
    def values(self) -> tuple[str, ...]:
        """The numbers without what they count."""
        return tuple(number.value for number in self.numbers)


def is_year(number: str) -> bool:
    """Return whether a number looks like a year; "20.5" does not."""
    return len(number) == 4 and number.isdecimal() and number.startswith(("19", "20"))
