"""Names under which a row's document may be filed, about which a person is asked (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from syncer.matching.candidates import Option, build_option, compare_item
from syncer.matching.files.entries import Item
from syncer.matching.files.index import Index
from syncer.matching.fit import Fit, Tier
from syncer.matching.names.records import Name, State, Word
from syncer.matching.names.tokens import GENITIVES
from syncer.matching.names.wordbook import Wordbook
from syncer.matching.row_requests import Group
from syncer.model.reason import Reason

NearName: TypeAlias = tuple[tuple[Word, ...], tuple[Reason, ...]]
"""The words of a name, and why they may mean the row's."""
_MAX_NAMES: Final = 40
_FEW: Final = 2
"""Words of a subject; more of them are a title, whatever its sort of document."""


def find_near_names(index: Index, group: Group) -> tuple[Option, ...]:
    """Return the files in a group's places that may have a near name of the row.

    Names that call the sort of document otherwise go first. Of those that leave it out only one
    document is an answer: several are about the subject.
    """
    found: dict[Item, Option] = {}
    lacking: dict[Item, Option] = {}
    for words, reasons in list_near_names(index.book, group.name):
        is_less = any(reason.code == "words-missing" for reason in reasons)
        for item in index.search(words, group.name, group.places):
            if item in found or index.is_folder(item) or not index.is_in_places(item, group.places):
                continue
            fit = compare_item(index, group, words, item, lambda _stem: False)
            if fit.tier in (None, Tier.LESS):
                continue
            if is_less and not _is_subject(index, group, words, item, fit):
                continue
            # "Oversigt" and "fortegnelse" may be two documents.
            more = (*fit.more, *(word for word in words if word not in group.name.words))
            fit = Fit(Tier.UNKNOWN, fit.score, (*reasons, *fit.reasons), more)
            option = build_option(index, group, item, fit)
            if option is not None and option.state is State.FINAL:
                (lacking if is_less else found).setdefault(item, option)
    one = len({option.document for option in lacking.values()}) == 1
    return tuple((found or (lacking if one else {})).values())


def _is_subject(index: Index, group: Group, words: Sequence[Word], item: Item, fit: Fit) -> bool:
    """Return whether a file is what a list, plan or form is of: "Medlemmer", "Samtykke til …".

    Its name says more, has the row's number, a sort, or the subject in another form; "Kontakt" is
    no "kontaktliste", and neither are "medlemmernes rettigheder" nor "klage fra naboen".
    """
    if any(index.book.is_document_kind(word) or word.preposition == "fra" for word in fit.more):
        return False
    numbered = not group.name.years.issuperset(group.name.values)
    asked = {word.text for word in words}
    texts = {word.text for word in index.name_of(item).words}
    if any(text.endswith(GENITIVES) for text in texts - asked):
        return False
    others = not texts.issuperset(asked)
    sort = any(index.book.is_document_kind(word) and not word.phrase for word in words)
    titled = len(words) > _FEW or sort
    return bool(fit.more) or numbered or others or titled


def list_near_names(book: Wordbook, row: Name) -> tuple[NearName, ...]:
    """Return the names that may be short for a row's, or call its sort of document otherwise.

    "Partneroversigt" for "Partnerliste", "Bemanding" for "Bemandingsplan", "Regler for AI" for
    "Regler for brug af AI". Those that leave out least come first; at most 40.
    """
    numbered = {number.after for number in row.numbers}
    start = [(row.words, ()), *_without_handling(row.words, numbered, book)]
    called = [near for name in start for near in _call_otherwise(*name, book)]
    short = [near for name in (*start, *called) for near in _without_sort(*name, book)]
    names: dict[tuple[Word, ...], tuple[Reason, ...]] = {}
    for name, reasons in (*called, *start, *short):
        if reasons:
            names.setdefault(name, reasons)
    return tuple(names.items())[:_MAX_NAMES]


def _without_handling(
    words: tuple[Word, ...], numbered: Collection[str], book: Wordbook
) -> Iterator[NearName]:
    """Yield a name without what is done with its subject, or after its number: "§ 18-midler"."""
    for at, (word, after) in enumerate(pairwise((*words, Word("", "")))):
        handling = after.preposition == "af" and book.is_handling(word)
        if handling or (word.phrase and word.preposition and word.stem in numbered):
            yield (*words[:at], *words[at + 1 :]), (_lacks(word),)


def _call_otherwise(
    words: tuple[Word, ...], reasons: tuple[Reason, ...], book: Wordbook
) -> Iterator[NearName]:
    """Yield a name with another word for its sort of document, alone or in a compound."""
    for at, word in enumerate(words):
        for text in book.list_near(word):
            other = word._replace(text=text, stem=book.stem(text))
            reason = Reason("may-mean", {"row": word.text, "file": text})
            yield (*words[:at], other, *words[at + 1 :]), (*reasons, reason)


def _without_sort(
    words: tuple[Word, ...], reasons: tuple[Reason, ...], book: Wordbook
) -> Iterator[NearName]:
    """Yield a name without its sort of document: "medlem" for "medlemsliste", "liste over …"."""
    for at, word in enumerate(words):
        rest = [*words[:at], *words[at + 1 :]]
        first = book.without_sort(word)
        if not first and words[at + 1 : at + 2] and words[at + 1].preposition == "til":
            continue  # A guide to a form is not the form.
        if first:
            rest.insert(at, word._replace(text=first, stem=book.stem(first)))
        if first or (first is not None and not _says_nothing(book, rest)):
            yield tuple(rest), (*reasons, _lacks(word))


def _says_nothing(book: Wordbook, words: Sequence[Word]) -> bool:
    return all(book.is_kind_alone(word) or book.is_handling(word) for word in words)


def _lacks(word: Word) -> Reason:
    return Reason("words-missing", {"words": (word.text,)})
