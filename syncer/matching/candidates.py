"""The files that may answer a group, each with how well and where it lies (pure)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, TypeAlias

from syncer.matching.asks import Group
from syncer.matching.fit import Fit, Tier, compare, find_other_parties
from syncer.matching.index import Index, Item, lies_in, wanted_of
from syncer.matching.names.formats import Format, is_nothing, lies_hidden
from syncer.matching.names.records import Name, State, Word
from syncer.model.shares import RemoteFile

MOST_OPTIONS: Final = 300
"""Files that are compared for one group; beyond, those in the place and the shorter names."""

Node: TypeAlias = tuple[object, ...]
"""What one group can have: a document in all its versions, formats and copies, or a folder."""


class Zone(IntEnum):
    """Where an option lies, seen from a group; the nearest highest."""

    OTHER_SHARE = 0
    SHARE = 1
    PLACE = 2


@dataclass(frozen=True, slots=True)
class Option:
    """A file or folder that may answer a group.

    Attributes:
        item: its number in the index.
        fit: how its name fits.
        state: how far it is; for a folder that of the best document in it.
        zone: where it lies, seen from the row that is nearest.
        node: what it is a version, format or copy of.
        folder: whether it is a folder that answers like a file.
        parts: the files of the folder that count, by path; () for a file.
    """

    item: Item
    fit: Fit
    state: State
    zone: Zone
    node: Node
    folder: bool = False
    parts: tuple[Item, ...] = ()

    @property
    def strong(self) -> bool:
        """Whether the name is the row's: the same words, but for a typing error at most."""
        return self.fit.tier is not None and self.fit.tier >= Tier.NEAR


def find_options(
    index: Index, group: Group, is_anothers: Callable[[str], bool]
) -> tuple[tuple[Option, ...], tuple[tuple[Item, Fit], ...]]:
    """Return what may answer a group, and what was looked at and refused, both in order of item.

    `is_anothers` tells whether another group's name has a stem. Folders are not looked into yet
    (`open_folder`): their state is that of their name.
    """
    wanted = wanted_of(group.name, group.places)
    found: dict[Item, Fit] = {}
    refused: dict[Item, Fit] = {}
    for words in _alternatives(group):
        for item in index.search(words, wanted, MOST_OPTIONS):
            fit = _compare(index, group, words, item, is_anothers)
            known = found.get(item)
            if fit.tier is None:
                refused.setdefault(item, fit)
            elif known is None or (fit.tier, fit.score) > (known.tier or 0, known.score):
                found[item] = fit
    options = [_build_option(index, group, item, fit) for item, fit in sorted(found.items())]
    kept = tuple(option for option in options if option is not None)
    return kept, tuple((item, fit) for item, fit in sorted(refused.items()) if item not in found)


def find_near_misses(index: Index, group: Group, most: int) -> tuple[tuple[Item, Fit], ...]:
    """Return files that have something of the name, with why they are not it."""
    words = group.name.words
    near = [
        (item, _compare(index, group, words, item, _is_nobodys))
        for item in index.search_near(words, most)
        if not index.is_folder(item)
    ]
    return tuple((item, fit) for item, fit in near if fit.tier is None)


def _is_nobodys(_stem: str) -> bool:
    return False


def _alternatives(group: Group) -> Iterable[Sequence[Word]]:
    return dict.fromkeys(words for ask in group.asks for words in ask.alternatives)


def _compare(
    index: Index,
    group: Group,
    words: Sequence[Word],
    item: Item,
    is_anothers: Callable[[str], bool],
) -> Fit:
    context = index.context_of(item)
    in_place = zone_of(index, group, item) is Zone.PLACE
    if group.collection and in_place and index.is_folder(item):
        # A folder of the subject holds the templates: it need not be called one.
        context = replace(context, template=True)
    return compare(
        index.book,
        group.name,
        words,
        index.name_of(item, group.spoken),
        context=context,
        is_anothers=is_anothers,
    )


def _build_option(index: Index, group: Group, item: Item, fit: Fit) -> Option | None:
    """Place an option; None when it does not count where it lies."""
    share, path = index.share_of[item], index.entries[item].path
    zone = zone_of(index, group, item)
    own = [folder for in_share, folder in group.places if in_share == share]
    if fit.tier is Tier.MORE and zone is not Zone.PLACE:
        return None
    if _lies_concluded(index, group, item, own):
        return None
    name = index.name_of(item, group.spoken)
    if index.is_folder(item):
        if fit.tier is None or fit.tier < Tier.NEAR or not _may_answer(group, name):
            return None
        return Option(item, fit, _state(index, group, item, own), zone, (share, path), folder=True)
    state = _state(index, group, item, own)
    return Option(item, fit, state, zone, node_of(share, name))


def _state(index: Index, group: Group, item: Item, places: Iterable[str]) -> State:
    """Return how far an item is; what a row asks for by name ("Udkast til …") is as it should."""
    if group.name.state is not State.FINAL:
        return State.FINAL
    return index.state_of(item, index.name_of(item, group.spoken), places)


def _may_answer(group: Group, folder: Name) -> bool:
    """Tell whether a folder of this name answers: several things are not one."""
    if group.collection:
        return True
    return folder.plural == group.name.plural and folder.template == group.name.template


def zone_of(index: Index, group: Group, item: Item) -> Zone:
    """Return where an item lies, seen from a group; a row without a place has it everywhere."""
    share, path = index.share_of[item], index.entries[item].path
    if any(share == own and lies_in(path, place) for own, place in group.places):
        return Zone.PLACE
    return Zone.SHARE if not group.shares or share in group.shares else Zone.OTHER_SHARE


def node_of(share: str, name: Name) -> Node:
    """Return what a file is a version, format or copy of."""
    numbers = (*name.numbers, name.marks.attachment or "", name.language or "")
    words = (word.stem for word in name.words if word.text != name.initials)
    return (share, tuple(sorted(words)), numbers, name.marks.dates)


def family_of(option: Option) -> frozenset[str]:
    """Return what editions of one document have in common: what it says more, but for years."""
    return frozenset(word.stem for word in option.fit.more)


def open_folder(
    index: Index, group: Group, option: Option, bearers: Mapping[Item, Collection[str]]
) -> Option | None:
    """Look into a folder: it answers when a document lies in it; None when none does.

    Documents are neither pictures (unless the row asks for them), signed or filled-in copies,
    nor what bears another row's name (`bearers`: keys of groups by file). The best state counts.
    """
    share, path = index.share_of[option.item], index.entries[option.item].path
    own = [folder for in_share, folder in group.places if in_share == share]
    parts: list[tuple[State, Item]] = []
    for item in index.below(option.item):
        if not isinstance(index.entries[item], RemoteFile):
            continue
        if all(key == group.key for key in bearers.get(item, ())) and _counts(
            index, group, item, own
        ):
            parts.append((_state(index, group, item, (*own, path)), item))
    if not parts:
        return None
    best = min(max(state for state, _ in parts), option.state)
    items = tuple(item for state, item in parts if state >= best)
    return replace(option, state=best, parts=items)


def _counts(index: Index, group: Group, item: Item, places: Sequence[str]) -> bool:
    path = index.entries[item].path
    if is_nothing(path.rpartition("/")[2]) or lies_hidden(path):
        return False
    name = index.name_of(item, group.spoken)
    if name.format is Format.MEDIA or (name.signed and not group.name.signed):
        return False
    if name.format is Format.PICTURE and not index.book.asks_picture(group.name):
        return False
    if find_other_parties(index.book, group.name, name):
        return False
    return not _lies_concluded(index, group, item, places)


def _lies_concluded(index: Index, group: Group, item: Item, places: Iterable[str]) -> bool:
    """Tell whether a folder below the places holds what is signed, or filled in for somebody."""
    reader, asked = index.reader, {word.stem for word in group.name.words}
    return any(
        (folder.signed and not group.name.signed)
        or (reader.is_named_for_party(folder) and asked.isdisjoint(w.stem for w in folder.words))
        for folder in index.folders_above(item, places)
    )
