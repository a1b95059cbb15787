"""Folders and mounts that are suddenly empty, which is not believed at once (pure).

`docs/design.md` rule 3. What a folder held is remembered while its emptiness is in doubt; until
then it counts as unread, so that nothing is denied in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from syncer.audit.evidence import list_parents
from syncer.model.handbook import ResourceRow
from syncer.model.ids import make_id
from syncer.model.matching import Match
from syncer.model.reason import Reason
from syncer.model.shares import (
    FULL_WALKS,
    SUDDENLY_EMPTY,
    Holding,
    RemoteFolder,
    Share,
    ShareKind,
    ShareTree,
    Suspicion,
    UnreadFolder,
)
from syncer.nextcloud.tree import slice_below

Held = Mapping[str, tuple[Holding, ...]]
"""What folders held, by the id of their share."""

# A person deletes fewer files one by one; a mount is lost as a whole, whatever it held.
_FEWEST_FILES = 5
# So many are enough to find files that were moved.
_MAX_FILE_IDS = 200


def doubt_folders(
    shares: Mapping[str, Share], held: Held, *, today: date, accept_empty: bool = False
) -> tuple[dict[str, Share], Held]:
    """Mark folders as unread that held files and suddenly have none.

    That is a mount that held any file and a folder that held at least five, if all are gone and
    none of their file ids is elsewhere in the share. A share without any file is not looked into:
    `distrust` judges it as a whole. A local copy is never compared.

    Args:
        shares: by id, after the second look.
        held: from `list_holdings` of earlier runs.
        today: the day of this run.
        accept_empty: a person confirms the loss (`--full --accept-empty`).

    Returns:
        The shares, and `held` with today's doubts and without what is believed to be gone.
    """
    doubted = dict(shares)
    kept = dict(held)
    for share_id, holdings in held.items():
        share = shares.get(share_id)
        if share is None or not _can_judge(share):
            continue
        judged = {holding.path: holding for holding in holdings}
        unbelieved: list[Holding] = []
        for holding, answer in _find_lost(share, holdings):
            doubt = _count_day(share, answer, holding.doubt, today)
            if accept_empty or doubt.believed:
                del judged[holding.path]
            else:
                judged[holding.path] = replace(holding, doubt=doubt)
                unbelieved.append(judged[holding.path])
        kept[share_id] = tuple(judged.values())
        if unbelieved:
            doubted[share_id] = _mark(share, unbelieved)
    return doubted, kept


def list_holdings(
    shares: Mapping[str, Share],
    rows: Sequence[ResourceRow],
    matches: Sequence[Match],
    *,
    before: Held,
    emptied: Collection[str],
) -> Held:
    """Return what the folders of rows, and those above them, hold today.

    A row's folders are those that it names and those of its files. Where today proves nothing
    (unread folders, and the shares of `emptied`, which are distrusted as a whole), what was known
    `before` stays.

    Returns:
        One entry for each share of the run, by path; shares without any have ().
    """
    wanted = _list_wanted(rows, matches)
    holdings: dict[str, tuple[Holding, ...]] = {}
    for share_id, share in shares.items():
        known = before.get(share_id, ())
        if not _can_judge(share) or share_id in emptied or share.tree is None:
            holdings[share_id] = known
            continue
        earlier = {holding.path: holding for holding in known}
        paths = sorted(wanted.get(share_id, ()))
        today = (_hold(share.tree, path, earlier.get(path)) for path in paths)
        holdings[share_id] = tuple(holding for holding in today if holding is not None)
    return holdings


def _can_judge(share: Share) -> bool:
    tree = share.tree
    return (
        share.kind is not ShareKind.LOCAL
        and tree is not None
        and bool(tree.files)
        and not tree.single_file
    )


def _find_lost(share: Share, holdings: Iterable[Holding]) -> Iterable[tuple[Holding, str]]:
    """Yield the holdings that are lost, each with a fingerprint of how: empty or not listed."""
    tree = share.tree
    if tree is None:
        return
    folders = {folder.path for folder in tree.folders}
    empty = [
        holding
        for holding in holdings
        if (holding.mount or holding.files >= _FEWEST_FILES)
        and not slice_below(tree.files, holding.path)
        # An empty mount is lost when it is no longer listed.
        and (holding.files or holding.path not in folders)
        and not _is_unread(tree, holding.path)
        and _is_in_scope(share, holding.path)
    ]
    ids = {file.file_id for file in tree.files} if empty else set()
    for holding in empty:
        if ids.isdisjoint(holding.file_ids):
            yield holding, make_id("a", holding.path, str(holding.path in folders))


def _is_unread(tree: ShareTree, path: str) -> bool:
    """Return whether it is unknown what a folder holds."""
    return any(_is_in(folder.path, path) or _is_in(path, folder.path) for folder in tree.unread)


def _is_in_scope(share: Share, path: str) -> bool:
    return not share.scope or any(_is_in(path, folder) for folder in share.scope)


def _is_in(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def _count_day(share: Share, answer: str, doubt: Suspicion | None, today: date) -> Suspicion:
    """Add today to the days of the same answer; only a full walk counts."""
    if doubt is None or doubt.answer != answer:
        doubt = Suspicion(share.id, answer, ())
    if share.listing not in FULL_WALKS:
        return doubt
    return replace(doubt, days=tuple(sorted({*doubt.days, today})))


def _mark(share: Share, lost: Sequence[Holding]) -> Share:
    """Return the share with lost folders unread, and none of them proven gone."""
    tree = share.tree
    if tree is None:
        return share
    paths = {holding.path for holding in lost}
    tops = [h for h in lost if not any(_is_in(h.path, path) for path in paths - {h.path})]
    known = {folder.path for folder in tree.folders}
    above = {path for holding in tops for path in list_parents(holding.path)}
    marks = (
        UnreadFolder(
            holding.path,
            Reason(
                SUDDENLY_EMPTY,
                {"files_before": holding.files, "days": len(holding.doubt.days)},
            ),
        )
        for holding in tops
        if holding.doubt is not None
    )
    folders = (*tree.folders, *map(RemoteFolder, above - known))
    marked = replace(
        tree,
        folders=tuple(sorted(folders, key=lambda folder: folder.path)),
        unread=tuple(sorted((*tree.unread, *marks), key=lambda folder: folder.path)),
    )
    gone = frozenset(
        place
        for place in share.gone_places
        if not any(_is_in(place, h.path) or _is_in(h.path, place) for h in tops)
    )
    return replace(share, tree=marked, gone_places=gone)


def _list_wanted(
    rows: Iterable[ResourceRow], matches: Iterable[Match]
) -> defaultdict[str, set[str]]:
    """Return the folders of rows and those above them, by share; never a root."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for place in (place for row in rows for place in row.places):
        if place.share is not None and place.path:
            wanted[place.share].update(list_parents(place.path))
    for file in (file for match in matches for file in match.files):
        folder = file.path if file.folder else file.path.rpartition("/")[0]
        wanted[file.share].update(list_parents(folder))
    return wanted


def _hold(tree: ShareTree, path: str, earlier: Holding | None) -> Holding | None:
    """Return what a folder holds, None for nothing; what it held where today proves nothing."""
    if _is_unread(tree, path):
        return earlier
    files = slice_below(tree.files, path)
    if not files and path not in tree.mounts:
        return None
    ids = (file.file_id for file in files if file.file_id is not None)
    return Holding(path, path in tree.mounts, len(files), tuple(islice(ids, _MAX_FILE_IDS)))
