"""What a file's name adds to a row's, and what it may omit of it (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final

from syncer.matching.names.records import NEGATIONS, Name, State, Word
from syncer.matching.names.tokens import GENITIVES, TOPICS
from syncer.matching.names.wordbook import Wordbook
from syncer.model.reason import Reason

_AUDIENCE: Final = ("for", "til", "ved")
_ADJECTIVES: Final = ("iske", "lige", "nale", "iale", "elle")
_PROPOSED: Final = "oplaeg"
_SUBJECT: Final = TOPICS | {"over", "i"}


def is_nearby(book: Wordbook, word: Word, nearby: Collection[str]) -> bool:
    """Return whether the handbook has a word beside the row, or the first part of a compound."""
    if len(word.text) == 1:  # A letter tells two apart: "Skema A", "Skema B".
        return False
    if word.stem in nearby or word.text in NEGATIONS:
        return True
    parts = book.split(word.text)
    if parts is None or book.is_filler(parts[0]):  # "Forældre" is nothing "for" anybody.
        return False
    return book.stem(book.strip_joint(parts[0])) in nearby


def list_more(book: Wordbook, row: Name, file: Name, found: Sequence[Word]) -> tuple[Word, ...]:
    """Return a file's words that the row does not have and that say something.

    Initials, the author's or the row's own ("PSB Plan for sundhed og bevægelse"), a word said twice
    ("Databehandleraftale (DBA)") and forms at the end ("A4") do not.
    """
    initials = "".join(word.text[0] for word in row.words) if len(row.words) > 2 else ""
    paired = {word.stem for word in file.words if word not in found}
    ends = [at for at, word in enumerate(file.words, start=1) if word not in found]
    last = file.words[max(ends, default=0) :]
    return tuple(
        word
        for word in found
        if word.text not in (file.initials, initials)
        and word.stem not in paired
        and not (word in last and book.is_form(word))
    )


def find_other_meaning(
    book: Wordbook,
    row: Name,
    file: Name,
    more: Sequence[Word],
    found: Sequence[Word],
    nearby: Collection[str],
) -> Reason | None:
    """Return why a file's further words make it another document; None when they do not."""
    if _speaks_about(row, file, more):
        return Reason("speaks-about-it", {"words": tuple(word.text for word in more)})
    first = min((word.phrase for word in file.words), default=0)
    # "Trivselspolitik og antimobbestrategi" is both.
    both = {one for one, after in pairwise(file.words) if after.joined and after not in found}
    for word in () if _allows_any_kind(row, file) else more:
        # "For styregruppen - referat" are minutes.
        leads = word.phrase == first or word.apart
        parts = book.split(word.text)
        promised = word.stem in nearby or (parts is not None and book.stem(parts[1]) in nearby)
        # "Strategi 2030 oplæg til drøftelse" is the draft.
        promised |= file.state is State.DRAFT and word.stem == _PROPOSED
        alone = leads and not (word in both or promised)
        if alone and _is_other_kind(book, row, word):
            return Reason("other-kind", {"word": word.text})
    unnamed = [word for word in more if word.stem not in nearby]
    for word, after in () if book.asks_picture(row) else pairwise(file.words):
        if word in unnamed and after not in found and makes_compound(book, word, after):
            return Reason("other-compound", {"words": (word.text, after.text)})
    others = {p for p in find_other_parties(book, row, file) if book.stem(p) not in nearby}
    if row.organisation:
        led = (word for word in more if word.preposition == row.organisation)
        others |= {word.text for word in led if word.stem not in book.organisation}
    if row.organisation is not None:
        others |= {word.text for word in unnamed if word.product}
    return Reason("filled-in-for", {"words": tuple(sorted(others))}) if others else None


def _speaks_about(row: Name, file: Name, more: Sequence[Word]) -> bool:
    """Return whether the row's words are only what a file is about.

    They follow a preposition in their part of the name ("deltagere i partneraftalen"), or the
    name begins with "om". A title before a dash is a part of its own.
    """
    begin = 0
    for word in file.words:
        begin = word.phrase if word.apart or word is file.words[0] else begin
        if word not in more:
            about = word is file.words[0] and word.preposition in TOPICS
            leads = row.words[:1] and row.words[0].preposition == word.preposition
            return (bool(more) and word.phrase > begin) or (about and not leads)
    return False


def find_other_parties(book: Wordbook, row: Name, file: Name) -> set[str]:
    """Return for whom a file was filled in that its row does not name.

    Nobody fills in a policy or a plan: there the name of an organisation beside other words is its
    owner's. "Samarbejdsaftaler" may mean the concluded ones.
    """
    if row.plural and not row.template:
        return set()
    asked = {word.stem for word in row.words}
    filled = row.template or any(map(book.is_concluded, row.words)) or book.is_party_folder(file)
    others = {party for party in file.party - row.party if book.stem(party) not in asked}
    return others if filled else {party for party in others if book.is_party(party)}


def _is_other_kind(book: Wordbook, row: Name, word: Word) -> bool:
    """Return whether a word makes a file another kind of document, or a paper for a meeting."""
    if book.is_document_kind(word) or book.is_aspect(word):
        return True
    return book.is_occasion(word) and not any(map(book.is_occasion_paper, row.words))


def _allows_any_kind(row: Name, file: Name) -> bool:
    """Return whether another kind of document only distinguishes it: templates, attachments."""
    return (row.plural and file.template) or any(word.stem == "bilag" for word in row.words)


def makes_compound(book: Wordbook, word: Word, after: Word) -> bool:
    """Return whether a word is the first part of a compound written as two words.

    "Leverandør partneraftale" is a leverandørpartneraftale, "OS2mo strategi" not OS2's. A genitive
    ("bestyrelsens"), a name, or a word separated by a dash is none.
    """
    if word.phrase != after.phrase or after.apart or after.begins:
        return False
    # "Sikkerhedsrapport penetrationstest" is a report.
    if book.is_document_kind(word) or book.may_be_owner(word):
        return False
    if word.text.endswith((*GENITIVES, *_ADJECTIVES)):
        return False
    return word.begins or book.knows(word.text)


def may_omit(book: Wordbook, row: Name, word: Word) -> bool:
    """Return whether a short name of a document may omit a word of its row.

    Any but its kind where the row has a number or a date, which the name then has too. Else only
    for whom it is ("for nye medarbejdere"), whose it is ("bestyrelsens"), one of several subjects,
    or what it is before its subject ("notat om …", "liste over …"). A name decides.
    """
    if row.numbered and not book.is_document_kind(word):
        return True
    if not (book.knows(word.text) or book.is_form(word)):
        return False
    phrase = [other for other in row.words if other.phrase == word.phrase]
    if word.phrase:
        return phrase[0].preposition in _AUDIENCE or any(other.joined for other in phrase)
    after = next((other for other in row.words if other.phrase == 1), None)
    subject = phrase == [word] and after is not None and after.preposition in _SUBJECT
    return subject or word.text.endswith(GENITIVES)
