"""Rows and files → exactly one match per row, with its reasons (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final, TypeVar

from syncer.matching.candidates import DocumentKey, Option, find_described, find_exact, find_options
from syncer.matching.choose import choose, is_one_document
from syncer.matching.claims import assign_options
from syncer.matching.explain import GroupMatch, build_candidates, build_file
from syncer.matching.files.entries import Item, Place
from syncer.matching.files.index import Index
from syncer.matching.files.step_budget import OutOfSteps, StepBudget, allow_steps
from syncer.matching.fit import Fit
from syncer.matching.kin.kin_search import find_kin, find_minutes
from syncer.matching.listings import Judgement, Listings
from syncer.matching.names.kinds import holds_kind
from syncer.matching.names.reader import open_reader
from syncer.matching.names.records import State, Word
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from syncer.matching.opening import open_folder, prefer_titled
from syncer.matching.outside import find_outside
from syncer.matching.row_requests import (
    Group,
    Pin,
    RowRequest,
    find_folder,
    group_rows,
    key_of,
    read_row,
)
from syncer.matching.suggest import suggest_name
from syncer.matching.unsettled import find_unsettled, list_reach
from syncer.matching.verdicts import judge, judge_without_share
from syncer.model.handbook import PlaceKind, Placement, ResourceRow
from syncer.model.matching import ExpectedKind, KindStatus, Match, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ACCOUNT_NAME, Share, ShareStatus, split_share_id

_T = TypeVar("_T")
_UNFINISHED: Final = (Verdict.DRAFT, Verdict.OUTDATED)
_NEEDS_FILE: Final = (Verdict.MISSING, Verdict.PLANNED, Verdict.LIKELY, *_UNFINISHED)


def match_rows(
    rows: Sequence[ResourceRow],
    shares: Mapping[str, Share],
    vocabulary: Vocabulary = DEFAULT_VOCABULARY,
    pins: Sequence[Pin] = (),
    titles: Mapping[str, str] = MappingProxyType({}),
    budget: StepBudget | None = None,
) -> tuple[Match, ...]:
    """Find each row's file among the files of the run's shares.

    Args:
        rows: the handbook's rows; ids are unique.
        shares: by id, listed or not; a share that was not listed completely proves no absence.
        vocabulary: the words to use.
        pins: the files that the settings name; the first that names a row counts.
        titles: of the pages, by path; a page's title may name what a file's name adds.
        budget: the steps that the comparison may take; None for what rows and files are worth.

    Returns:
        One match per row, in the order of the rows. Neither the order of rows nor of files
        changes a match. No name raises an error. A row that was not compared, and one whose
        verdict may depend on such a row, is undetermined. Source: `docs/contract.md`, "Verdicts".
    """
    reader = open_reader(vocabulary)
    budget = budget or allow_steps(len(rows), shares)
    try:
        index = Index(shares, reader, budget)
    except OutOfSteps:
        shares = {share: _leave_unread(found) for share, found in shares.items()}
        index = Index(shares, reader, budget)
    listings = Listings(shares)
    keyed = tuple((key_of(reader.read_name(pin.name)), pin) for pin in pins)
    matches: dict[str, Match] = {}
    to_match: list[RowRequest] = []
    for row in rows:
        request = _locate(index, shares, read_row(reader, row, keyed, titles.get(row.page, "")))
        judgement = judge_without_share(listings, request)
        if judgement is None:
            to_match.append(request)
        else:
            matches[row.id] = _build_match_without_share(request, judgement)
    for group_match in _match_groups(index, group_rows(to_match)):
        for request in group_match.group.requests:
            matches[request.row.id] = _judge_row(index, listings, group_match, request)
    return tuple(matches[row.id] for row in rows)


def _leave_unread(share: Share) -> Share:
    """Return a share whose names nobody had the time to read; what else it proves stays proven."""
    if share.tree is None:
        return share
    return replace(share, status=ShareStatus.UNREADABLE, tree=None, reason=Reason("run-stopped"))


def _locate(index: Index, shares: Mapping[str, Share], request: RowRequest) -> RowRequest:
    """Add the file that a row's pin or link names; a link to a folder's id is a place."""
    pin = request.pin
    if pin is not None:
        if pin.file_id is not None:
            item = index.find_id(pin.file_id, (pin.share,))
        else:
            item = index.find_path(pin.share, (pin.path or "").strip("/"))
        places = request.places or ((pin.share, ""),)
        return replace(request, places=places, shares=(pin.share,), item=item)
    item = _find_linked_file(index, shares, request)
    if item is not None:
        return replace(request, item=item)
    return _locate_folders(index, request)


def _find_linked_file(
    index: Index, shares: Mapping[str, Share], request: RowRequest
) -> Item | None:
    """Return the file that a link names by id or path, or whose share contains nothing else."""
    for place in request.row.places:
        item = _find_by_id(index, place)
        if item is not None and not index.is_folder(item):
            return item
        share = shares.get(place.share or "")
        tree = share.tree if share is not None else None
        if share is not None and tree is not None and tree.single_file and tree.files:
            return index.find_path(share.id, tree.files[0].path)
    items = (index.find_path(share, path) for share, path in request.places if path)
    return next((item for item in items if item is not None and not index.is_folder(item)), None)


def _locate_folders(index: Index, request: RowRequest) -> RowRequest:
    """Add the folders that links name by id to a row's places."""
    by_path: list[Place] = []
    by_id: list[Place] = []
    gone = unseen = False
    for place in request.row.places:
        folder = find_folder(place)
        item = _find_by_id(index, place)
        of_account = _is_account(place.share or "")
        if item is not None:
            by_id.append((index.share_of[item], index.entries[item].path))
        elif place.file_id is not None and place.kind is PlaceKind.SHARE:
            unseen |= of_account
            gone |= not of_account
        # A link opens the id; in this account the folder's path may be another one.
        if folder is not None and (item is None or not of_account):
            by_path.append(folder)
        # A direct address may name a folder as it names a file.
        if place.file_path is not None and folder is not None:
            gone |= index.find_path(*folder) is None
    places = (*by_path, *by_id)
    own = tuple(sorted({share for share, _ in places}))
    return replace(request, places=places, shares=own, gone=gone, unseen=unseen)


def _find_by_id(index: Index, place: Placement) -> Item | None:
    """Return the item that a place names by id.

    The id of an account or login is looked up in all shares of its Nextcloud, the account first.
    """
    if place.file_id is None or place.kind not in (PlaceKind.SHARE, PlaceKind.LOGIN):
        return None
    if place.share is not None and not _is_account(place.share):
        return index.find_id(place.file_id, (place.share,))
    cloud = place.cloud if place.share is None else split_share_id(place.share).cloud
    return index.find_id(place.file_id, index.list_shares_of(cloud))


def _is_account(share: str) -> bool:
    return split_share_id(share).token == ACCOUNT_NAME


def _match_groups(index: Index, groups: Sequence[Group]) -> list[GroupMatch]:
    """Find the options of all groups, assign them, and choose among them."""
    keys_of: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        for word in group.name.words:
            keys_of[word.stem].add(group.key)
    # "Aftale 1" is no version of "Aftale 2" where each is a row's name.
    exact = _try_each(index, groups, partial(find_exact, index))
    index.named = frozenset().union(*exact.values())
    found = _try_each(
        index, exact, lambda group: _find_options(index, group, exact[group], keys_of)
    )
    options = _open_folders(index, {group: own for group, (own, _) in found.items()})
    own = assign_options(options)
    unsettled = _list_unsettled(index, groups, exact, options)
    taken = {option.document for given in own.values() for option in given}
    # A row that was not compared may have the file.
    empty = [group for group, given in own.items() if not (given or unsettled)]
    outside = _try_each(index, empty, lambda group: find_outside(index, group, taken))
    own |= assign_options(outside)
    unsettled |= set(empty) - outside.keys()
    holders: defaultdict[DocumentKey, set[Group]] = defaultdict(set)
    for group, given in own.items():
        for option in given:
            holders[option.document].add(group)
    certain = [group for group in groups if group not in unsettled]
    choices = _try_each(
        index, certain, lambda group: choose(index, group, own[group], found[group][1])
    )
    return [
        GroupMatch(
            group,
            options[group] or outside.get(group, ()),
            own[group],
            frozenset(o.item for o in options[group] if holders[o.document] - {group}),
            found[group][1],
            choices[group],
        )
        if group in choices
        else GroupMatch(group, uncompared=index.budget.explain())
        for group in groups
    ]


def _try_each(
    index: Index, groups: Iterable[Group], step: Callable[[Group], _T]
) -> dict[Group, _T]:
    """Return what a step finds for each group, without those for which it takes too many steps."""
    done: dict[Group, _T] = {}
    for group in groups:
        index.budget.begin()
        with suppress(OutOfSteps):
            done[group] = step(group)
    return done


def _find_options(
    index: Index, group: Group, exact: frozenset[Item], keys_of: Mapping[str, set[str]]
) -> tuple[tuple[Option, ...], dict[Item, Fit | None]]:
    in_other_rows = partial(_is_in_other_rows, keys_of, group.key)
    found, refused = find_options(index, group, exact, in_other_rows)
    for find in (find_minutes, find_kin, find_described):
        found = found or find(index, group)
    return found, refused


def _list_unsettled(
    index: Index,
    groups: Sequence[Group],
    exact: Mapping[Group, frozenset[Item]],
    options: Mapping[Group, Sequence[Option]],
) -> set[Group]:
    """Return the groups that were not compared, and those that may share a file with one."""
    missed = [group for group in groups if group not in options]
    reached: set[str] = set()
    for group in missed:
        index.budget.begin()
        reached |= list_reach(index, group, exact.get(group))
    return {*missed, *find_unsettled(index, options, reached)}


def _is_in_other_rows(keys_of: Mapping[str, set[str]], key: str, stem: str) -> bool:
    return any(other != key for other in keys_of.get(stem, ()))


def _open_folders(
    index: Index, found: Mapping[Group, Sequence[Option]]
) -> dict[Group, tuple[Option, ...]]:
    """Open the folders among the options; those without a document are removed."""
    named: defaultdict[Item, set[str]] = defaultdict(set)
    for group, options in found.items():
        for option in options:
            if option.same_name and not option.folder:
                named[option.item].add(group.key)

    def open_all(group: Group) -> tuple[Option, ...]:
        each = (open_folder(index, group, o, named) if o.folder else o for o in found[group])
        opened = tuple(option for option in each if option is not None)
        return prefer_titled(index, opened) if is_one_document(index, group, opened) else opened

    return _try_each(index, found, open_all)


def _build_match_without_share(request: RowRequest, found: Judgement) -> Match:
    kinds = tuple(ExpectedKind(kind.name, KindStatus.UNDETERMINED) for kind in request.kinds)
    expected = () if found.verdict is Verdict.NOT_A_FILE else kinds
    row = request.row.id
    return Match(row, row, found.verdict, (), expected, None, found.reason)


def _judge_row(
    index: Index, listings: Listings, group_match: GroupMatch, request: RowRequest
) -> Match:
    """Judge a row by what its group got; what a pin or a link names needs no comparison."""
    unnamed = request.item is None and request.pin is None
    try:
        index.budget.begin()
        if group_match.uncompared is None or not unnamed:
            judgement = judge(index, listings, request, group_match.choice)
        else:
            judgement = Judgement(Verdict.UNDETERMINED, group_match.uncompared)
        return _build_match(index, listings, group_match, request, judgement)
    except OutOfSteps:
        judgement = Judgement(Verdict.UNDETERMINED, index.budget.explain())
        unseen = GroupMatch(group_match.group, uncompared=judgement.reason)
        return _build_match(index, listings, unseen, request, judgement)


def _build_match(
    index: Index,
    listings: Listings,
    group_match: GroupMatch,
    request: RowRequest,
    found: Judgement,
) -> Match:
    index.spend(len(found.items))
    expected = _judge_kinds(index, listings, group_match, request, found)
    lacking = {kind.name for kind in expected if kind.status is not KindStatus.PRESENT}
    suggestion = None
    if found.verdict in _NEEDS_FILE or 0 < len(lacking) < len(expected):
        suggestion = suggest_name(index.reader, request, lacking)
    return Match(
        row=request.row.id,
        group=group_match.group.id,
        verdict=found.verdict,
        files=tuple(build_file(index, item) for item in found.items),
        expected=expected,
        score=found.score,
        reason=found.reason,
        candidates=()
        if group_match.uncompared is not None
        else build_candidates(index, request, group_match, found),
        suggestion=suggestion,
        searched=request.shares,
    )


def _judge_kinds(
    index: Index,
    listings: Listings,
    group_match: GroupMatch,
    request: RowRequest,
    found: Judgement,
) -> tuple[ExpectedKind, ...]:
    """Return the status of each promised kind: final files or their folders must name it."""
    if not request.kinds:
        return ()
    finals = [option for option in group_match.own if option.state is State.FINAL]
    items = {item for option in finals for item in (option.item, *option.parts)}
    if found.verdict in _UNFINISHED:
        items -= set(found.items)
    else:
        items |= set(found.items)
    words: list[Word] = []
    for item in items:
        index.spend(5 + len(request.kinds))
        words += index.name_of(item, group_match.group.literal).words
        if index.is_in_places(item, request.places):
            for folder in index.folders_above(item, request.places):
                words += folder.words
    unknown = group_match.uncompared is not None or listings.find_blocker(request) is not None
    denied = KindStatus.UNDETERMINED if unknown else KindStatus.MISSING
    return tuple(
        ExpectedKind(
            kind.name, KindStatus.PRESENT if holds_kind(index.book, kind, words) else denied
        )
        for kind in request.kinds
    )
