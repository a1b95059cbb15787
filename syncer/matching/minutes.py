"""The minutes of a body in a folder of its own: files that say little but their days (pure)."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Final

from syncer.matching.candidates import Option, build_option, counts_as_document
from syncer.matching.files.entries import Item
from syncer.matching.files.index import Index
from syncer.matching.fit import Fit, Tier
from syncer.matching.names.records import State, Word
from syncer.matching.row_requests import Group
from syncer.model.reason import Reason

_MAX_LOOKED_AT: Final = 2_000
"""Files of a place that are looked at: a bound for hostile trees."""
_FEWEST: Final = 2
"""Files that make a set."""
_SCORE: Final = 0.7


def find_minutes(index: Index, group: Group) -> tuple[Option, ...]:
    """Return the dated minutes in the places of a row that asks for all of a body's.

    "Referater af personalemøder" in "Personalemøder" has "PM 2026-01-09.docx". The place says
    whose they are, the files only that they are minutes, or nothing. A person is asked.
    """
    asked = [word for word in group.name.words if index.book.is_minutes(word)]
    subject = [word for word in group.name.words if word not in asked]
    if not (group.collection and len(asked) == 1 and subject):
        return ()
    if not all(_is_named(index, word, group.nearby) for word in subject):
        return ()
    items = (item for place in group.places for item in index.inside(place))
    looked_at = list(islice(items, _MAX_LOOKED_AT))
    index.spend(20 * len(looked_at))
    files = [item for item in looked_at if counts_as_document(index, group, item)]
    dated = [i for i in files if any(day > 0 for _, _, day in index.dates_of(i))]
    said = [i for i in dated if _says_only(index, i, (*asked, *subject), group.nearby)]
    titled = [i for i in said if any(w.stem == asked[0].stem for w in index.name_of(i).words)]
    reason = Reason("words-missing", {"words": tuple(word.text for word in subject)})
    fit = Fit(Tier.UNKNOWN, _SCORE, (reason,))
    options = (build_option(index, group, item, fit) for item in titled or said)
    found = [o for o in options if o and o.state is State.FINAL and not o.owner]
    return tuple(found) if len(found) >= _FEWEST else ()


def _is_named(index: Index, word: Word, nearby: Collection[str]) -> bool:
    """Return whether a place names a body or its meetings: "Skolebestyrelsen" is a "bestyrelse"."""
    book = index.book
    stems = {word.stem}
    if (parts := book.split(word.text)) and book.stem(parts[1]) == book.meeting:
        stems.add(book.stem(book.strip_joint(parts[0])))
    return any(near.endswith(tuple(stems)) for near in nearby)


def _says_only(index: Index, item: Item, asked: Collection[Word], nearby: Collection[str]) -> bool:
    """Return whether a name has no words but those asked for, short for them, or of the place."""
    return all(
        word.stem in nearby
        or any(word.stem == own.stem or index.book.may_mean(own, word) for own in asked)
        for word in index.name_of(item).words
    )
