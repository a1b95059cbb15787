"""The entries that a server lists → the tree of a share (pure)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TypeVar, assert_never

from syncer.errors import Protocol
from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile, RemoteFolder, ShareTree, UnreadFolder
from syncer.nextcloud.budget import MAX_ENTRIES
from syncer.nextcloud.dav.hrefs import decode_name
from syncer.nextcloud.dav.multistatus import DavEntry, EntryKind

# Deeper than any folder that people make, for a server that shows a folder inside itself.
MAX_DEPTH = 100
# As many as four workers list in the half hour of a share, at 30 ms each.
MAX_FOLDERS = 240_000
MAX_PATH_BYTES = 256 << 20
"""All paths of a share together: more than two million entries of Nextcloud's usual length."""
# Long paths count as several entries.
_PATH_BYTES = MAX_PATH_BYTES // MAX_ENTRIES

# Mounts whose changes reach every etag above them (`docs/nextcloud.md`, section 4): none, and the
# team folders.
_TEAM_FOLDER = "group"
_TELLING_MOUNTS = frozenset({"", _TEAM_FOLDER})
# A received folder tells what is done in Nextcloud, while a share of it is read.
_TELLING_ROOTS = _TELLING_MOUNTS | {"shared"}

_Path = TypeVar("_Path", RemoteFile, RemoteFolder)


def tells_changes(entry: DavEntry) -> bool:
    """Return whether the etag of an entry changes with everything in it."""
    return entry.mount in _TELLING_MOUNTS


def tells_moves(root: DavEntry) -> bool:
    """Return whether the etag of a share's root tells what is moved in it during a walk."""
    return root.etag is not None and root.mount in _TELLING_ROOTS


class RememberedTree:
    """A tree of an earlier run; it is sorted by path, so the content of a folder is a slice."""

    def __init__(self, tree: ShareTree) -> None:
        """Index the folders of `tree`."""
        self.tree = tree
        self._folders = {folder.path: folder for folder in tree.folders}

    def knows(self, entry: DavEntry) -> bool:
        """Return whether everything in a folder is unchanged (`docs/nextcloud.md`, section 4).

        Different folders may have equal etags, so the file id must be the same too: without one
        another folder may be at the path. A folder on a mounted storage that does not tell its
        changes, and one that was not read completely, is never known.
        """
        known = self._folders.get(entry.path)
        return (
            known is not None
            and tells_changes(entry)
            and known.etag is not None
            and known.etag == entry.etag
            and known.file_id is not None
            and known.file_id == entry.file_id
        )

    def below(self, path: str) -> tuple[tuple[RemoteFolder, ...], tuple[RemoteFile, ...]]:
        """Return the folders and files in a folder, at any depth, without itself."""
        return slice_below(self.tree.folders, path), slice_below(self.tree.files, path)


def slice_below(entries: tuple[_Path, ...], path: str) -> tuple[_Path, ...]:
    """Return the entries below a folder other than the root, of entries sorted by path."""
    # "0" is the character after "/": everything that begins with "path/" is in between.
    start = bisect_left(entries, path + "/", key=_path_of)
    return entries[start : bisect_left(entries, path + "0", lo=start, key=_path_of)]


def _path_of(entry: RemoteFile | RemoteFolder) -> str:
    return entry.path


class TreeBuilder:
    """Collects the entries of a share during a walk, each path once."""

    def __init__(self, has_room: Callable[[int], bool] = lambda _kept: True) -> None:
        """Create an empty tree; `has_room` tells whether so many entries may become more."""
        self._has_room = has_room
        self._files: dict[str, RemoteFile] = {}
        self._folders: dict[str, RemoteFolder] = {}
        self._unread: dict[str, Reason] = {}
        self._mounts: dict[str, str] = {}
        self._path_bytes = 0

    @property
    def folder_count(self) -> int:
        """The number of known folders."""
        return len(self._folders)

    @property
    def entry_count(self) -> int:
        """The number of known files and folders."""
        return len(self._files) + len(self._folders)

    @property
    def is_full(self) -> bool:
        """Whether the share is larger than what is kept in memory of one, or of all together."""
        return (
            self.entry_count >= MAX_ENTRIES
            or self.folder_count >= MAX_FOLDERS
            or self._path_bytes > MAX_PATH_BYTES
            or not self._has_room(max(self.entry_count, self._path_bytes // _PATH_BYTES))
        )

    def etag_shows_moves(self, root: DavEntry) -> bool:
        """Return whether the root's etag changes with what is moved between any of the folders."""
        telling = _TELLING_MOUNTS | {root.mount}
        return tells_moves(root) and telling.issuperset(self._mounts.values())

    def add_listing(self, entries: Iterable[DavEntry], path: str) -> list[DavEntry]:
        """Add the complete listing of one folder (Depth: 1).

        A folder with a size and no entries is unread: so Nextcloud answers when its storage fails
        (server issue 63117). So is an empty one that the server has not scanned. Where the server
        sends no size at all, its complete listing counts.

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
        elif len(listed) == 1 and itself.is_unscanned:
            self.mark_unread(path, Reason("folder-not-scanned"))
        return [entry for entry in listed if entry is not itself and self._add_child(entry)]

    def add_tree(self, entries: Iterable[DavEntry]) -> list[DavEntry]:
        """Add the complete listing of a whole share (Depth: infinity).

        Returns:
            Empty folders whose content a depth limit of the server may have cut, by path.

        Raises:
            Protocol: "duplicate-entry", "orphan-entry", "too-deep" or "too-many"; the builder
                must not be used any more then.
        """
        childless: dict[str, DavEntry] = {}
        for entry in entries:
            path = entry.path
            if self.is_full:
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
                if self._begins_mount(entry.path) or _may_hold_more(entry, deepest)
            ),
            key=lambda entry: entry.path,
        )

    def add_way_to(self, root: DavEntry, paths: Iterable[str]) -> None:
        """Add the root and the folders above those that are walked."""
        self._add_folder(root)
        for above in {above for path in paths for above in _walk_up(path) if above}:
            self._folders[above] = RemoteFolder(above)

    def graft(self, entry: DavEntry, remembered: RememberedTree) -> None:
        """Add the remembered content of an unchanged folder."""
        folders, files = remembered.below(entry.path)
        self._folders.update((folder.path, folder) for folder in folders)
        self._files.update((file.path, file) for file in files)
        # An etag above other mounts is not remembered, so that those here are team folders.
        inside = f"{entry.path}/"
        mounts = (path for path in remembered.tree.mounts if path.startswith(inside))
        self._mounts.update((path, _TEAM_FOLDER) for path in mounts)

    def mark_unread(self, path: str, reason: Reason) -> None:
        """Mark a folder as existing with unknown content; the first reason counts."""
        self._unread.setdefault(path, reason)

    def finish(self) -> ShareTree:
        """Return the tree, sorted, without the etags that must not be trusted.

        Those are the etags of unread folders and the folders above them, and of everything above,
        at and in a mounted storage whose changes do not reach the etags above it.
        """
        doubtful = {above for path in self._unread for above in (path, *_walk_up(path))}
        mute = {path for path, mount in self._mounts.items() if mount not in _TELLING_MOUNTS}
        doubtful |= {above for path in mute for above in (path, *_walk_up(path))}
        # Nextcloud marks everything in a mount; a prefix for each would take minutes.
        tops = (path for path in mute if path.rpartition("/")[0] not in mute)
        below = ("",) if "" in mute else tuple(f"{path}/" for path in tops)
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
            mounts=tuple(
                sorted(path for path in self._mounts if path and self._begins_mount(path))
            ),
        )

    def _add_child(self, entry: DavEntry) -> bool:
        """Add an entry; return whether it is a folder that can be read."""
        path = entry.path
        self._path_bytes += len(path) if path.isascii() else len(path.encode())
        match entry.kind:
            case EntryKind.FILE:
                # Of two names that differ only in their Unicode form the second keeps its own.
                if path in self._files:
                    entry = entry._replace(path=_keep_form(entry))
                self._files.setdefault(entry.path, make_file(entry))
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

    def _begins_mount(self, path: str) -> bool:
        mount = self._mounts.get(path)
        return mount is not None and (
            not path or self._mounts.get(path.rpartition("/")[0]) != mount
        )


def _keep_form(entry: DavEntry) -> str:
    """Return the path of a file with its name in the Unicode form that the server sent."""
    above, slash, _ = entry.path.rpartition("/")
    return above + slash + decode_name(entry.href.rpartition("/")[2])


def make_file(entry: DavEntry) -> RemoteFile:
    """Return the file of an entry."""
    return RemoteFile(entry.path, entry.size_bytes, entry.modified_at, entry.file_id, entry.etag)


def add_files(tree: ShareTree, entries: Iterable[DavEntry]) -> ShareTree:
    """Return a tree with more files, and the folders on the way to them; none is listed twice."""
    files = {file.path: file for file in tree.files}
    folders = {folder.path: folder for folder in tree.folders}
    for entry in entries:
        files.setdefault(entry.path, make_file(entry))
        for above in _walk_up(entry.path):
            folders.setdefault(above, RemoteFolder(above))
    return replace(
        tree,
        files=tuple(file for _, file in sorted(files.items())),
        folders=tuple(folder for _, folder in sorted(folders.items())),
    )


def doubt_everything(tree: ShareTree, reason: Reason) -> ShareTree:
    """Return a tree whose root is unread: it proves no absence, and its etag is not trusted."""
    folders = tuple(
        folder if folder.path else replace(folder, etag=None) for folder in tree.folders
    )
    unread = tuple(folder for folder in tree.unread if folder.path)
    return replace(tree, folders=folders, unread=(UnreadFolder("", reason), *unread))


def count_depth(path: str) -> int:
    """Return how many levels a path is below the root, 0 for the root itself."""
    return path.count("/") + 1 if path else 0


def _may_hold_more(entry: DavEntry, deepest: int) -> bool:
    """Return whether a folder without content may have been cut.

    Stock sabre silently answers Depth 1, so a limit can be at the deepest level of the answer. A
    folder above that level is empty if its size is 0.
    """
    return entry.size_bytes != 0 or count_depth(entry.path) >= deepest


def _walk_up(path: str) -> Iterator[str]:
    """Yield the folders above a path, the root last; nothing for the root."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _first(item: tuple[str, Reason]) -> str:
    return item[0]
