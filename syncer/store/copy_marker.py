"""What a local copy of documents says of itself: its shares, and what is where.

The marker is at the top of the copy, so that the two are kept and restored together. A folder that
has files and no marker is not ours.
"""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from syncer.errors import ConfigError, RunLocked, StoreError
from syncer.store.files import open_to_read

MARKER = ".syncer-copy.json"
LOCK = ".syncer-copy.lock"
INDEX = "index.html"
REMOVED = ".removed"
SCHEMA = 1
OURS = ".syncer-"
"""How the names of our own files begin; no document's local name does."""

PART = ".part"
_MAX_MARKER_BYTES = 256 << 20
# No deeper share is read.
_MAX_DEPTH = 1_000


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """A document of the copy.

    Attributes:
        local: its path below the share's folder, `/` between the parts.
        file_id, etag, size_bytes: of the remote file whose content it has.
        mtime_ns: of the local file: with it and the size, a change by another hand is noticed.
        copied_at: when it was fetched; aware UTC.
        refused: the etag of a newer version that lies beside it, since it does not open; else None.
        refused_local: where that version is, likewise.
    """

    local: str
    file_id: int | None
    etag: str | None
    size_bytes: int
    mtime_ns: int
    copied_at: datetime
    refused: str | None = None
    refused_local: str | None = None


@dataclass(frozen=True, slots=True)
class CopiedShare:
    """A share of the copy: its folder, and its documents by path in the share."""

    folder: str
    files: dict[str, CopiedFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CopyMarker:
    """The whole content of the marker: its own version, and the shares by id."""

    schema: int
    shares: dict[str, CopiedShare]


def read_marker(folder: Path) -> dict[str, CopiedShare]:
    """Return what a copy has, by share id; {} for a folder that is empty or missing.

    Raises:
        ConfigError: the folder has files and no marker, or the marker is not readable.
        OSError: the folder cannot be read.
    """
    marker = folder / MARKER
    try:
        with open_to_read(marker) as file:
            content = file.read(_MAX_MARKER_BYTES)
    except FileNotFoundError:
        if folder.is_dir() and not all(one.name.startswith(OURS) for one in folder.iterdir()):
            raise ConfigError(
                f"[documents] copy: {folder} has files and no {MARKER}: it is no copy of ours, "
                "and is left alone. Name an empty folder."
            ) from None
        return {}
    except OSError as error:
        if error.errno in (errno.EISDIR, errno.ELOOP):
            raise _refuse(marker) from error
        raise
    try:
        read = msgspec.json.decode(content, type=CopyMarker)
    except (ValueError, RecursionError) as error:
        raise ConfigError(
            f"[documents] copy: {marker} is damaged, so that nothing in {folder} is touched. "
            "Move the folder away: the next run makes a new copy."
        ) from error
    if read.schema != SCHEMA or not all(map(_is_sound, read.shares.values())):
        raise ConfigError(
            f"[documents] copy: {marker} is of another version of syncer. Name another folder."
        )
    return read.shares


def _refuse(place: Path) -> ConfigError:
    return ConfigError(
        f"[documents] copy: {place} is no file, so that nothing in {place.parent} is touched. "
        "Remove it, or name another folder."
    )


def _is_sound(share: CopiedShare) -> bool:
    """Return whether every path of a share is one that this version writes."""
    locals_ = [one for file in share.files.values() for one in (file.local, file.refused_local)]
    paths = [share.folder, *(one for one in locals_ if one is not None)]
    return "/" not in share.folder and all(map(_is_sound_path, paths))


def _is_sound_path(path: str) -> bool:
    parts = path.split("/")
    return len(parts) <= _MAX_DEPTH and not any(
        part in ("", ".", "..") or "\0" in part for part in parts
    )


def take_lock(folder: Path, handle: int) -> int:
    """Lock a copy, whose folder is open as `handle`; the lock holds until the result is closed.

    Raises:
        RunLocked: another run writes this copy.
        ConfigError: something else has the name of the lock file.
        StoreError: the lock file cannot be made.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        lock = os.open(LOCK, flags, 0o644, dir_fd=handle)
    except OSError as error:
        if error.errno in (errno.EISDIR, errno.ELOOP):
            raise _refuse(folder / LOCK) from error
        raise explain_failure(folder, error) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise RunLocked(f"Another run writes the copy in {folder}. Wait for it to end.") from None
    return lock


def sweep_copy(folder: Path) -> None:
    """Remove the partial files of interrupted runs."""
    for place, folders, names, handle in os.fwalk(folder):
        if place == os.fspath(folder) and REMOVED in folders:
            folders.remove(REMOVED)
        for name in names:
            if name.startswith(OURS) and name.endswith(PART):
                with suppress(OSError):
                    os.unlink(name, dir_fd=handle)


def explain_failure(folder: Path, error: OSError) -> StoreError:
    """Return the error of a copy that cannot be written."""
    return StoreError(
        f"The copy in {folder} cannot be written: {error.strerror or error}. "
        "Check that this user may write there, and that the disk is not full."
    )
