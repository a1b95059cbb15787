"""Which of its options a group gets (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from syncer.matching.candidates import DocumentKey, Option, Zone
from syncer.matching.claims import Editions
from syncer.matching.files.entries import Item
from syncer.matching.files.index import Index
from syncer.matching.fit import Fit, Tier
from syncer.matching.names.dates import CYCLES, Date
from syncer.matching.names.formats import EDITABLE
from syncer.matching.names.records import State
from syncer.matching.owners import may_be_older
from syncer.matching.row_requests import Group

_FEWEST: Final = 2
_NEWER: Final = frozenset(("ny", "nyt", "nye", "nyeste", "seneste", "opdateret", "revideret"))
"""What the later of two files of one name says: "Vagtregler_ny" beside "Vagtregler"."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a group gets.

    Attributes:
        state: the best state of its options; None without an option.
        items: the resource first, then what belongs to it; all equally good ones when ambiguous.
        score: of the first item; None without one.
        ambiguous: whether several different documents are equally good.
        unknown: whether their names have further words that say nothing.
        signed: a signed copy that says the same, when nothing else does; None without one.
        same: the options that are versions, editions and copies of the first item, best first;
            for a collection all of its parts.
    """

    state: State | None = None
    items: tuple[Item, ...] = ()
    score: float | None = None
    ambiguous: bool = False
    unknown: bool = False
    signed: Item | None = None
    same: tuple[Option, ...] = ()


def choose(
    index: Index,
    group: Group,
    options: Sequence[Option],
    refused: Mapping[Item, Fit | None] = MappingProxyType({}),
) -> Choice:
    """Choose among a group's remaining options by the table of `docs/contract.md`, "Verdicts".

    A draft of the row's own name in its place beats a finished file with further words, and a
    signed copy that says the same (among `refused`) beats unknown ones.
    """
    wide = sum(len(request.places) for request in group.requests)
    index.spend(len(options) * (20 + wide) + len(refused) // 4)
    own_draft = any(
        o.same_name and o.state is State.DRAFT and o.zone is Zone.PLACE for o in options
    )
    if own_draft:
        options = [option for option in options if option.fit.tier is not Tier.NAMED]
    if not group.collection and (group.blank or _is_place_of_blanks(index, group)):
        options = [o for o in options if _is_blank(index, group, o)] or options
    if all(option.unknown for option in options):
        options = [o for o in options if not may_be_older(index, group, o.item)] or options
        signed = _find_signed(index, group, refused)
        if signed is not None or not options:
            return Choice(signed=signed)
    if group.collection and is_one_document(index, group, options):
        group = replace(group, collection=False)
    best = max(option.state for option in options)
    return _choose_among(index, group, [o for o in options if o.state is best])


def _is_place_of_blanks(index: Index, group: Group) -> bool:
    return any(index.context_at(path).template for _, path in group.places)


def _is_blank(index: Index, group: Group, option: Option) -> bool:
    """Return whether an option says that it is a template or a form: by its name, or its folder.

    In a place for templates only the name tells what was filled in.
    """
    name, asked = index.name_of(option.item), {word.stem for word in group.name.words}
    own = [word for word in name.words if word.stem not in asked]
    says = any(index.book.is_blank(word) or word.text == "udfyldelse" for word in own)
    said = index.context_of(option.item).template and not _is_place_of_blanks(index, group)
    return says or said or name.template


def is_one_document(index: Index, group: Group, options: Sequence[Option]) -> bool:
    """Return whether a row means one document: in the singular, or as its files' names say.

    "Ordensregler" with "Ordensregler 2025.pdf"; of a set the parts are "Ordensregel om …".
    """
    if not group.collection:
        return True
    heads = [word for word in group.name.words if not word.phrase]
    if not heads or not index.book.may_be_single(heads[-1].text):
        return False
    names = [index.name_of(option.item).words for option in options]
    forms = [word.text for words in names for word in words if word.stem == heads[-1].stem]
    return all(map(index.book.is_plural, forms))


def _find_signed(index: Index, group: Group, refused: Mapping[Item, Fit | None]) -> Item | None:
    """Return the first signed copy in the group's shares that otherwise says the same."""
    for item, fit in refused.items():
        if fit is not None and fit.signed_copy and index.share_of[item] in group.shares:
            return item
    return None


def _choose_among(index: Index, group: Group, options: Sequence[Option]) -> Choice:
    by_date = all(index.dates_of(option.item) for option in options)
    ordered = sorted(options, key=lambda o: _rank(index, group, o, by_date=by_date))
    first = ordered[0]
    if group.collection:
        # What a name adds tells the parts of a collection apart; one part alone is a question.
        alone = len({option.document for option in ordered}) == 1 or not first.fit.more
        asked = alone and first.unknown and first.state is State.FINAL
        return replace(_collect(first, ordered), unknown=asked)
    if first.fit.tier is not None and first.fit.tier >= Tier.FOLDER:
        same = [o for o in ordered if o.fit.tier is not None and o.fit.tier >= Tier.FOLDER]
        editions = Editions(same)
        later = [o for o in ordered if o.unknown and o.zone is first.zone]
        later = [option for option in later if editions.are_before(option)]
        if later:
            return replace(_choose_among(index, group, later), unknown=True)
        return _choose_owner(index, group, same)
    families: dict[tuple[object, ...], list[Option]] = defaultdict(list)
    alike = [o for o in ordered if o.fit.tier is first.fit.tier and o.zone is first.zone]
    closest = min(map(_measure_distance, alike))
    for option in (o for o in alike if _measure_distance(o) == closest):
        which = _find_meeting(index, group, option)
        families[_family_of(option), which].append(option)
    leaders = list(families.values())
    first = leaders[0][0]
    if len(leaders) == 1 or first.state is not State.FINAL:
        asked = first.unknown and first.state is State.FINAL
        return replace(_build_choice(index, first, leaders[0]), unknown=asked)
    items = tuple(members[0].item for members in leaders)
    return Choice(first.state, items, first.fit.score, ambiguous=True, unknown=first.unknown)


def _measure_distance(option: Option) -> tuple[bool, bool]:
    """Return whether a folder lends words of the row's, and whether the name says more than it."""
    return option.fit.has("folder-says-the-rest"), bool(option.fit.more)


def _choose_owner(index: Index, group: Group, same: Sequence[Option]) -> Choice:
    """Choose among files of one name: of different owners or meetings they are different."""
    first = same[0]
    nearest = [o for o in same if o.zone is first.zone and o.fit.tier is first.fit.tier]
    rivals: dict[tuple[object, ...], Item] = {}
    series, turns = _find_series(index, nearest), _find_turns(index, nearest)
    for option in nearest:
        if option.owner == first.owner or first.owner:
            item = option.item
            which = _find_meeting(index, group, option) or series.get(item) or turns.get(item)
            rivals.setdefault((option.owner, which), option.item)
    certain = any(not owner and which is None for owner, which in rivals)
    items = () if certain else tuple(rivals.values())
    if len(items) < _FEWEST:
        items = _find_twins(index, nearest)
    if len(items) < _FEWEST or first.state is not State.FINAL:
        names_other = any(map(index.book.is_name, first.owner))
        asked = names_other and first.zone is Zone.PLACE and first.state is State.FINAL
        return replace(_build_choice(index, first, same), unknown=asked)
    return Choice(first.state, items, first.fit.score, ambiguous=True)


def _find_meeting(index: Index, group: Group, option: Option) -> Date | None:
    """Return the date that tells a file apart from others of its name, which are no editions.

    A day without a year; one of which the row has a part: the month, or a meeting's year; or the
    day of a meeting that its folder names.
    """
    asked, dates = group.name, index.dates_of(option.item)
    if not dates:
        return None
    year, month, day = dates[0]
    meets = any(map(index.book.is_minutes, asked.words))
    held = meets and not index.name_of(option.item).marks.dates
    tells = held or (bool(asked.years) and (meets or day < 0))
    return dates[0] if month and (tells or not year) else None


def _find_series(index: Index, nearest: Sequence[Option]) -> dict[Item, str]:
    """Return the numbers of several documents, by file: "Rykkerbrev 1" and "Rykkerbrev 2".

    A series begins with 1; where the lowest is 2, they are versions.
    """
    named = ((option.item, index.name_of(option.item).trailing) for option in nearest)
    numbers = {item: number.value for item, number in named if number is not None}
    return numbers if "1" in numbers.values() else {}


def _find_turns(index: Index, nearest: Sequence[Option]) -> dict[Item, str]:
    """Return the months or weeks of files where a year may lie between them.

    "December", "januar".
    """
    if any(index.entries[o.item].modified_at is not None for o in nearest):
        return {}
    named = ((option.item, index.name_of(option.item).part) for option in nearest)
    parts = {item: part for item, part in named if part is not None}
    values = [int(part.value) for part in parts.values()]
    return {
        item: part.value
        for item, part in parts.items()
        if max(values) - min(values) > CYCLES[part.before] / 2
    }


def _find_twins(index: Index, nearest: Sequence[Option]) -> tuple[Item, ...]:
    """Return the first file and those that are as new and say in other words that they are final.

    "Plan_final" and "Plan_endelig".
    """
    twins: dict[frozenset[str], Item] = {}
    first = nearest[0]
    for option in nearest:
        name, other = index.name_of(first.item), index.name_of(option.item)
        if (
            name.says_final
            and (other.extension, other.marks.copy) == (name.extension, name.marks.copy)
            and _newest(index, option, by_date=False) == _newest(index, first, by_date=False)
        ):
            twins.setdefault(frozenset(index.tokens_of(option.item)), option.item)
    index.spend(len(twins) ** 2 // 10)
    # "Plan_final" and "Plan_final_rettet" are versions.
    plain = (one for one in twins if not any(one < other or other < one for other in twins))
    return tuple(twins[one] for one in plain)


def _family_of(option: Option) -> frozenset[str]:
    """Return what the editions of one document share: further words without years, an owner."""
    return option.owner.union(word.stem for word in option.fit.more)


def _build_choice(index: Index, first: Option, same: Sequence[Option]) -> Choice:
    """Build the choice of an option with its other formats, or of a folder with its files."""
    items = _formats_of(index, first, same)
    if first.folder:
        items = (first.item, *first.parts) if first.state is State.FINAL else first.parts
    return Choice(first.state, items, first.fit.score, same=tuple(same))


def _formats_of(index: Index, first: Option, same: Sequence[Option]) -> tuple[Item, ...]:
    """Return a document, then its other formats: same folder, same version, no copy, by path."""
    folder = index.entries[first.item].path.rpartition("/")[0]
    name = index.name_of(first.item)
    formats = {name.extension: first.item}
    for option in sorted(same, key=lambda option: option.item):
        other = index.name_of(option.item)
        if (
            option.document == first.document
            and other.marks.version == name.marks.version
            and not other.marks.copy
            and index.entries[option.item].path.rpartition("/")[0] == folder
        ):
            formats.setdefault(other.extension, option.item)
    return tuple(formats.values())


def _collect(first: Option, ordered: Sequence[Option]) -> Choice:
    """Choose all parts of a collection: the newest of each document, the files of a folder."""
    nearest = [option for option in ordered if option.zone is first.zone]
    newest: dict[DocumentKey, Option] = {}
    for option in nearest:
        newest.setdefault(option.document, option)
    items: set[Item] = set()
    for option in newest.values():
        items.update(option.parts)
        if not option.folder or first.state is State.FINAL:
            items.add(option.item)
    in_order = sorted(items, key=lambda item: (item != first.item, item))
    return Choice(first.state, tuple(in_order), first.fit.score, same=tuple(ordered))


def _rank(index: Index, group: Group, option: Option, *, by_date: bool) -> tuple[object, ...]:
    """Return the sort key of an option, the best first: name, place, newest, plainest.

    A file with the row's name comes before a folder with it, but not for a collection; a name with
    further words comes last, wherever it is. Templates should be editable, others PDF. `by_date`:
    all have a date, which is the edition; the version is within it.
    """
    name = index.name_of(option.item)
    entry = index.entries[option.item]
    tier = option.fit.tier or Tier.UNKNOWN
    is_template = group.name.template or name.template
    preferred = name.extension in (EDITABLE if is_template else ("pdf",))
    rows = sum(index.is_in_places(option.item, request.places) for request in group.requests)
    modified = entry.modified_at.timestamp() if entry.modified_at is not None else 0.0
    tokens = index.tokens_of(option.item)
    return (
        tier < Tier.FOLDER,
        -option.zone,
        option.folder != group.collection,
        -tier,
        bool(option.owner),
        -rows,
        name.signed,
        *_newest(index, option, by_date=by_date),
        name.marks.copy,
        # "Final_FINAL" is later than "final".
        -len(tokens) * name.says_final,
        entry.path.count("/"),
        not preferred,
        -modified,
        # The same order however the name is spelled: "aftale for", "aftale_for".
        entry.path.rpartition("/")[0],
        " ".join(tokens[:-1] if name.extension else tokens) + ".",
        entry.path,
        index.share_of[option.item],
    )


def _newest(index: Index, option: Option, *, by_date: bool) -> tuple[object, ...]:
    """Return the sort key of versions and editions, the newest first.

    What says that it is final beats a version, and a version beats none; of equal ones the name
    that says that it is new wins. Of two dates the later wins; a name without a date counts by when
    the file was changed, and as the newest when that is unknown, because offices date the old ones.
    """
    name, modified_at = index.name_of(option.item), index.entries[option.item].modified_at
    undated = (9999, 0, 0)
    if modified_at is not None:
        undated = (modified_at.year, modified_at.month, modified_at.day)
    date = tuple(-part for part in max(index.dates_of(option.item), default=undated))
    date = (*date, -int(name.part.value) if name.part is not None else 0)
    older = _NEWER.isdisjoint(index.tokens_of(option.item))
    version = (not name.says_final, *(-number for number in name.marks.version or ()), 1)
    return (date[:1], version, older, date) if by_date else (version, older, date)
