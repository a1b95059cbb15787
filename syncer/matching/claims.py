"""Which options each group has when several groups claim one file (pure)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from syncer.matching.candidates import DocumentKey, Option
from syncer.matching.fit import EXACT, Tier
from syncer.matching.names.records import State
from syncer.matching.row_requests import Group

_WORTH: Final[Mapping[tuple[State, bool], float]] = {
    (State.FINAL, True): 80.0,
    (State.FINAL, False): 30.0,
    (State.DRAFT, True): 20.0,
    (State.DRAFT, False): 6.0,
    (State.OUTDATED, True): 5.0,
    (State.OUTDATED, False): 2.0,
}
"""The worth of an option by its state and whether its name is the row's.

A row keeps the file of its own name whatever others could get: 80 is more than 30 twice.
"""
_NEARER: Final = 0.1
"""The part of the worth that each step nearer to the place adds."""


def assign_options(options: Mapping[Group, Sequence[Option]]) -> dict[Group, tuple[Option, ...]]:
    """Return the options of each group without those of other groups: one file, one group.

    Files that say the same as a row are assigned first. A file whose name has further, unknown
    words goes to a group that got none or only earlier versions, unless it answers another one; a
    collection has both.
    """
    said = {group: [o for o in own if not o.unknown] for group, own in options.items()}
    sure = _assign(said)
    for group, same in said.items():
        if _is_divided(same):
            # Files of one name under several owners answer a row without an owner in no case, so
            # that they stay in its sight although a row for an owner has one.
            sure[group] = tuple(same)
    answers = {option.document for own in sure.values() for option in own}
    unsure: dict[Group, list[Option]] = {}
    for group, own in options.items():
        editions = Editions(sure[group])
        unsure[group] = [
            o
            for o in own
            if o.unknown
            and o.document not in answers
            and (group.collection or editions.are_before(o))
        ]
    for group, best in sure.items():
        if best and all(option.state is not State.FINAL for option in best):
            finals = [o for o in options[group] if o.state is State.FINAL]
            # A signed agreement beats its draft.
            unsure[group] += [o for o in finals if o.unknown and not o.fit.more]
    asked = _assign(unsure)
    return {group: (*sure[group], *asked.get(group, ())) for group in options}


class Editions:
    """The years and versions of options; asking for a later one takes the same time for many."""

    def __init__(self, options: Iterable[Option]) -> None:
        """Keep the lowest and the highest version of each year."""
        self._spans: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        for option in options:
            low, high = self._spans.get(option.year, (option.version, option.version))
            span = (min(low, option.version), max(high, option.version))
            self._spans[option.year] = span

    def are_before(self, option: Option) -> bool:
        """Return whether an option is later than all: of a later year, or a version of theirs."""
        if max(self._spans, default=0) > option.year:
            return False
        same = (self._spans[year] for year in {0, option.year} if year in self._spans)
        return all(low > () and high < option.version for low, high in same)


def _assign(options: Mapping[Group, Sequence[Option]]) -> dict[Group, tuple[Option, ...]]:
    """Assign documents to groups.

    A group keeps a file that has its name. Of files that several groups could get each has the best
    that is left, first the group that would lose most by its second best, a collection last; a file
    assigned to no group stays open to all. Groups of the same name in different shares do not
    exclude each other.
    """
    owner = _find_owners(options)
    weights: dict[Group, dict[DocumentKey, float]] = {}
    for group, own in options.items():
        free = [o for o in own if o.document not in owner]
        served = any(owner.get(o.document) == group.key for o in own) and not group.collection
        if free and not served:
            worth = weights[group] = {}
            for option in free:
                known = worth.get(option.document, 0.0)
                worth[option.document] = max(known, worth_of(option))
    wanted = Counter(document for worth in weights.values() for document in worth)
    losses = {group: _measure_loss(worth.values()) for group, worth in weights.items()}
    for group in sorted(weights, key=lambda group: (group.collection, -losses[group])):
        left = {d: w for d, w in weights[group].items() if owner.get(d) in (None, group.key)}
        best = max(left, key=left.__getitem__, default=None)
        if best is not None and wanted[best] > 1:
            owner[best] = group.key
    return {
        group: tuple(o for o in own if owner.get(o.document, group.key) == group.key)
        for group, own in options.items()
    }


def _measure_loss(worth: Iterable[float]) -> float:
    """Return what a group loses that gets its second best."""
    second, first = sorted((0.0, 0.0, *worth))[-2:]
    return first - second


def _find_owners(options: Mapping[Group, Sequence[Option]]) -> dict[DocumentKey, str]:
    """Return the group key of each final document with the name of one group only.

    A group that has a file of exactly its name does not claim one of exactly another's. A name in
    the folder of an owner that its row does not ask for is a name only if no other row has the
    owner, too.
    """
    exact = [(group, o) for group, own in options.items() for o in own if o.fit is EXACT]
    served, named = {group for group, _ in exact}, {option.document for _, option in exact}
    owners: dict[DocumentKey, str] = {}
    for least, owned in ((Tier.NEAR, False), (Tier.FOLDER, False), (Tier.NEAR, True)):
        keys_of: defaultdict[DocumentKey, set[str]] = defaultdict(set)
        for group, own in options.items():
            for option in own:
                if option.fit is not EXACT and group in served and option.document in named:
                    continue
                says = (option.fit.tier or 0) >= least and (owned or not option.owner)
                if says and option.state is State.FINAL:
                    keys_of[option.document].add(group.key)
        for document, keys in keys_of.items():
            if len(keys) == 1:
                owners.setdefault(document, min(keys))
    return owners


def _is_divided(options: Sequence[Option]) -> bool:
    """Return whether several owners that the row does not ask for have a file of its name."""
    owners = {option.owner for option in options if option.state is State.FINAL}
    return len(owners) > 1 and frozenset() not in owners


def worth_of(option: Option) -> float:
    """Return an option's worth to its group: state and name count most, then place, then score.

    Of "Aftale" and "Aftale v2" each keeps the file with exactly its name.
    """
    tier = option.fit.tier or 0
    base = _WORTH[option.state, tier >= Tier.FOLDER]
    exact = option.fit is EXACT
    return base * (1 + _NEARER * option.zone) + option.fit.score + tier + exact
