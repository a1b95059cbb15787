"""A share → its tree: from memory, from one answer, or folder by folder.

A folder that fails is in the tree as unread, with the reason. Only a failure of the root is an
error: then nothing is known of the share.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from threading import Event
from typing import Protocol

from syncer.errors import NeedsPassword, NotFound, RemoteError, Throttled, Transient
from syncer.errors import Protocol as ProtocolError
from syncer.model.reason import Reason
from syncer.model.shares import ListingKind, ShareTree
from syncer.nextcloud.dav.answers import explain_error
from syncer.nextcloud.dav.multistatus import DavEntry, Depth, EntryKind
from syncer.nextcloud.tree import (
    MAX_DEPTH,
    RememberedTree,
    TreeBuilder,
    count_depth,
    doubt_everything,
    make_file,
    tells_changes,
    tells_moves,
)

# So many folders in a row without a connection or any WebDAV are a failure of the server.
MAX_FAILURES_IN_A_ROW = 5
# The answers of a login page or a proxy, for any folder. A refusal (403) concerns one folder.
_NO_WEBDAV = frozenset({"doctype", "empty-answer", "not-multistatus", "not-xml", "redirected"})
# Every other folder of the share would meet these errors as well.
_SHUT = frozenset({"maintenance", "share-not-found"})
# Errors of a complete answer; they say nothing about other shares of the server.
_OF_ITS_TREE = frozenset({"bad-href", "duplicate-entry", "too-deep", "too-many"})
# Listing a folder costs a server as much as 700 entries of a whole tree (30 ms and 45 µs each).
ENTRIES_PER_LISTING = 700
FEWEST_LISTINGS = 8
# How often a share that changed while it was walked is walked again.
MAX_WALKS_AGAIN = 2


class TreeSource(Protocol):
    """The listings of one share; each method raises `RemoteError`."""

    def list_folder(self, href: str | None, depth: Depth) -> tuple[DavEntry, ...]:
        """List one folder, the share's root for None."""

    def list_path(self, path: str) -> tuple[DavEntry, ...]:
        """List a folder (Depth: 1) by its path."""

    def stream_tree(self) -> Iterator[DavEntry]:
        """List the whole tree in one answer."""


@dataclass(frozen=True, slots=True)
class WalkPlan:
    """How to walk a share.

    Attributes:
        workers: how many folders are requested at a time.
        stop: ends the walk.
        on_folder: called for each listing with the number of listed folders, and of known ones.
        remembered: loads the tree of an earlier run in a thread of its own; its result is None
            for a damaged one. None without one, or for a full walk.
        root_known: whether the root is still the remembered one.
        may_use_infinity: whether the whole tree may be requested at once.
        only: the folders that alone are walked and are then the scope; None for everything.
        ends_at: when the walk ends, by `time.monotonic`; the remaining folders are unread.
        has_room: whether a tree of so many entries may have more.
    """

    workers: int
    stop: Event
    on_folder: Callable[[int, int], None]
    remembered: Callable[[], ShareTree | None] | None = None
    root_known: Callable[[DavEntry], bool] = lambda _root: False
    may_use_infinity: bool = False
    only: tuple[str, ...] | None = None
    ends_at: float = math.inf
    has_room: Callable[[int], bool] = lambda _kept: True


@dataclass(frozen=True, slots=True)
class Walk:
    """The result of a walk.

    Attributes:
        root: the entry of the share's root.
        tree: a single-file share has its file under the name "".
        listing: how the tree was learnt.
        infinity_failed: whether the server refused or cut the whole tree.
        server_failed: an error of the whole server that ended the walk.
        root_shows_moves: whether the etag of the root changes with a move between folders.
    """

    root: DavEntry
    tree: ShareTree
    listing: ListingKind
    infinity_failed: bool = False
    server_failed: RemoteError | None = None
    root_shows_moves: bool = True


def walk_share(source: TreeSource, plan: WalkPlan) -> Walk:
    """Read the tree of a share with as few requests as is safe.

    One if nothing has changed since the remembered tree; one for each changed folder if few have;
    else one for the whole tree, or one for each folder if the server does not give it. Then one
    for whether the root's etag is still the same: what is moved during a walk can be missing from
    every listing. A share that changed, or that was listed by folder and whose etag does not tell
    moves, is walked again until two walks agree; one that keeps changing is unread.

    Raises:
        RemoteError: the root could not be read.
    """
    first = walk = _walk_once(source, plan)
    try:
        is_settled = _is_settled(source, walk)
        for _ in range(MAX_WALKS_AGAIN):
            if is_settled:
                break
            before, walk = walk, _walk_again(source, plan, walk)
            is_settled = _has_same_content(before.tree, walk.tree) or _is_settled(source, walk)
    except RemoteError as error:
        failed = None if error.code in ("not-found", "out-of-time") else error
        tree = doubt_everything(walk.tree, explain_error(error))
        walk = replace(walk, tree=tree, server_failed=failed)
    else:
        if not is_settled:
            tree = doubt_everything(walk.tree, Reason("share-kept-changing"))
            walk = replace(walk, tree=tree)
    # All is from this run, so its kind stays the same.
    return replace(walk, listing=first.listing, infinity_failed=first.infinity_failed)


def _is_settled(source: TreeSource, walk: Walk) -> bool:
    """Return whether nothing was moved since the root was listed, as far as its etag tells.

    One answer for the whole tree needs no etag; the listings of several folders do.

    Raises:
        RemoteError: the root could not be asked, as after a stop or when the time is over.
    """
    root = walk.root
    if walk.listing is ListingKind.UNCHANGED or len(walk.tree.folders) < 2:
        return True
    is_one_answer = walk.listing is ListingKind.INFINITY
    if is_one_answer and not tells_moves(root):
        return True
    if walk.server_failed is not None:
        raise walk.server_failed
    if not is_one_answer and not walk.root_shows_moves:
        return False
    now = source.list_folder(None, Depth.ZERO)[0]
    return (now.etag, now.file_id) == (root.etag, root.file_id)


def _walk_again(source: TreeSource, plan: WalkPlan, walk: Walk) -> Walk:
    """List what changed since a walk, and what has no etag that tells changes."""
    remembered = RememberedTree(walk.tree)
    if plan.only is not None:
        again = _walk_some_folders(source, plan, plan.only, remembered)
    else:
        again = _walk_by_folder(source, plan, remembered=remembered)
    if again.server_failed is not None:
        raise again.server_failed
    return again


def _has_same_content(tree: ShareTree, other: ShareTree) -> bool:
    """Return whether two trees are the same but for the root, which may have a wider scope."""
    return (tree.files, tree.folders[1:], tree.unread) == (
        other.files,
        other.folders[1:],
        other.unread,
    )


def _walk_once(source: TreeSource, plan: WalkPlan) -> Walk:
    if plan.only is not None:
        return _walk_some_folders(source, plan, plan.only)
    if plan.remembered is not None:
        walk = _walk_from_memory(source, plan, plan.remembered)
        if walk is not None:
            return walk
    infinity_failed = False
    if plan.may_use_infinity:
        try:
            return _walk_at_once(source, plan)
        except RemoteError as error:
            if _concerns_share(error):
                raise
            infinity_failed = error.code not in _OF_ITS_TREE
    return _walk_by_folder(source, plan, infinity_failed=infinity_failed)


def _walk_from_memory(
    source: TreeSource, plan: WalkPlan, remembered: Callable[[], ShareTree | None]
) -> Walk | None:
    """Read only what has changed; None when memory does not help."""
    with ThreadPoolExecutor(1, thread_name_prefix="remember") as pool:
        loading = pool.submit(remembered)
        root = source.list_folder(None, Depth.ZERO)[0]
        tree = loading.result()
    if root.kind is EntryKind.FILE and not plan.root_known(root):
        return _walk_single_file(root)
    # Where no etag tells changes, every folder would be listed.
    if tree is None or not tells_changes(root):
        return None
    if plan.root_known(root):
        return Walk(root, tree, ListingKind.UNCHANGED)
    return _walk_changes(source, plan, RememberedTree(tree))


def _walk_changes(source: TreeSource, plan: WalkPlan, remembered: RememberedTree) -> Walk | None:
    """List the folders with a changed etag; None when the whole tree would be cheaper."""
    known = remembered.tree.entry_count
    budget = max(FEWEST_LISTINGS, known // ENTRIES_PER_LISTING) if plan.may_use_infinity else None
    reader = _FolderReader(source, plan, remembered=remembered, budget=budget)
    root = reader.read_root()
    if root.kind is EntryKind.FILE:
        return _walk_single_file(root)
    reader.read_all()
    if reader.over_budget:
        return None
    return reader.finish(root, ListingKind.CHANGED_PARTS)


def _walk_at_once(source: TreeSource, plan: WalkPlan) -> Walk:
    """Request the whole tree in one answer; raises `RemoteError` if it is not complete."""
    reader = _FolderReader(source, plan)
    root: list[DavEntry] = []
    doubtful = reader.builder.add_tree(_note_root(source.stream_tree(), root))
    if root[0].kind is EntryKind.FILE:
        return _walk_single_file(root[0])
    before = reader.builder.entry_count
    reader.add(doubtful)
    reader.read_all()
    clamped = reader.builder.entry_count > before
    listing = ListingKind.DEPTH_1 if clamped else ListingKind.INFINITY
    return reader.finish(root[0], listing, infinity_failed=clamped)


def _walk_by_folder(
    source: TreeSource,
    plan: WalkPlan,
    *,
    infinity_failed: bool = False,
    remembered: RememberedTree | None = None,
) -> Walk:
    reader = _FolderReader(source, plan, remembered=remembered)
    root = reader.read_root()
    if root.kind is EntryKind.FILE:
        return _walk_single_file(root)
    reader.read_all()
    return reader.finish(root, ListingKind.DEPTH_1, infinity_failed=infinity_failed)


def _walk_some_folders(
    source: TreeSource,
    plan: WalkPlan,
    only: tuple[str, ...],
    remembered: RememberedTree | None = None,
) -> Walk:
    """Walk only the folders of the scope; a missing one is unread, not gone."""
    root = source.list_folder(None, Depth.ZERO)[0]
    if root.kind is EntryKind.FILE:
        return _walk_single_file(root)
    reader = _FolderReader(source, plan, remembered=remembered)
    reader.builder.add_way_to(root, only)
    reader.add_by_path(only)
    reader.read_all()
    return reader.finish(root, ListingKind.DEPTH_1)


def _walk_single_file(root: DavEntry) -> Walk:
    tree = ShareTree(files=(make_file(root),), folders=(), single_file=True)
    return Walk(root, tree, ListingKind.DEPTH_1)


def _note_root(entries: Iterable[DavEntry], root: list[DavEntry]) -> Iterator[DavEntry]:
    for entry in entries:
        if not entry.path:
            root.append(entry)
        yield entry


def _concerns_share(error: RemoteError) -> bool:
    """Return whether any other request would get the same answer, and count as a failed try.

    A plain 404 is asked again: one folder that vanished meanwhile may have caused it.
    """
    if isinstance(error, NotFound):
        return error.code == "share-not-found"
    return not isinstance(error, Transient | ProtocolError)


class _FolderReader:
    def __init__(
        self,
        source: TreeSource,
        plan: WalkPlan,
        *,
        remembered: RememberedTree | None = None,
        budget: int | None = None,
    ) -> None:
        self.builder = TreeBuilder(plan.has_room)
        self.server_failed: RemoteError | None = None
        self.over_budget = False
        self._source = source
        self._plan = plan
        self._remembered = remembered
        self._budget = budget
        # Path and href; the href is None where a person wrote the path.
        self._waiting: list[tuple[str, str | None]] = []
        self._listed = 0
        self._failures_in_a_row = 0

    def read_root(self) -> DavEntry:
        """List the root; raises `RemoteError`, unlike all other listings."""
        entries = self._source.list_folder(None, Depth.ONE)
        root = next(entry for entry in entries if not entry.path)
        if root.kind is EntryKind.FOLDER:
            self._take(entries, "")
        return root

    def add(self, entries: Iterable[DavEntry]) -> None:
        """Add folders to the list to read, or their remembered content if it is unchanged."""
        for entry in entries:
            if self._remembered is not None and self._remembered.knows(entry):
                self.builder.graft(entry, self._remembered)
            elif count_depth(entry.path) >= MAX_DEPTH:
                self.builder.mark_unread(entry.path, Reason("folder-too-deep"))
            else:
                self._waiting.append((entry.path, entry.href))

    def add_by_path(self, paths: Iterable[str]) -> None:
        """Add folders to the list to read by their paths, without those inside another."""
        wanted = sorted(set(paths), reverse=True)
        self._waiting += [
            (path, None)
            for path in wanted
            if not any(path.startswith(f"{other}/") for other in wanted)
        ]

    def finish(
        self, root: DavEntry, listing: ListingKind, *, infinity_failed: bool = False
    ) -> Walk:
        """Return what was read."""
        shows_moves = self.builder.etag_shows_moves(root)
        tree = self.builder.finish()
        return Walk(root, tree, listing, infinity_failed, self.server_failed, shows_moves)

    def read_all(self) -> None:
        """Read all folders of the list, and those found in them."""
        running: dict[Future[tuple[DavEntry, ...]], str] = {}
        with ThreadPoolExecutor(self._plan.workers, thread_name_prefix="walk") as pool:
            while self._waiting or running:
                self._drop_forbidden(len(running))
                while self._waiting and len(running) < self._plan.workers:
                    path, href = self._waiting.pop()
                    running[pool.submit(self._list, path, href)] = path
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    self._receive(running.pop(future), future)

    def _list(self, path: str, href: str | None) -> tuple[DavEntry, ...]:
        if href is None:
            return self._source.list_path(path)
        return self._source.list_folder(href, Depth.ONE)

    def _receive(self, path: str, future: Future[tuple[DavEntry, ...]]) -> None:
        try:
            self._take(future.result(), path)
        except RemoteError as error:
            self.builder.mark_unread(path, explain_error(error))
            self._count_failure(error)
        else:
            self._failures_in_a_row = 0

    def _take(self, entries: tuple[DavEntry, ...], path: str) -> None:
        self.add(self.builder.add_listing(entries, path))
        self._listed += 1
        self._plan.on_folder(self._listed, self.builder.folder_count)

    def _count_failure(self, error: RemoteError) -> None:
        ends = isinstance(error, Transient) or error.code in _NO_WEBDAV
        self._failures_in_a_row = self._failures_in_a_row + 1 if ends else 0
        down = self._failures_in_a_row >= MAX_FAILURES_IN_A_ROW
        # For a token that was withdrawn meanwhile each further folder would be a failed try.
        shut = isinstance(error, Throttled | NeedsPassword) or error.code in _SHUT
        if down or shut:
            self.server_failed = error

    def _drop_forbidden(self, asked_now: int) -> None:
        """Mark the waiting folders as unread if the walk must end."""
        known = self._listed + asked_now + len(self._waiting)
        if self._budget is not None and known > self._budget:
            self.over_budget = True
            self._waiting.clear()
        reason = self._reason_to_end()
        if reason is not None:
            for path, _ in self._waiting:
                self.builder.mark_unread(path, reason)
            self._waiting.clear()

    def _reason_to_end(self) -> Reason | None:
        if self._plan.stop.is_set():
            return Reason("run-stopped")
        if self.server_failed is not None:
            return explain_error(self.server_failed)
        if time.monotonic() >= self._plan.ends_at:
            return Reason("walk-out-of-time")
        if self.builder.is_full:
            return Reason("share-too-big")
        return None
