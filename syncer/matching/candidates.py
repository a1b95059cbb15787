"""The files that may answer a group, with how well they fit and where they are (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, TypeAlias

from syncer.matching.files.entries import Item, Place
from syncer.matching.files.index import Index
from syncer.matching.fit import EXACT, Fit, Tier, compare, means_signed
from syncer.matching.further import find_other_parties, is_nearby
from syncer.matching.names.formats import Format, is_hidden, is_ignored
from syncer.matching.names.records import Name, State, Word
from syncer.matching.names.wordbook import Wordbook
from syncer.matching.owners import (
    find_owner,
    find_whose,
    is_concluded,
    is_of_other_owner,
    is_of_other_year,
    may_be_older,
)
from syncer.matching.row_requests import Group
from syncer.model.shares import RemoteFile

_STEPS_PER_SLIP: Final = 20
"""Two words are compared for a typing error after they were not the same in any other way."""
DocumentKey: TypeAlias = tuple[object, ...]
"""What is assigned to one group: a document in all versions, formats and copies, or a folder."""


class Zone(IntEnum):
    """Where an option is, seen from a group; a higher value is nearer."""

    OTHER_SHARE = 0
    SHARE = 1
    PLACE = 2


@dataclass(frozen=True, slots=True)
class Option:
    """A file or folder that may answer a group.

    Attributes:
        item: its number in the index.
        fit: how its name fits.
        state: how finished it is; for a folder the state of its best document.
        zone: where it is, seen from the nearest row of the group.
        document: the document that it is a version, format or copy of.
        owner: the words of the folders above it, below the place, that name an owner whom the row
            does not ask for.
        version: the one that its name states; () for none.
        year: the latest that its name or its folders state; 0 for none.
        folder: whether it is a folder that answers like a file.
        parts: the files of the folder that count, by path; () for a file.
    """

    item: Item
    fit: Fit
    state: State
    zone: Zone
    document: DocumentKey
    owner: frozenset[str] = frozenset()
    version: tuple[int, ...] = ()
    year: int = 0
    folder: bool = False
    parts: tuple[Item, ...] = ()

    @property
    def same_name(self) -> bool:
        """Whether the name is the row's: the same words, but for a typing error at most."""
        return self.fit.tier is not None and self.fit.tier >= Tier.NEAR

    @property
    def unknown(self) -> bool:
        """Whether the name has further words that say nothing, so that a person is asked."""
        return not self.fit.sure


def find_options(
    index: Index,
    group: Group,
    exact: frozenset[Item],
    is_in_other_rows: Callable[[str], bool],
) -> tuple[tuple[Option, ...], dict[Item, Fit | None]]:
    """Return the options for a group and the rejected candidates, both by item number.

    A candidate without a fit was not compared: it has a word of its own outside the places.

    `exact` are the files with exactly the row's name. `is_in_other_rows` returns whether a stem
    occurs in another group's name. Folders are opened later (`open_folder`); until then a folder's
    state comes from its name.
    """
    found: dict[Item, Fit] = {}
    refused: dict[Item, Fit | None] = {}
    others = OtherDocuments(index, group)
    aliases = tuple(words for request in group.requests for words in request.aliases)
    alternatives = (w for request in group.requests for w in request.alternatives)
    for words in dict.fromkeys((*alternatives, *aliases)):
        for item in sorted(set(index.search(words, group.name, group.places)) - exact):
            index.spend(5 + len(group.places))
            if item in others:
                refused[item] = None
                continue
            fit = compare_item(index, group, words, item, is_in_other_rows)
            if fit.sure and words in aliases:
                fit = replace(fit, tier=Tier.UNKNOWN)
            known = found.get(item)
            if fit.tier is None:
                refused[item] = refused.get(item) or fit
            elif known is None or (fit.tier, fit.score) > (known.tier or 0, known.score):
                found[item] = fit
    found.update((item, EXACT) for item in exact)
    options: list[Option] = []
    for item, fit in found.items():
        option = build_option(index, group, item, fit)
        if option is not None:
            options.append(option)
            refused.pop(item, None)
        elif fit.tier is Tier.UNKNOWN:
            refused[item] = fit
    options.sort(key=lambda option: option.item)
    return tuple(options), dict(sorted(refused.items()))


def find_described(index: Index, group: Group) -> tuple[Option, ...]:
    """Return the files in a group's places that have a name its rows' descriptions begin with."""
    found: dict[Item, Option] = {}
    for words in dict.fromkeys(w for request in group.requests for w in request.described):
        for item in index.search(words, group.name, group.places):
            fit = compare_item(index, group, words, item, lambda _stem: False)
            if fit.tier is None or not counts_as_document(index, group, item):
                continue
            option = build_option(index, group, item, replace(fit, tier=Tier.UNKNOWN))
            if option is not None:
                found.setdefault(item, option)
    return tuple(found[item] for item in sorted(found))


class OtherDocuments:
    """The items outside a group's places that are surely no option, by the tokens of their names.

    Only a name that says the same counts there, and these have a known word of their own.
    """

    def __init__(self, index: Index, group: Group) -> None:
        """Collect the words that are the group's own."""
        self._index, self._group = index, group
        book = index.book
        asked = {
            w for r in group.requests for words in (*r.alternatives, *r.aliases) for w in words
        }
        self._texts = {w.text for w in asked} | {t for w in asked for t in book.synonyms_of(w)}
        self._letters = {text[0] for text in self._texts}
        self._own: dict[str, bool] = {}

    def __contains__(self, item: Item) -> bool:
        """Return whether an item is surely another document."""
        index, group = self._index, self._group
        if group.literal or index.is_in_places(item, group.places):
            return False
        tokens = index.tokens_of(item)
        return any(map(self._is_own, tokens)) and not index.book.may_omit(tokens)

    def _is_own(self, token: str) -> bool:
        known = self._own.get(token)
        if known is None:
            self._index.spend(1 + len(self._texts) // 10)
            known = self._own[token] = self._find_out(token)
        return known

    def _find_out(self, token: str) -> bool:
        book = self._index.book
        if token[0] in self._letters or not book.is_plain(token):
            return False
        word = Word(token, book.stem(token))
        related = any(word.stem in text or text in token for text in self._texts)
        return not related and not is_nearby(book, word, self._group.nearby)


def find_exact(index: Index, group: Group) -> frozenset[Item]:
    """Return the files with exactly a row's name that are what the row asks for.

    A picture is one only for a row that asks for it; another language's folder has none.
    """
    picture = index.book.asks_picture(group.name)
    return frozenset(
        item
        for name in {request.row.name for request in group.requests}
        for item in index.find_same(name)
        if (picture or index.name_of(item).format is Format.DOCUMENT)
        and index.context_of(item).language in (None, group.name.language)
    )


def find_fit(index: Index, group: Group, item: Item) -> Fit:
    """Return how an item's name fits a group's, for a near miss."""
    return compare_item(index, group, group.name.words, item, lambda _stem: False)


def compare_item(
    index: Index,
    group: Group,
    words: Sequence[Word],
    item: Item,
    is_in_other_rows: Callable[[str], bool],
) -> Fit:
    """Return how an item's name fits the words of a group, see `fit.compare`."""
    context, name = index.context_of(item), index.name_of(item, group.literal)
    own, above = len(name.words), len(context.folders)
    index.spend(30 + len(words) * (own + own**2 // 20 + 4 * above))

    def is_taken(stem: str) -> bool:
        index.spend(_STEPS_PER_SLIP)
        return is_in_other_rows(stem)

    if group.collection and index.is_folder(item) and index.is_in_places(item, group.places):
        # A folder of the subject holds the templates; its name need not say so.
        context = replace(context, template=True)
    return compare(
        index.book,
        group.name,
        words,
        name,
        context=context,
        nearby=group.nearby,
        is_in_other_rows=is_taken,
    )


def build_option(index: Index, group: Group, item: Item, fit: Fit) -> Option | None:
    """Return an option; None when the item does not count where it is."""
    fit = _doubt_older(index, group, item, fit)
    share = index.share_of[item]
    zone = Zone.OTHER_SHARE if group.shares and share not in group.shares else Zone.SHARE
    if index.is_in_places(item, group.places):
        zone = Zone.PLACE
    outside = zone is not Zone.PLACE
    if outside and is_of_other_year(index, group, item):
        return None
    state = find_state(index, group, item, group.places, exact=fit is EXACT)
    if outside and not fit.sure:
        # What is outdated claims nothing, but for what is known to be another document.
        known = any(index.book.is_plain(word.text) for word in fit.more)
        if known or state is not State.OUTDATED:
            return None
    if zone is Zone.SHARE and group.places and is_of_other_owner(index, group, item):
        return None
    if is_concluded(index, group, item):
        return None
    name = index.name_of(item, group.literal)
    owner = find_owner(index, group, item)
    if not index.is_folder(item):
        dates = index.dates_of(item)
        own = _document_of(index.book, share, name)
        if item in index.named:
            # Where rows have the very names, "Bilag A4" and "Bilag A5" are no forms of one.
            tokens = index.tokens_of(item)
            own = (share, *tokens[: len(tokens) - bool(name.extension)])
        document = (*own, dates, *find_whose(index, item, name))
        year = max((date[0] for date in dates), default=0)
        return Option(item, fit, state, zone, document, owner, name.marks.version or (), year)
    same_form = name.plural == group.name.plural and name.template == group.name.template
    least = Tier.FOLDER if group.collection else Tier.NEAR
    if fit.tier is None or fit.tier < least or not (group.collection or same_form):
        return None
    return Option(item, fit, state, zone, (share, index.entries[item].path), owner, folder=True)


def _doubt_older(index: Index, group: Group, item: Item, fit: Fit) -> Fit:
    doubted = fit.sure and may_be_older(index, group, item)
    return replace(fit, tier=Tier.UNKNOWN) if doubted else fit


def find_state(
    index: Index, group: Group, item: Item, places: Iterable[Place], *, exact: bool = False
) -> State:
    """Return an item's state; for a row that names a state ("Udkast til …") it is final.

    Of a file with exactly the row's name only the folders count.
    """
    if group.name.state is not State.FINAL:
        return State.FINAL
    if exact:
        return index.state_of(item, group.name, places, group.literal)
    return index.state_of(item, index.name_of(item, group.literal), places, group.literal)


def _document_of(book: Wordbook, share: str, name: Name) -> DocumentKey:
    numbers = (*name.values, name.marks.attachment or "", name.language or "")
    words = (w.stem for w in name.words if w.text != name.initials and not book.is_form(w))
    return (share, tuple(sorted(words)), numbers)


def counts_as_document(index: Index, group: Group, item: Item) -> bool:
    """Return whether an item is a document, no picture, signed or filled-in copy, or hidden."""
    entry = index.entries[item]
    if not isinstance(entry, RemoteFile) or is_ignored(entry.name) or is_hidden(entry.path):
        return False
    name = index.name_of(item, group.literal)
    if name.signed and not (group.name.signed or means_signed(group.name)):
        return False
    if name.format is not Format.DOCUMENT and not index.book.asks_picture(group.name):
        return False
    if find_other_parties(index.book, group.name, name):
        return False
    return not is_concluded(index, group, item)
