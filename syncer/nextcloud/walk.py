"""A share → its tree: from what is remembered, from one answer, or folder by folder.

Whatever fails below the root is in the tree as unread, with its reason; nothing is left out
silently. Only a failure of the root itself is an error: then nothing is known of the share.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from syncer.errors import (
    NeedsPassword,
    NotFound,
    RemoteError,
    Throttled,
    Transient,
)
from syncer.errors import (
    Protocol as ProtocolError,
)
from syncer.model.reason import Reason
from syncer.model.shares import ListingKind, ShareTree
from syncer.nextcloud.dav.answers import explain_error
from syncer.nextcloud.dav.multistatus import DavEntry, Depth, EntryKind
from syncer.nextcloud.tree import (
    MAX_DEPTH,
    MAX_ENTRIES,
    FolderToRead,
    RememberedTree,
    TreeBuilder,
    count_depth,
    make_file,
)

# A share may take so long; what was not read then is unread. A tree of 100,000 folders takes
# four workers half an hour on a slow server.
WALK_DEADLINE_S = 3_600.0
# So many folders failing one after the other, for lack of a connection or of any WebDAV, are one
# server's failure.
MAX_FAILURES_IN_A_ROW = 5
# What a login page or a proxy answers, whatever the folder. A refusal (403) is the folder's own.
_NO_WEBDAV = frozenset({"doctype", "empty-answer", "not-multistatus", "not-xml", "redirected"})
# What every other folder of the share would meet as well.
_SHUT = frozenset({"maintenance", "share-not-found"})
# Why an answer that was given whole cannot be taken: other shares of the server know nothing of it.
_OF_ITS_TREE = frozenset({"bad-href", "duplicate-entry", "too-deep", "too-many"})
# Listing a folder costs a server about as much as 700 entries of a whole tree (30 ms against
# 45 µs each): beyond so many changed folders the whole tree is cheaper.
ENTRIES_PER_LISTING = 700
FEWEST_LISTINGS = 8


class TreeSource(Protocol):
    """Where the listings of one share come from."""

    def list_folder(self, href: str | None, depth: Depth) -> tuple[DavEntry, ...]:
        """List one folder, the share's root for None; raises `RemoteError`."""

    def list_path(self, path: str) -> tuple[DavEntry, ...]:
        """List a folder (Depth: 1) by its path; raises `RemoteError`."""

    def stream_tree(self) -> Iterator[DavEntry]:
        """List everything below the root in one answer; raises `RemoteError`."""


@dataclass(frozen=True, slots=True)
class WalkPlan:
    """How a share is to be walked.

    Attributes:
        remembered: gives the tree of an earlier run, from a thread of its own while the root is
            asked for, or None when it was damaged; None when there is none, or a full walk is due.
        root_known: whether the root, as it is now, is the one remembered.
        may_use_infinity: whether a whole tree may be asked for in one request.
        workers: how many folders are asked for at a time.
        stop: ends the walk.
        on_folder: told of each folder listed: how many are done, how many are known.
        only: the folders that alone are walked and are then the scope; None: everything.
    """

    remembered: Callable[[], ShareTree | None] | None
    root_known: Callable[[DavEntry], bool]
    may_use_infinity: bool
    workers: int
    stop: Event
    on_folder: Callable[[int, int], None]
    only: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """A share that was walked.

    Attributes:
        root: what its root says of itself.
        tree: what was found; a share of a single file has it under the name "".
        listing: how it was learnt.
        infinity_failed: whether the server did not give a whole tree that was asked for.
        server_failed: the failure that ended the walk, when it concerns the whole server.
    """

    root: DavEntry
    tree: ShareTree
    listing: ListingKind
    infinity_failed: bool = False
    server_failed: RemoteError | None = None


def walk_share(source: TreeSource, plan: WalkPlan) -> Walk:
    """Learn the tree of a share, at the least cost that is safe.

    One request when nothing has changed since what is remembered; when little has, one for each
    changed folder; else one for the whole tree, or, where the server does not give that whole,
    one for each folder.

    Raises:
        RemoteError: the root could not be read: nothing is known.
    """
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
    """Ask whether the root has changed, and for what has; None when that is of no use."""
    with ThreadPoolExecutor(1, thread_name_prefix="remember") as pool:
        loading = pool.submit(remembered)
        root = source.list_folder(None, Depth.ZERO)[0]
        tree = loading.result()
    if root.kind is EntryKind.FILE and not plan.root_known(root):
        return _walk_single_file(root)
    # On a mounted storage no etag is trusted: to list folder by folder would list them all.
    if tree is None or root.mount:
        return None
    if plan.root_known(root):
        return Walk(root, tree, ListingKind.UNCHANGED)
    return _walk_changes(source, plan, RememberedTree(tree))


def _walk_changes(source: TreeSource, plan: WalkPlan, remembered: RememberedTree) -> Walk | None:
    """List the folders whose etag has changed; None when the whole tree would be cheaper."""
    known = len(remembered.tree.files) + len(remembered.tree.folders)
    budget = max(FEWEST_LISTINGS, known // ENTRIES_PER_LISTING) if plan.may_use_infinity else None
    reader = _FolderReader(source, plan, remembered=remembered, budget=budget)
    root = reader.read_root()
    if root.kind is EntryKind.FILE:
        return _walk_single_file(root)
    reader.read_all()
    if reader.over_budget:
        return None
    return Walk(
        root, reader.builder.finish(), ListingKind.CHANGED_PARTS, server_failed=reader.server_failed
    )


def _walk_at_once(source: TreeSource, plan: WalkPlan) -> Walk:
    """Ask for the whole tree in one answer; raises `RemoteError` when it was not given whole."""
    reader = _FolderReader(source, plan)
    root: list[DavEntry] = []
    doubtful = reader.builder.add_tree(_note_root(source.stream_tree(), root))
    if root[0].kind is EntryKind.FILE:
        return _walk_single_file(root[0])
    before = reader.builder.entry_count
    reader.add(doubtful)
    reader.read_all()
    clamped = reader.builder.entry_count > before
    return Walk(
        root[0],
        reader.builder.finish(),
        ListingKind.DEPTH_1 if clamped else ListingKind.INFINITY,
        infinity_failed=clamped,
        server_failed=reader.server_failed,
    )


def _walk_by_folder(source: TreeSource, plan: WalkPlan, *, infinity_failed: bool) -> Walk:
    reader = _FolderReader(source, plan)
    root = reader.read_root()
    if root.kind is EntryKind.FILE:
        return _walk_single_file(root)
    reader.read_all()
    return Walk(
        root,
        reader.builder.finish(),
        ListingKind.DEPTH_1,
        infinity_failed=infinity_failed,
        server_failed=reader.server_failed,
    )


def _walk_some_folders(source: TreeSource, plan: WalkPlan, only: tuple[str, ...]) -> Walk:
    """Walk the folders of the scope alone; one that is not there is unread, not gone."""
    root = source.list_folder(None, Depth.ZERO)[0]
    if root.kind is EntryKind.FILE:
        return _walk_single_file(root)
    reader = _FolderReader(source, plan)
    reader.builder.add_way_to(root, only)
    reader.add_by_path(only)
    reader.read_all()
    return Walk(
        root, reader.builder.finish(), ListingKind.DEPTH_1, server_failed=reader.server_failed
    )


def _walk_single_file(root: DavEntry) -> Walk:
    tree = ShareTree(files=(make_file(root),), folders=(), single_file=True)
    return Walk(root, tree, ListingKind.DEPTH_1)


def _note_root(entries: Iterable[DavEntry], root: list[DavEntry]) -> Iterator[DavEntry]:
    for entry in entries:
        if not entry.path:
            root.append(entry)
        yield entry


def _concerns_share(error: RemoteError) -> bool:
    """Say whether another way of asking would meet the same answer, and only cost a failed try.

    A plain 404 is asked again: one folder that vanished meanwhile may have caused it.
    """
    if isinstance(error, NotFound):
        return error.code == "share-not-found"
    return not isinstance(error, Transient | ProtocolError)


class _FolderReader:
    """Lists folder after folder, several at a time, each once, and what it finds in them."""

    def __init__(
        self,
        source: TreeSource,
        plan: WalkPlan,
        *,
        remembered: RememberedTree | None = None,
        budget: int | None = None,
    ) -> None:
        self.builder = TreeBuilder()
        self.server_failed: RemoteError | None = None
        self.over_budget = False
        self._source = source
        self._plan = plan
        self._remembered = remembered
        self._budget = budget
        self._waiting: list[FolderToRead] = []
        self._listed = 0
        self._failures_in_a_row = 0
        self._ends_at = time.monotonic() + WALK_DEADLINE_S

    def read_root(self) -> DavEntry:
        """List the root; the only listing whose failure is raised."""
        entries = self._source.list_folder(None, Depth.ONE)
        root = next(entry for entry in entries if not entry.path)
        if root.kind is EntryKind.FOLDER:
            self._take(entries, "")
        return root

    def add(self, entries: Iterable[DavEntry]) -> None:
        """Note folders to be read, or what is remembered of them when they are as they were."""
        for entry in entries:
            if self._remembered is not None and self._remembered.knows(entry):
                self.builder.graft(entry, self._remembered)
            elif count_depth(entry.path) >= MAX_DEPTH:
                self.builder.mark_unread(entry.path, Reason("folder-too-deep"))
            else:
                self._waiting.append(FolderToRead(entry.path, entry.href))

    def add_by_path(self, paths: Iterable[str]) -> None:
        """Note folders to be read by the paths that somebody wrote, each once."""
        wanted = sorted(set(paths), reverse=True)
        self._waiting += [
            FolderToRead(path, None)
            for path in wanted
            if not any(path.startswith(f"{other}/") for other in wanted)
        ]

    def read_all(self) -> None:
        """Read what is waiting, and what is found in it, until nothing is left."""
        running: dict[Future[tuple[DavEntry, ...]], FolderToRead] = {}
        with ThreadPoolExecutor(self._plan.workers, thread_name_prefix="walk") as pool:
            while self._waiting or running:
                self._leave_what_must_not_be_asked(len(running))
                while self._waiting and len(running) < self._plan.workers:
                    folder = self._waiting.pop()
                    future = pool.submit(self._list, folder)
                    running[future] = folder
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    self._settle(running.pop(future), future)

    def _list(self, folder: FolderToRead) -> tuple[DavEntry, ...]:
        if folder.href is None:
            return self._source.list_path(folder.path)
        return self._source.list_folder(folder.href, Depth.ONE)

    def _settle(self, folder: FolderToRead, future: Future[tuple[DavEntry, ...]]) -> None:
        try:
            self._take(future.result(), folder.path)
        except RemoteError as error:
            self.builder.mark_unread(folder.path, explain_error(error))
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
        # Each further folder of a token that was withdrawn meanwhile would be one more failed try.
        shut = isinstance(error, Throttled | NeedsPassword) or error.code in _SHUT
        if down or shut:
            self.server_failed = error

    def _leave_what_must_not_be_asked(self, asked_now: int) -> None:
        known = self._listed + asked_now + len(self._waiting)
        if self._budget is not None and known > self._budget:
            self.over_budget = True
            self._waiting.clear()
        reason = self._reason_to_end()
        if reason is not None:
            for folder in self._waiting:
                self.builder.mark_unread(folder.path, reason)
            self._waiting.clear()

    def _reason_to_end(self) -> Reason | None:
        if self._plan.stop.is_set():
            return Reason("run-stopped")
        if self.server_failed is not None:
            return explain_error(self.server_failed)
        if time.monotonic() > self._ends_at:
            return Reason("walk-out-of-time")
        if self.builder.entry_count > MAX_ENTRIES:
            return Reason("share-too-big")
        return None
