"""Whose a file is, and of what year, as the folders above it say (pure)."""

from __future__ import annotations

from typing import Final

from syncer.matching.files.entries import Item
from syncer.matching.files.index import Index
from syncer.matching.fit import means_signed
from syncer.matching.folders import Context
from syncer.matching.names.records import Name, State
from syncer.matching.row_requests import Group

_OLDER: Final = "aeldre"
"""A folder of older documents, or of those for old people."""


def find_owner(index: Index, group: Group, item: Item) -> frozenset[str]:
    """Return the words of the folders above an item, below the place, that name another owner.

    With their numbers: "Afdeling 12" and "Afdeling 14" are two. So is one occasion of several for a
    row that names none.
    """
    book = index.book
    known = group.nearby | {word.stem for word in group.name.words}
    meets = any(map(book.names_occasion, group.name.words))
    owners: set[str] = set()
    for folder in index.folders_above(item, group.places, group.literal):
        others = {
            word
            for word in folder.words
            if (book.names_owner(word, known) or (book.is_occasion(word) and not meets))
            and not any(own.text.startswith(word.stem) for own in group.name.words)
        }
        counts = {word.stem for word in others}
        owners.update(word.text for word in others)
        # In "Afdelinger" each "Afdeling 12" is another.
        bodies = {word.stem for word in folder.words if word.stem.endswith(book.bodies)}
        counts |= bodies - {book.meeting}
        asked = group.name.values
        owners.update(n.value for n in folder.numbers if n.counts & counts and n.value not in asked)
    return frozenset(owners)


def find_whose(index: Index, item: Item, name: Name) -> tuple[frozenset[str], frozenset[str]]:
    """Return the owners and the numbers that the folders above an item name.

    "2025/Budget" and "2026/Budget" are two documents, so that each may answer a row of its own. A
    name without words is told apart by all of the folders' words.
    """
    owns, folders = index.book.names_owner, index.context_of(item).folders
    final = [folder for folder in folders if folder.state is State.FINAL]
    owners = (w.stem for f in final for w in f.words if not name.words or owns(w, ()))
    numbers = (number for f in final for number in (*f.values, f.marks.numbering))
    return frozenset(owners), frozenset(numbers)


def is_of_other_owner(index: Index, group: Group, item: Item) -> bool:
    """Return whether a file's folder is one owner's where the row's place is another's.

    The folders in which the two paths part name two products, or for a name of one word anybody
    in a folder for many: "Leverandører/Netic", "Leverandører/Sirius".
    """
    path = index.entries[item].path.split("/")[:-1]
    alone = len(group.name.words) == 1
    for share, place in group.places:
        folders = place.split("/")
        pairs = zip(path, folders, strict=False)
        at = next((number for number, pair in enumerate(pairs) if len(set(pair)) > 1), None)
        if share != index.share_of[item] or at is None:
            return False
        words = [index.context_at("/".join(p[: at + 1])).folders[0].words for p in (path, folders)]
        own, other = (
            {w.stem for w in side if w.product or (alone and at and index.book.is_name(w.text))}
            for side in words
        )
        if not own or not other or own & other:
            return False
    return True


def is_of_other_year(index: Index, group: Group, item: Item) -> bool:
    """Return whether a row without a year is in a year's folder, and a file in another's.

    A name of several words may be filed in a wrong year, but not in another year's event.
    """
    if group.name.years or not group.places:
        return False
    own = _find_year_folder(index.context_of(item))
    wanted = [_find_year_folder(index.context_at(path)) for _, path in group.places]
    if own is None or (len(group.name.words) > 1 and not own.words):
        return False
    return all(place is not None and own.years.isdisjoint(place.years) for place in wanted)


def _find_year_folder(context: Context) -> Name | None:
    """Return the nearest folder that names a year."""
    return next((folder for folder in context.folders if folder.years), None)


def may_be_older(index: Index, group: Group, item: Item) -> bool:
    """Return whether an item is in a folder "Ældre": what it holds is older, or for old people."""
    folders = index.folders_above(item, group.places, group.literal)
    return any([word.text for word in folder.words] == [_OLDER] for folder in folders)


def is_concluded(index: Index, group: Group, item: Item) -> bool:
    """Return whether a folder below the places is for signed or filled-in agreements."""
    book, asked = index.book, {word.stem for word in group.name.words}
    either = group.name.signed or means_signed(group.name)
    # "Region Syd/Forretningsorden" is the region's own.
    filled = group.name.template or any(map(book.is_concluded, group.name.words))
    return any(
        (folder.signed and not either)
        or (
            filled
            and book.is_party_folder(folder)
            and asked.isdisjoint(w.stem for w in folder.words)
        )
        for folder in index.folders_above(item, group.places, group.literal)
    )
