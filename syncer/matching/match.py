"""Rows and files to exactly one match per row, with its reasons (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from syncer.matching.asks import Ask, Group, Pin, group_rows, key_of, read_ask
from syncer.matching.candidates import Option, find_options, open_folder
from syncer.matching.choose import choose, share_out
from syncer.matching.explain import Considered, build_candidates, build_file
from syncer.matching.fit import Fit
from syncer.matching.index import Index, Item
from syncer.matching.names.kinds import Kind, holds_kind
from syncer.matching.names.reader import open_reader
from syncer.matching.names.records import State
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from syncer.matching.suggest import suggest_name
from syncer.matching.verdicts import (
    Direct,
    Judgement,
    find_blockers,
    judge,
    judge_without_share,
)
from syncer.model.handbook import PlaceKind, Placement, ResourceRow
from syncer.model.matching import ExpectedKind, KindStatus, Match, Verdict
from syncer.model.shares import ACCOUNT_NAME, Share

_NEEDS_FILE: Final = (Verdict.MISSING, Verdict.PLANNED, Verdict.DRAFT, Verdict.OUTDATED)


def match_rows(
    rows: Sequence[ResourceRow],
    shares: Mapping[str, Share],
    vocabulary: Vocabulary = DEFAULT_VOCABULARY,
    pins: Sequence[Pin] = (),
) -> tuple[Match, ...]:
    """Find each row's file among the files of the run's shares.

    Args:
        rows: the handbook's rows; ids are unique.
        shares: by id, looked at or not; what was not listed completely proves no absence.
        vocabulary: the words to go by.
        pins: what the settings say outright; the first that names a row counts.

    Returns:
        One match per row, in the order of the rows. Neither the order of rows nor of files
        changes a match. Nothing is raised for what the names hold. Source: the contract,
        "Verdicts".
    """
    reader = open_reader(vocabulary)
    index = Index(shares, reader)
    keyed = tuple((key_of(reader.read_name(pin.name)), pin) for pin in pins)
    located = [_locate(index, shares, read_ask(reader, row, keyed)) for row in rows]
    asks = [ask for ask, _ in located]
    direct = {ask.row.id: found for ask, found in located}
    without = {ask.row.id: judge_without_share(shares, ask, direct[ask.row.id]) for ask in asks}
    groups = group_rows(ask for ask in asks if without[ask.row.id] is None)
    works = _work_on(index, groups)
    matches: dict[str, Match] = {}
    for ask in asks:
        settled = without[ask.row.id]
        if settled is not None:
            matches[ask.row.id] = _build_settled(ask, settled)
    for work in works:
        for ask in work.group.asks:
            found = judge(index, shares, ask, direct[ask.row.id], work.choice)
            matches[ask.row.id] = _build_match(index, shares, work, ask, found)
    return tuple(matches[row.id] for row in rows)


def _locate(index: Index, shares: Mapping[str, Share], ask: Ask) -> tuple[Ask, Direct]:
    """Find what a row's link or pin names outright; a link to a folder's id is a place."""
    if ask.pin is not None:
        pin = ask.pin
        if pin.file_id is not None:
            item = index.find_id(pin.file_id, (pin.share,))
        else:
            item = index.find_path(pin.share, (pin.path or "").strip("/"))
        pinned = replace(ask, places=ask.places or ((pin.share, ""),), shares=(pin.share,))
        return pinned, Direct(item, pinned=True)
    places = list(ask.places)
    gone = unseen = False
    for place in ask.row.places:
        inside = place.kind is PlaceKind.LOGIN
        if place.kind is not PlaceKind.SHARE and not inside:
            continue
        of_account = _is_account(place.share or "")
        own = _shares_of_host(place, shares) if inside or of_account else [place.share or ""]
        if place.file_id is not None:
            item = index.find_id(place.file_id, own)
            if item is not None and not index.is_folder(item):
                return ask, Direct(item)
            if item is not None and of_account:
                # The number is what the link opens; its path may be another one in this account.
                places.remove((place.share or "", place.path or ""))
            if item is not None:
                places.append((index.share_of[item], index.entries[item].path))
            gone |= item is None and not inside and not of_account
            unseen |= item is None and of_account
        tree = shares[own[0]].tree if not inside and own[0] in shares else None
        if tree is not None and tree.single_file and tree.files:
            return ask, Direct(index.find_path(own[0], tree.files[0].path))
    for share, path in ask.places:
        item = index.find_path(share, path) if path else None
        if item is not None and not index.is_folder(item):
            return ask, Direct(item)
    gone |= any(place.file_path is not None for place in ask.row.places)
    located = replace(
        ask,
        places=tuple(places),
        shares=tuple(sorted({share for share, _ in places})),
        unseen=unseen,
    )
    return located, Direct(gone=gone)


def _is_account(share: str) -> bool:
    return share.rpartition("/")[2] == ACCOUNT_NAME


def _shares_of_host(place: Placement, shares: Mapping[str, Share]) -> list[str]:
    """Return the shares in which an id behind a login may lie: each Nextcloud numbers on its own.

    What the account sees comes first.
    """
    host = place.host if place.share is None else place.share.partition("/")[0]
    own = (share for share in shares if share.startswith(f"{host}/"))
    return sorted(own, key=lambda share: (not _is_account(share), share))


def _work_on(index: Index, groups: Sequence[Group]) -> tuple[Considered, ...]:
    """Find every group's options, share them out, and choose."""
    rows_of: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        for word in group.name.words:
            rows_of[word.stem].add(group.key)
    found: dict[Group, tuple[Option, ...]] = {}
    refused: dict[Group, tuple[tuple[Item, Fit], ...]] = {}
    for group in groups:
        knows = partial(_is_another_rows, rows_of, group.key)
        found[group], refused[group] = find_options(index, group, knows)
    opened = _open_folders(index, found)
    left = share_out(opened)
    return tuple(
        Considered(
            group, opened[group], left[group], refused[group], choose(index, group, left[group])
        )
        for group in groups
    )


def _is_another_rows(keys_of: Mapping[str, set[str]], key: str, stem: str) -> bool:
    """Tell whether a row of another name has a word: then it is no typing error."""
    return bool(keys_of.get(stem, set()) - {key})


def _open_folders(
    index: Index, found: Mapping[Group, Sequence[Option]]
) -> dict[Group, tuple[Option, ...]]:
    """Look into the folders that bear a row's name; those without a document fall away."""
    bearers: defaultdict[Item, set[str]] = defaultdict(set)
    for group, options in found.items():
        for option in options:
            if option.strong and not option.folder:
                bearers[option.item].add(group.key)
    opened: dict[Group, tuple[Option, ...]] = {}
    for group, options in found.items():
        kept: list[Option] = []
        for option in options:
            if not option.folder:
                kept.append(option)
                continue
            folder = open_folder(index, group, option, bearers)
            if folder is not None:
                kept.append(folder)
        opened[group] = tuple(kept)
    return opened


def _build_settled(ask: Ask, found: Judgement) -> Match:
    kinds = tuple(ExpectedKind(kind.name, KindStatus.UNDETERMINED) for kind in ask.kinds)
    expected = () if found.verdict is Verdict.NOT_A_FILE else kinds
    return Match(ask.row.id, ask.row.id, found.verdict, (), expected, None, found.reason)


def _build_match(
    index: Index, shares: Mapping[str, Share], work: Considered, ask: Ask, found: Judgement
) -> Match:
    """Put a row's match together."""
    expected = tuple(
        ExpectedKind(kind.name, _kind_status(index, shares, work, ask, kind, found))
        for kind in ask.kinds
    )
    lacking = {kind.name for kind in expected if kind.status is not KindStatus.PRESENT}
    suggestion = None
    partly_there = 0 < len(lacking) < len(expected)
    if found.verdict in _NEEDS_FILE or partly_there:
        suggestion = suggest_name(index.reader, ask, lacking)
    return Match(
        row=ask.row.id,
        group=work.group.id,
        verdict=found.verdict,
        files=tuple(build_file(index, item) for item in found.items),
        expected=expected,
        score=found.score,
        reason=found.reason,
        candidates=build_candidates(index, ask, work, found.items),
        suggestion=suggestion,
        searched=ask.shares,
    )


def _kind_status(
    index: Index,
    shares: Mapping[str, Share],
    work: Considered,
    ask: Ask,
    kind: Kind,
    found: Judgement,
) -> KindStatus:
    """Tell whether one of a row's kinds is there: a final file says it, or a folder it lies in."""
    finals = [option for option in work.left if option.state is State.FINAL]
    items = {item for option in finals for item in (option.item, *option.parts)} | set(found.items)
    for item in items:
        words = list(index.name_of(item, work.group.spoken).words)
        share, path = index.share_of[item], index.entries[item].path
        inside = [p for s, p in ask.places if s == share and path.startswith(p + "/" if p else "")]
        for part in path[max(map(len, inside), default=len(path)) :].split("/")[:-1]:
            words.extend(index.folder_name(part).words)
        drafts = found.verdict in (Verdict.DRAFT, Verdict.OUTDATED) and item in found.items
        if not drafts and holds_kind(index.book, kind, words):
            return KindStatus.PRESENT
    return KindStatus.UNDETERMINED if find_blockers(shares, ask) else KindStatus.MISSING
