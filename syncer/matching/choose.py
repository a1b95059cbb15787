"""Which of its options a group gets (pure)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from syncer.matching.asks import Group
from syncer.matching.assign import assign_best
from syncer.matching.candidates import Node, Option, Zone, family_of
from syncer.matching.fit import Tier
from syncer.matching.index import Index, Item, lies_in
from syncer.matching.names.records import Name, State, is_year

_WORTH: Final[Mapping[tuple[State, bool], float]] = {
    (State.FINAL, True): 80.0,
    (State.FINAL, False): 30.0,
    (State.DRAFT, True): 20.0,
    (State.DRAFT, False): 6.0,
    (State.OUTDATED, True): 5.0,
    (State.OUTDATED, False): 2.0,
}
"""What an option is worth by its state and whether its name is the row's.

A row keeps the file of its own name whatever others could have: 80 is more than 30 twice.
"""
_NEARER: Final = 0.1
"""What each step nearer to the place adds, as a part of the worth."""


class Outcome(StrEnum):
    """What was found for a group, before its rows' places are looked at."""

    FINAL = "final"
    AMBIGUOUS = "ambiguous"
    DRAFT = "draft"
    OUTDATED = "outdated"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a group gets.

    Attributes:
        outcome: what it is.
        items: the one that is the resource, then what belongs to it; all of the equally good ones
            for AMBIGUOUS; () for NOTHING.
        score: of the first one; None without one.
        described: whether the description decided between equals.
        same: the options that are versions, editions and copies of the first item, best first;
            for a collection all of its parts.
    """

    outcome: Outcome
    items: tuple[Item, ...] = ()
    score: float | None = None
    described: bool = False
    same: tuple[Option, ...] = ()


def share_out(options: Mapping[Group, Sequence[Option]]) -> dict[Group, tuple[Option, ...]]:
    """Leave each group the options that are not another group's: one file answers one group.

    A group whose name a file bears keeps it. Where several groups could have the same files, they
    are assigned best in sum over each connected part; a file that no group was given stays open
    to all. Groups of the same name in different shares do not exclude each other.
    """
    owner: dict[Node, str] = {}
    claims: defaultdict[Node, set[str]] = defaultdict(set)
    for group, own in options.items():
        for option in own:
            if option.strong and option.state is State.FINAL:
                claims[option.node].add(group.key)
    for node, keys in claims.items():
        if len(keys) == 1:
            (owner[node],) = keys
    weights: dict[Group, dict[Node, float]] = {}
    for group, own in options.items():
        free = [o for o in own if o.node not in owner]
        settled = any(owner.get(o.node) == group.key for o in own) and not group.collection
        if free and not settled:
            weights[group] = _weigh(free)
    wanted = Counter(node for own in weights.values() for node in own)
    for group, node in assign_best(weights).items():
        if wanted[node] > 1:
            owner[node] = group.key
    return {
        group: tuple(o for o in own if owner.get(o.node, group.key) == group.key)
        for group, own in options.items()
    }


def _weigh(options: Sequence[Option]) -> dict[Node, float]:
    worth: dict[Node, float] = {}
    for option in options:
        worth[option.node] = max(worth.get(option.node, 0.0), worth_of(option))
    return worth


def worth_of(option: Option) -> float:
    """Return what an option is worth to its group: state and name first, then place, then score."""
    strong = option.fit.tier is not None and option.fit.tier >= Tier.FOLDER
    base = _WORTH[option.state, strong]
    return base * (1 + _NEARER * option.zone) + option.fit.score + (option.fit.tier or 0)


def choose(index: Index, group: Group, options: Sequence[Option]) -> Choice:
    """Choose among the options that are left to a group, by the contract's table of verdicts.

    A draft of the row's own name in its place is nearer than a finished file whose name says more.
    """
    own_draft = any(o.strong and o.state is State.DRAFT and o.zone is Zone.PLACE for o in options)
    if own_draft:
        options = [option for option in options if option.fit.tier is not Tier.MORE]
    for state, outcome in (
        (State.FINAL, Outcome.FINAL),
        (State.DRAFT, Outcome.DRAFT),
        (State.OUTDATED, Outcome.OUTDATED),
    ):
        of_state = [option for option in options if option.state is state]
        if of_state:
            return _choose_among(index, group, of_state, outcome)
    return Choice(Outcome.NOTHING)


def _choose_among(
    index: Index, group: Group, options: Sequence[Option], outcome: Outcome
) -> Choice:
    names = [index.name_of(option.item) for option in options]
    by_date = all(map(_dates_of, names)) and not all(name.marks.version for name in names)
    ordered = sorted(options, key=lambda o: _rank(index, group, o, by_date=by_date))
    first = ordered[0]
    same = [o for o in ordered if _is_same_document(o, first)]
    if group.collection:
        return _collect(first, ordered, outcome)
    if first.fit.tier is not Tier.MORE:
        return _take(index, first, same, outcome)
    rivals = [o for o in ordered if o.fit.tier is Tier.MORE and o.zone is first.zone]
    families: dict[frozenset[str], Option] = {}
    for option in rivals:
        families.setdefault(family_of(option), option)
    told = {family: len(family & group.described) for family in families}
    best = max(told.values())
    leaders = [option for family, option in families.items() if told[family] == best]
    if len(leaders) == 1:
        first = leaders[0]
        same = [o for o in rivals if family_of(o) == family_of(first)]
        return replace(_take(index, first, same, outcome), described=len(families) > 1)
    if outcome is not Outcome.FINAL:
        return _take(index, first, same, outcome)
    return Choice(
        Outcome.AMBIGUOUS,
        tuple(option.item for option in leaders),
        leaders[0].fit.score,
    )


def _is_same_document(option: Option, first: Option) -> bool:
    if option.fit.tier is Tier.MORE or first.fit.tier is Tier.MORE:
        return option.fit.tier is first.fit.tier and family_of(option) == family_of(first)
    return True


def _take(index: Index, first: Option, same: Sequence[Option], outcome: Outcome) -> Choice:
    """Take an option with its other formats, or a folder with what lies in it."""
    items = (first.item, *_formats_of(index, first, same))
    if first.folder:
        items = (first.item, *first.parts)
        if outcome is not Outcome.FINAL:
            items = first.parts
    return Choice(outcome, items, first.fit.score, same=tuple(same))


def _formats_of(index: Index, first: Option, same: Sequence[Option]) -> tuple[Item, ...]:
    """Return the same document in other formats: same folder, same version, no copy, by path."""
    folder = index.entries[first.item].path.rpartition("/")[0]
    name = index.name_of(first.item)
    seen = {name.extension}
    found: list[Item] = []
    for option in sorted(same, key=lambda option: option.item):
        other = index.name_of(option.item)
        if (
            not option.folder
            and other.extension not in seen
            and option.node == first.node
            and other.marks.version == name.marks.version
            and not other.marks.copy
            and index.entries[option.item].path.rpartition("/")[0] == folder
        ):
            seen.add(other.extension)
            found.append(option.item)
    return tuple(found)


def _collect(first: Option, ordered: Sequence[Option], outcome: Outcome) -> Choice:
    """Take all the parts of a collection: the newest of each document, what a folder holds."""
    nearest = [option for option in ordered if option.zone is first.zone]
    newest: dict[Node, Option] = {}
    for option in nearest:
        newest.setdefault(option.node, option)
    items: dict[Item, None] = {}
    for option in newest.values():
        if not option.folder or outcome is Outcome.FINAL:
            items[option.item] = None
        for part in option.parts:
            items[part] = None
    others = sorted(item for item in items if item != first.item)
    head = (first.item,) if first.item in items else ()
    return Choice(outcome, (*head, *others), first.fit.score, same=tuple(ordered))


def _rank(index: Index, group: Group, option: Option, *, by_date: bool) -> tuple[object, ...]:
    """Order the options of one state, the best first: name, place, newest, plainest.

    `by_date` says that all bear a date and not all a version: then the dates tell them apart.
    """
    name = index.name_of(option.item)
    entry = index.entries[option.item]
    places = sum(
        any(
            share == index.share_of[option.item] and lies_in(entry.path, p) for share, p in a.places
        )
        for a in group.asks
    )
    modified = entry.modified_at.timestamp() if entry.modified_at is not None else 0.0
    return (
        *_closeness(group, option),
        -places,
        *_newest(name, entry.modified_at, by_date=by_date),
        name.marks.copy,
        entry.path.count("/"),
        _format_rank(group, name),
        -modified,
        entry.path,
        index.share_of[option.item],
    )


def _closeness(group: Group, option: Option) -> tuple[int, int, int, int]:
    """Order by how much the name is the row's, then by place.

    A file that bears the name stands before a folder that does, but for a collection; a name that
    says more stands last, wherever it lies.
    """
    tier = option.fit.tier or Tier.MORE
    folder = option.folder != group.collection
    weak = 0 if tier >= Tier.FOLDER else 1
    return (weak, -int(option.zone), int(folder), -int(tier))


def _newest(name: Name, modified_at: datetime | None, *, by_date: bool) -> tuple[object, ...]:
    """Order versions and editions, the newest first.

    A version beats none. Of two dates the later wins; a name without a date counts by when the
    file was changed, and as the newest when that is unknown: offices date the old ones.
    """
    undated = (9999, 0, 0)
    if modified_at is not None:
        undated = (modified_at.year, modified_at.month, modified_at.day)
    date = tuple(-part for part in max(_dates_of(name), default=undated))
    version = (*(-number for number in name.marks.version or ()), 1)
    return (date, version) if by_date else (version, date)


def _dates_of(name: Name) -> list[tuple[int, int, int]]:
    years = [(int(number), 0, 0) for number in name.numbers if is_year(number)]
    return [*name.marks.dates, *years]


def _format_rank(group: Group, name: Name) -> int:
    """Order formats: what can be filled in first for a template, else PDF first."""
    if group.name.template or name.template:
        return 0 if name.editable else 1
    return 0 if name.extension == "pdf" else 1
