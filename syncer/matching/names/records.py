"""Names of rows, files and folders made comparable: the records (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from syncer.matching.names.formats import EDITABLE, Format
from syncer.matching.names.versions import Marks

NEGATIONS: Final = frozenset(("uden", "ikke", "without", "not"))
"""Words that make the next one say that it is not so."""


class State(IntEnum):
    """How far a document is; a higher one is nearer to being the resource."""

    OUTDATED = 0
    DRAFT = 1
    FINAL = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word that tells documents apart.

    `text` is folded and as written, `stem` what its forms share, `phrase` counts the prepositions
    before it, `joined` says that an "og" stands before it, `apart` a dash, comma or bracket; `led`
    is the preposition or negation right before it, "" for none.
    """

    text: str
    stem: str
    phrase: int = 0
    joined: bool = False
    apart: bool = False
    led: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name understood; what it does not say is None, "" or empty.

    Attributes:
        words: what tells it apart, in order; numbers are not among them.
        numbers: numbers and years that are words of the name, also "2.1".
        marks: versions, dates, numbering, copy.
        state: FINAL unless it says otherwise.
        says_final: whether it says so itself.
        signed: whether it is a concluded agreement.
        language: code of the language it says it is in; "da" is None.
        template: whether it is called a template.
        party: words that name whom it was filled in for ("aalborg" of "Aalborg Kommune").
        own: the preposition before the organisation's own name ("for" of "for OS2"), "" without.
        organisation: whether it bears the organisation's own name.
        initials: the last of its words, where it may be the initials of who saved it; "" otherwise.
        last_number: a bare number of one or two digits at its end, "" without.
        extension: lower case, without the dot.
        format: what kind of thing it is.
        plural: whether its last word before the first preposition is a plural, also when that
            word is "skabeloner".
    """

    words: tuple[Word, ...]
    numbers: tuple[str, ...]
    marks: Marks
    state: State = State.FINAL
    says_final: bool = False
    signed: bool = False
    language: str | None = None
    template: bool = False
    party: frozenset[str] = frozenset()
    own: str = ""
    organisation: bool = False
    initials: str = ""
    last_number: str = ""
    extension: str = ""
    format: Format = Format.DOCUMENT
    plural: bool = False

    @property
    def editable(self) -> bool:
        """Whether its format is one that people fill in."""
        return self.extension in EDITABLE

    @property
    def years(self) -> frozenset[str]:
        """The years it names, alone or in a date."""
        plain = {number for number in self.numbers if is_year(number)}
        return frozenset(plain | {str(date[0]) for date in self.marks.dates})


def is_year(number: str) -> bool:
    """Tell whether a number reads as a year."""
    return len(number) == 4 and number.startswith(("19", "20"))
