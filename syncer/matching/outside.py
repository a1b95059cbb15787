"""The one file outside a row's places whose name says more than the row's (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from syncer.matching.candidates import (
    DocumentKey,
    Option,
    build_option,
    compare_item,
    counts_as_document,
)
from syncer.matching.files.entries import Item
from syncer.matching.files.index import Index
from syncer.matching.fit import Fit, Tier
from syncer.matching.kin.kin_search import find_kin
from syncer.matching.names.danish import LONGEST_SHORT
from syncer.matching.names.records import State, Word
from syncer.matching.row_requests import Group

_AUDIENCE: Final = ("for", "til", "ved", "med", "hos")
_OURS: Final = ("en", "et", "ens", "ets")
_MOST: Final = 30
"""Files among which one may be alone."""
_ALLOWED: Final = frozenset(("same-words", "says-more", "joined-or-apart", "folder-says-the-rest"))


def find_outside(index: Index, group: Group, taken: Collection[DocumentKey]) -> tuple[Option, ...]:
    """Return the finished document outside a group's places that is probably the row's own.

    Only where nothing else answers: exactly one document of the share has the row's words, and
    what it says more names no other owner, audience, number or subject. `taken` answer other rows.
    """
    if not group.places or not any(len(word.text) >= LONGEST_SHORT for word in group.name.words):
        return ()
    for fits in (_list_fits, _list_kin):
        found = _find_among(index, group, fits(index, group), taken)
        if found:
            return tuple(found.values()) if len({o.document for o in found.values()}) == 1 else ()
    return ()


def _find_among(
    index: Index,
    group: Group,
    fits: Iterable[tuple[Item, Fit]],
    taken: Collection[DocumentKey],
) -> dict[Item, Option]:
    found: dict[Item, Option] = {}
    for item, fit in fits:
        if not counts_as_document(index, group, item) or index.is_in_places(item, group.places):
            continue
        option = build_option(index, group, item, replace(fit, tier=Tier.NAMED))
        if option is None or option.document in taken:
            continue
        if option.state is State.FINAL and _says_the_same(index, group, item, fit):
            found.setdefault(item, replace(option, fit=replace(fit, tier=Tier.UNKNOWN)))
    return found


def _list_kin(index: Index, group: Group) -> Iterator[tuple[Item, Fit]]:
    whole = replace(group, places=tuple((share, "") for share in sorted(group.shares)))
    return ((option.item, option.fit) for option in find_kin(index, whole, whole=True))


def _list_fits(index: Index, group: Group) -> Iterator[tuple[Item, Fit]]:
    wordings = (w for r in group.requests for w in (*r.alternatives, *r.aliases))
    for words in dict.fromkeys(wordings):
        items = index.search(words, group.name, group.places)
        for item in items if len(items) <= _MOST else ():
            fit = compare_item(index, group, words, item, lambda _stem: False)
            if fit.tier is not None and not index.is_folder(item):
                yield item, fit


def _says_the_same(index: Index, group: Group, item: Item, fit: Fit) -> bool:
    """Return whether a file's further words name no other document, and no folder of it.

    "Varme/Forretningsorden Varme AS" is another owner's.
    """
    codes = {reason.code for reason in fit.reasons}
    more = [word for word in fit.more if word.stem not in group.nearby]
    ours = index.name_of(item).organisation
    if not codes <= _ALLOWED or any(not _is_harmless(index, group, word, ours) for word in more):
        return False
    known = group.nearby.union(word.stem for word in group.name.words)
    own = {word.stem for word in index.name_of(item).words} - known
    above = index.folders_above(item, group.places)
    return own.isdisjoint(word.stem for folder in above for word in folder.words)


def _is_harmless(index: Index, group: Group, word: Word, organisation: str | None) -> bool:
    """Return whether a further word names neither a party, an audience nor an unknown thing."""
    book = index.book
    agreed = any(book.is_concluded(one) and not book.is_blank(one) for one in group.name.words)
    if not word.text.isalpha() or (agreed and len(group.name.words) == 1):
        return False
    led = word.preposition in _AUDIENCE and not (word.product or word.preposition == organisation)
    if led and len(group.name.words) == 1:
        return word.text.endswith(_OURS)
    if agreed:
        return book.knows(word.text)
    # "BKF" may be whose it is, or who approved it; an unknown word may be anything.
    return word.product or book.may_be_owner(word) or book.knows(word.text)
