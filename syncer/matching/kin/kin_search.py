"""The files about which a person is asked: with parts of a row's words, or dated (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from syncer.matching.candidates import Option, build_option, counts_as_document, find_fit
from syncer.matching.files.entries import Item
from syncer.matching.files.index import Index
from syncer.matching.fit import Fit, Tier, list_attachment_words
from syncer.matching.folders import complete_by_folders
from syncer.matching.further import may_omit
from syncer.matching.kin.kinship import LEAST, Kinship
from syncer.matching.names.parts import Part, list_parts
from syncer.matching.names.records import Name, State, Word
from syncer.matching.row_requests import Group
from syncer.model.reason import Reason

_ABOUT: Final = frozenset(("speaks-about-it", "turned-round"))
_OPEN: Final = frozenset(("words-missing", "other-kind", "other-compound", *_ABOUT))
"""Why a name does not fit that may have the row's words in other parts."""
_ALIKE: Final = 0.01
_MAX_LOOKED_AT: Final = 2_000
"""Files of a place that are looked at: a bound for hostile trees."""
_FEWEST: Final = 2
"""Files that make a set."""
_MINUTES_SCORE: Final = 0.7


def find_kin(index: Index, group: Group, *, whole: bool = False) -> tuple[Option, ...]:
    """Return the files in a group's places that have most parts of the row's words, the best.

    With `whole` only those that have every part, however many files are in the places.

    "Politik for eksterne konsulenter" for "Konsulentpolitik", "Udlejning af hytten, kontrakt" for
    "Lejekontrakt for hytten".
    """
    row = group.name
    found: list[Option] = []
    subjects: set[Item] = set()
    wanted = list_parts(index.book, row.words)
    items = index.search_whole(wanted) if whole else _search(index, group, row, wanted)
    for item in items:
        if not counts_as_document(index, group, item):
            continue
        fit = find_fit(index, group, item)
        codes = {reason.code for reason in fit.reasons}
        if codes.isdisjoint(_OPEN) if fit.tier is None else "same-but-typing" in codes:
            continue
        name, context = index.name_of(item, group.literal), index.context_of(item)
        name = replace(name, words=(*list_attachment_words(row.words, name), *name.words))
        name = complete_by_folders(row, name, context)
        index.spend(100 + 2 * len(row.words) * (len(name.words) + 4 * len(context.folders)))
        # Long compounds are divided into parts, and each part is compared with each.
        index.spend(_count_letters(row) * _count_letters(name) // 16)
        kinship = Kinship(index.book, row, name, context, group.nearby)
        if fit.tier is not None:  # "OS2" says "foreningen", too.
            fit = replace(fit, tier=Tier.UNKNOWN)
        elif not _ABOUT.isdisjoint(codes) and not kinship.is_titled():
            continue
        elif (judged := kinship.judge()) is not None:
            fit = judged
        else:
            continue
        option = build_option(index, group, item, fit)
        if option and not (option.state is State.OUTDATED and fit.has("words-missing")):
            found.append(option)
            subjects |= {item} if kinship.lacks_sort else set()
    state = max((option.state for option in found), default=State.FINAL)
    found = [option for option in found if option.state is state]
    best = max((option.fit.score for option in found), default=0.0)
    found = [option for option in found if option.fit.score > best - _ALIKE]
    found = [option for option in found if not option.fit.has("says-more")] or found
    several = len({option.document for option in found}) > 1
    # Several documents without the sort of the row's are about its subject.
    return tuple(o for o in found if not (several and o.item in subjects))


def _search(index: Index, group: Group, row: Name, wanted: Sequence[Part]) -> list[Item]:
    statute = any(word.stem in index.book.statutes for word in row.words[:1])
    needed = (
        part.weight
        for part in wanted
        if not (statute and part.word.phrase) and not may_omit(index.book, row, part.word)
    )
    least = 2 / 3 * LEAST * sum(needed)
    return index.search_kin(wanted, least, group.places)


def find_minutes(index: Index, group: Group) -> tuple[Option, ...]:
    """Return the dated minutes in the places of a row that asks for all of a body's.

    "Referater af personalemøder" in "Personalemøder" has "PM 2026-01-09.docx": the files say only
    that they are minutes, or nothing. A person is asked.
    """
    asked = [word for word in group.name.words if index.book.is_minutes(word)]
    subject = [word for word in group.name.words if word not in asked]
    if not (group.collection and asked and subject):
        return ()
    items = (item for place in group.places for item in index.inside(place))
    looked_at = list(islice(items, _MAX_LOOKED_AT))
    index.spend(20 * len(looked_at))
    files = [item for item in looked_at if counts_as_document(index, group, item)]
    dated = [i for i in files if any(day > 0 for _, _, day in index.dates_of(i))]
    said = [i for i in dated if _says_only(index, i, (*asked, *subject), group.nearby)]
    titled = [i for i in said if any(w.stem == asked[0].stem for w in index.name_of(i).words)]
    reason = Reason("words-missing", {"words": tuple(word.text for word in subject)})
    fit = Fit(Tier.UNKNOWN, _MINUTES_SCORE, (reason,))
    options = (build_option(index, group, item, fit) for item in titled or said)
    found = [o for o in options if o and o.state is State.FINAL and not o.owner]
    return tuple(found) if len(found) >= _FEWEST else ()


def _says_only(index: Index, item: Item, asked: Collection[Word], nearby: Collection[str]) -> bool:
    """Return whether a name has no words but those asked for, short for them, or of the place."""
    return all(
        word.stem in nearby
        or any(word.stem == own.stem or index.book.may_mean(own, word) for own in asked)
        for word in index.name_of(item).words
    )


def _count_letters(name: Name) -> int:
    return sum(len(word.text) for word in name.words)
