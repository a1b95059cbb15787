"""A folder on this machine, as the desktop client synchronises it, read as a share.

The same tree as over WebDAV but for `file_id` and `etag`, which a disk does not know.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

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
)
from syncer.nextcloud.tree import MAX_DEPTH, MAX_ENTRIES, count_depth


def read_local_share(share_id: str, folder: Path) -> Share:
    """Read a folder, or a single file, as the share `share_id`.

    Symbolic links are not followed: what they point to is not in the share. A folder that cannot
    be read is unread, as over WebDAV. Nothing is hidden but what the desktop client itself keeps
    beside the files and never uploads.

    Returns:
        The share, of kind LOCAL; UNREADABLE with its reason when there is no such folder. Names
        that are no UTF-8 make their folder unread: over WebDAV no file can bear one.
    """
    try:
        status = folder.stat()
    except OSError as error:
        reason = Reason("local-unreadable", {"error": _name_error(error)})
        return _make_share(share_id, folder, None, reason)
    if stat.S_ISDIR(status.st_mode):
        tree = _LocalReader(folder).read()
        if tree.unread and not tree.unread[0].path:
            return _make_share(share_id, folder, None, tree.unread[0].reason)
        return _make_share(share_id, folder, tree, None)
    file = _make_file(unicodedata.normalize("NFC", folder.name), status)
    tree = ShareTree(files=(file,), folders=(), single_file=True)
    return _make_share(share_id, folder, tree, None)


class _LocalReader:
    """Collects a tree, level by level, so that no depth of folders exhausts the stack."""

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
            files=tuple(file for _, file in sorted(self._files.items())),
            folders=tuple(folder for _, folder in sorted(self._folders.items())),
            unread=tuple(UnreadFolder(path, self._unread[path]) for path in sorted(self._unread)),
        )

    def _read_folder(self, path: str, place: str) -> None:
        try:
            with os.scandir(place) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
            for entry in found:
                self._add(path, entry)
        except OSError as error:
            self._unread[path] = Reason("local-unreadable", {"error": _name_error(error)})
        except UnicodeEncodeError:
            self._unread[path] = Reason("local-name-not-utf8")

    def _add(self, folder: str, entry: os.DirEntry[str]) -> None:
        entry.name.encode()
        if _is_client_file(entry.name):
            return
        name = unicodedata.normalize("NFC", entry.name)
        path = f"{folder}/{name}" if folder else name
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(status.st_mode):
            if path in self._folders:
                self._unread[path] = Reason("folder-names-collide")
                return
            self._folders[path] = RemoteFolder(path, modified_at=_read_time(status))
            self._waiting.append((path, entry.path))
        elif stat.S_ISREG(status.st_mode):
            self._files.setdefault(path, _make_file(path, status))


def _is_client_file(name: str) -> bool:
    """Say whether the desktop client keeps this for itself: its database and its log."""
    return name.startswith((".sync_", "._sync_", ".owncloudsync", ".nextcloudsync"))


def _make_file(path: str, status: os.stat_result) -> RemoteFile:
    return RemoteFile(path, size_bytes=status.st_size, modified_at=_read_time(status))


def _read_time(status: os.stat_result) -> datetime | None:
    """Return the time of change to the second, as WebDAV gives it; None for nonsense."""
    try:
        return datetime.fromtimestamp(int(status.st_mtime), UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _name_error(error: OSError) -> str:
    """Return the operating system's own words for an error, without the path."""
    return error.strerror or type(error).__name__


def _make_share(
    share_id: str, folder: Path, tree: ShareTree | None, reason: Reason | None
) -> Share:
    return Share(
        id=share_id,
        kind=ShareKind.LOCAL,
        name=folder.name or share_id.rpartition("/")[2],
        base_url="",
        endpoint=None,
        server_version=None,
        status=ShareStatus.UNREADABLE if tree is None else ShareStatus.OK,
        listing=ListingKind.NONE if tree is None else ListingKind.LOCAL,
        tree=tree,
        reason=reason,
    )
