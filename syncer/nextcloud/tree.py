"""Entries, as the server gives them → the tree of a share (pure)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar, assert_never

from syncer.errors import Protocol
from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile, RemoteFolder, ShareTree, UnreadFolder
from syncer.nextcloud.dav.multistatus import DavEntry, EntryKind

# Deeper than any folder that people make; a server that shows a folder inside itself ends here.
MAX_DEPTH = 100
# Twice what the largest audit that was measured holds in 1 GB.
MAX_ENTRIES = 2_000_000

_Path = TypeVar("_Path", RemoteFile, RemoteFolder)


@dataclass(frozen=True, slots=True)
class FolderToRead:
    """A folder that was named and not listed yet.

    `href` holds the exact bytes to ask for; None when a person named it, and no server.
    """

    path: str
    href: str | None


class RememberedTree:
    """A tree of an earlier run, with the part below any folder at hand."""

    def __init__(self, tree: ShareTree) -> None:
        """Take the tree; its order is by path, so that what lies below a folder is a slice."""
        self.tree = tree
        self._folders = {folder.path: folder for folder in tree.folders}

    def knows(self, entry: DavEntry) -> bool:
        """Say whether everything below a folder is as it was (`nextcloud.md`, section 4).

        The etag marks a change and names nobody: the folder must be the same one, too. A folder
        that another storage is mounted on, or that was not read to the end, is never known.
        """
        known = self._folders.get(entry.path)
        return (
            known is not None
            and not entry.mount
            and known.etag is not None
            and known.etag == entry.etag
            and known.file_id == entry.file_id
        )

    def below(self, path: str) -> tuple[tuple[RemoteFolder, ...], tuple[RemoteFile, ...]]:
        """Return the folders and files below a folder, itself not among them."""
        return _slice_below(self.tree.folders, path), _slice_below(self.tree.files, path)


def _slice_below(entries: tuple[_Path, ...], path: str) -> tuple[_Path, ...]:
    # "0" is the character after "/": everything that begins with "path/" lies in between.
    start = bisect_left(entries, path + "/", key=_path_of)
    return entries[start : bisect_left(entries, path + "0", lo=start, key=_path_of)]


def _path_of(entry: RemoteFile | RemoteFolder) -> str:
    return entry.path


class TreeBuilder:
    """Collects what is known of a share while it is walked; each path once."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._files: dict[str, RemoteFile] = {}
        self._folders: dict[str, RemoteFolder] = {}
        self._unread: dict[str, Reason] = {}
        self._mounts: dict[str, str] = {}

    @property
    def folder_count(self) -> int:
        """How many folders are known so far."""
        return len(self._folders)

    @property
    def entry_count(self) -> int:
        """How many files and folders are known so far."""
        return len(self._files) + len(self._folders)

    def add_listing(self, entries: Iterable[DavEntry], path: str) -> list[DavEntry]:
        """Add one folder's complete listing: itself, and what lies directly in it.

        A folder in which the server counts bytes and shows nothing was not read: so Nextcloud
        answers when the storage behind it fails (server issue 63117).

        Returns:
            The folders in it that may be read next, in the order of the answer.

        Raises:
            Protocol: "duplicate-entry" or "not-a-folder"; nothing was added then.
        """
        listed = tuple(entries)
        if len({entry.href for entry in listed}) != len(listed):
            raise Protocol("duplicate-entry")
        itself = next(entry for entry in listed if entry.path == path)
        if itself.kind is not EntryKind.FOLDER:
            raise Protocol("not-a-folder")
        self._add_folder(itself)
        if len(listed) == 1 and itself.size_bytes:
            self.mark_unread(
                path, Reason("folder-shows-nothing", {"size_bytes": itself.size_bytes})
            )
        return [entry for entry in listed if entry is not itself and self._add_child(entry)]

    def add_tree(self, entries: Iterable[DavEntry]) -> list[DavEntry]:
        """Add the complete listing of a whole share (Depth: infinity).

        Returns:
            Folders that may hold more than was told, by path: those with nothing in them that
            another server's limit could explain.

        Raises:
            Protocol: "duplicate-entry", "orphan-entry", "too-deep" or "too-many"; the builder is
                then of no more use.
        """
        childless: dict[str, DavEntry] = {}
        for count, entry in enumerate(entries):
            path = entry.path
            if count >= MAX_ENTRIES:
                raise Protocol("too-many")
            if path in self._files or path in self._folders or path in self._unread:
                raise Protocol("duplicate-entry")
            if self._add_child(entry):
                if count_depth(path) > MAX_DEPTH:
                    raise Protocol("too-deep")
                childless[path] = entry
        known = chain(self._files, self._folders, self._unread)
        parents = {path.rpartition("/")[0] for path in known if path}
        if not parents <= self._folders.keys():
            raise Protocol("orphan-entry")
        deepest = max((count_depth(parent) + 1 for parent in parents), default=0)
        if deepest > MAX_DEPTH:
            raise Protocol("too-deep")
        for parent in parents:
            childless.pop(parent, None)
        return sorted(
            (
                entry
                for entry in childless.values()
                if self._begins_mount(entry) or _may_hold_more(entry, deepest)
            ),
            key=lambda entry: entry.path,
        )

    def add_way_to(self, root: DavEntry, paths: Iterable[str]) -> None:
        """Add the root, and the folders that lie above those that are walked."""
        self._add_folder(root)
        for above in {above for path in paths for above in _walk_up(path) if above}:
            self._folders[above] = RemoteFolder(above)

    def graft(self, entry: DavEntry, remembered: RememberedTree) -> None:
        """Add what was remembered below a folder that has not changed since."""
        folders, files = remembered.below(entry.path)
        self._folders.update((folder.path, folder) for folder in folders)
        self._files.update((file.path, file) for file in files)

    def mark_unread(self, path: str, reason: Reason) -> None:
        """Note that a folder is there and what lies in it could not be learnt."""
        self._unread.setdefault(path, reason)

    def finish(self) -> ShareTree:
        """Return the tree, sorted; folders whose etag must not be trusted again bear none.

        Those are: what lies above a folder that was not read to the end, and what lies above or
        below another storage (its changes reach no etag above it).
        """
        doubtful = {above for path in self._unread for above in (path, *_walk_up(path))}
        doubtful |= {above for path in self._mounts for above in (path, *_walk_up(path))}
        # Nextcloud marks all that lies on a mount: below each of them would take minutes.
        tops = (path for path in self._mounts if path.rpartition("/")[0] not in self._mounts)
        below = ("",) if "" in self._mounts else tuple(f"{path}/" for path in tops)
        folders = (
            replace(folder, etag=None)
            if path in doubtful or (below and path.startswith(below))
            else folder
            for path, folder in sorted(self._folders.items())
        )
        return ShareTree(
            files=tuple(file for _, file in sorted(self._files.items())),
            folders=tuple(folders),
            unread=tuple(UnreadFolder(*item) for item in sorted(self._unread.items(), key=_first)),
        )

    def _add_child(self, entry: DavEntry) -> bool:
        """Add an entry; True for a folder that can be read."""
        path = entry.path
        match entry.kind:
            case EntryKind.FILE:
                # Two names that differ in their Unicode form alone are one path to us.
                if path not in self._files:
                    self._files[path] = make_file(entry)
                return False
            case EntryKind.FOLDER if path in self._folders:
                self.mark_unread(path, Reason("folder-names-collide"))
                return False
            case EntryKind.FOLDER:
                self._add_folder(entry)
                return True
            case EntryKind.UNKNOWN:
                self.mark_unread(path, Reason("entry-unclear"))
                return False
            case _:
                assert_never(entry.kind)

    def _add_folder(self, entry: DavEntry) -> None:
        self._folders[entry.path] = RemoteFolder(
            entry.path, file_id=entry.file_id, etag=entry.etag, modified_at=entry.modified_at
        )
        if entry.mount:
            self._mounts[entry.path] = entry.mount

    def _begins_mount(self, entry: DavEntry) -> bool:
        """Say whether a mounted storage begins here, not above."""
        return bool(entry.mount) and (
            not entry.path or self._mounts.get(entry.path.rpartition("/")[0]) != entry.mount
        )


def make_file(entry: DavEntry) -> RemoteFile:
    """Return the file that an entry tells of."""
    return RemoteFile(entry.path, entry.size_bytes, entry.modified_at, entry.file_id, entry.etag)


def count_depth(path: str) -> int:
    """Return how many levels a path lies below the root, 0 for the root itself."""
    return path.count("/") + 1 if path else 0


def _may_hold_more(entry: DavEntry, deepest: int) -> bool:
    """Say whether a folder that came without content may have been cut short.

    Stock sabre silently answers Depth 1; the deepest level that an answer reaches is where a
    limit would lie. A folder above it is empty when the server counts no bytes in it.
    """
    return entry.size_bytes != 0 or count_depth(entry.path) >= deepest


def _walk_up(path: str) -> Iterator[str]:
    """Yield the folders above a path, the root last; nothing for the root."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _first(item: tuple[str, Reason]) -> str:
    return item[0]
