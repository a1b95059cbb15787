"""A folder on this machine, as the desktop client synchronises it, read as a share.

The tree is the same as over WebDAV, without file ids and etags.
"""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from syncer.model.normal_forms import normalize
from syncer.model.reason import Reason
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
    UnreadFolder,
    split_share_id,
)
from syncer.nextcloud.budget import MAX_ENTRIES
from syncer.nextcloud.tree import MAX_DEPTH, count_depth


def read_local_share(share_id: str, folder: Path) -> Share:
    """Read a folder, or a single file, as the share `share_id`.

    Symbolic links are not followed: their targets are not in the share. A folder that cannot be
    read is unread, and so is one with a name that is not UTF-8, which WebDAV cannot have. Files
    of the desktop client itself are skipped.

    Returns:
        The share, of kind LOCAL; UNREADABLE with a reason if the folder does not exist.
    """
    try:
        status = folder.stat()
    except OSError as error:
        return _make_share(share_id, folder, None, _explain_error(error))
    if stat.S_ISDIR(status.st_mode):
        tree = _LocalReader(folder).read()
        if tree.unread and not tree.unread[0].path:
            return _make_share(share_id, folder, None, tree.unread[0].reason)
        return _make_share(share_id, folder, tree, None)
    file = _make_file(normalize("NFC", folder.name), status)
    tree = ShareTree(files=(file,), folders=(), single_file=True)
    return _make_share(share_id, folder, tree, None)


class _LocalReader:
    """Reads a tree without recursion, so that deep folders do not exhaust the stack."""

    def __init__(self, root: Path) -> None:
        self._waiting: list[tuple[str, str]] = [("", os.fspath(root))]
        self._files: dict[str, RemoteFile] = {}
        self._folders: dict[str, RemoteFolder] = {"": RemoteFolder("")}
        self._unread: dict[str, Reason] = {}

    def read(self) -> ShareTree:
        while self._waiting:
            path, place = self._waiting.pop()
            if count_depth(path) >= MAX_DEPTH:
                self._unread[path] = Reason("folder-too-deep")
            elif len(self._files) + len(self._folders) > MAX_ENTRIES:
                self._unread[path] = Reason("share-too-big")
            else:
                self._read_folder(path, place)
        return ShareTree(
            files=tuple(self._files[path] for path in sorted(self._files)),
            folders=tuple(self._folders[path] for path in sorted(self._folders)),
            unread=tuple(UnreadFolder(path, self._unread[path]) for path in sorted(self._unread)),
        )

    def _read_folder(self, path: str, place: str) -> None:
        try:
            # Names alone: the entries themselves take a kilobyte each.
            with os.scandir(place) as entries:
                names = sorted(entry.name for entry in entries)
            for name in names:
                self._add(path, name, f"{place}/{name}")
        except OSError as error:
            self._unread[path] = _explain_error(error)
        except UnicodeEncodeError:
            self._unread[path] = Reason("local-name-not-utf8")

    def _add(self, folder: str, name: str, place: str) -> None:
        name.encode()
        if _is_client_file(name):
            return
        name = normalize("NFC", name)
        path = f"{folder}/{name}" if folder else name
        status = os.lstat(place)
        if stat.S_ISDIR(status.st_mode):
            if path in self._folders:
                self._unread[path] = Reason("folder-names-collide")
                return
            self._folders[path] = RemoteFolder(path, modified_at=_read_time(status))
            self._waiting.append((path, place))
        elif stat.S_ISREG(status.st_mode):
            self._files.setdefault(path, _make_file(path, status))


def _is_client_file(name: str) -> bool:
    """Return whether a name is of the desktop client's own database or log."""
    return name.startswith((".sync_", "._sync_", ".owncloudsync", ".nextcloudsync"))


def _make_file(path: str, status: os.stat_result) -> RemoteFile:
    return RemoteFile(path, size_bytes=status.st_size, modified_at=_read_time(status))


def _read_time(status: os.stat_result) -> datetime | None:
    """Return the time of change to the second, as over WebDAV; None if it is out of range."""
    try:
        return datetime.fromtimestamp(int(status.st_mtime), UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _explain_error(error: OSError) -> Reason:
    """Return the operating system's text for an error, without the path."""
    return Reason("local-unreadable", {"error": error.strerror or type(error).__name__})


def _make_share(
    share_id: str, folder: Path, tree: ShareTree | None, reason: Reason | None
) -> Share:
    return Share(
        id=share_id,
        kind=ShareKind.LOCAL,
        name=folder.name or split_share_id(share_id).token,
        base_url="",
        endpoint=None,
        server_version=None,
        status=ShareStatus.UNREADABLE if tree is None else ShareStatus.OK,
        listing=ListingKind.NONE if tree is None else ListingKind.LOCAL,
        tree=tree,
        reason=reason,
    )
