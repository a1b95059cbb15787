"""The local copy of documents: one folder per share, never wrong and never half.

A file is written beside its place, synced and renamed into it, so that each name is at every moment
the old whole file or the new one. What was replaced or removed is kept below `.removed/DATE/`.
Nothing is written or moved through a symbolic link, whoever put it there.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import RLock
from typing import BinaryIO

import msgspec

from syncer.model.file_names import make_slug, mark_name
from syncer.model.ids import make_id
from syncer.model.shares import RemoteFile
from syncer.store.copy_marker import (
    INDEX,
    MARKER,
    OURS,
    PART,
    REMOVED,
    SCHEMA,
    CopiedFile,
    CopiedShare,
    CopyMarker,
    explain_failure,
    read_marker,
    sweep_copy,
    take_lock,
)
from syncer.store.copy_places import CopyPlaces
from syncer.store.files import open_to_read
from syncer.store.open_folders import (
    exists_in,
    find_in_the_way,
    link_or_copy,
    list_above,
    open_below,
)

_CHUNK_BYTES = 1 << 20


class DocumentCopy:
    """An open copy; its methods may be called from several threads."""

    def __init__(self, folder: Path, handle: int, shares: dict[str, CopiedShare]) -> None:
        """Use `open_copy`."""
        self.folder = folder
        self._handle = handle
        self._shares = shares
        self._lock = RLock()
        self._places: dict[str, CopyPlaces] = {}
        self._unsynced: set[tuple[str, ...]] = set()

    @property
    def shares(self) -> tuple[str, ...]:
        """The ids of the shares that have a folder, sorted."""
        return tuple(sorted(self._shares))

    @property
    def free_bytes(self) -> int:
        """How much this user can still write."""
        status = os.fstatvfs(self._handle)
        return status.f_bavail * status.f_frsize

    def list_files(self, share: str) -> dict[str, CopiedFile]:
        """Return the documents of a share by path; {} for one without a folder."""
        return dict(self._shares[share].files) if share in self._shares else {}

    def get(self, share: str, path: str) -> CopiedFile | None:
        """Return what is recorded of one document."""
        return self._shares[share].files.get(path) if share in self._shares else None

    def locate(self, share: str, file: CopiedFile) -> str:
        """Return where a document is, relative to the copy."""
        return f"{self._shares[share].folder}/{file.local}"

    def find(self, share: str, file: RemoteFile) -> CopiedFile | None:
        """Return the copy of a remote file as it is now; None without one.

        A refused version counts: fetching it again would change nothing.
        """
        known = self.get(share, file.path)
        if known is None or file.etag is None or not self.is_whole(share, known):
            return None
        same = known.etag == file.etag and file.size_bytes in (None, known.size_bytes)
        return known if same or known.refused == file.etag else None

    def is_whole(self, share: str, known: CopiedFile) -> bool:
        """Return whether the local file is still the one that was written."""
        try:
            with self._open_folder(share, known.local, create=False) as (folder, name):
                found = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError:
            return False
        return (
            stat.S_ISREG(found.st_mode)
            and found.st_size == known.size_bytes
            and found.st_mtime_ns == known.mtime_ns
        )

    @contextmanager
    def read(self, share: str, local: str) -> Iterator[BinaryIO]:
        """Open a file of a share's folder; raises `OSError`."""
        with self._open_folder(share, local, create=False) as (folder, name):
            opened = open_to_read(name, folder)
        with opened:
            yield opened

    def add_share(self, share: str, label: str) -> None:
        """Name the folder of a share, once and for ever."""
        with self._lock:
            if share in self._shares:
                return
            taken = {known.folder for known in self._shares.values()}
            slug = folder = make_slug(label) or "share"
            seed = share
            while folder in taken | {INDEX}:
                folder, seed = mark_name(slug, seed), f"{seed} again"
            self._shares[share] = CopiedShare(folder)

    def choose_place(self, share: str, path: str) -> str:
        """Return where a document of a share belongs, below the share's folder.

        A name that differs from another one in case only would be the same on Windows.
        """
        with self._lock:
            return self._open_places(share).choose(path)

    def choose_beside(self, share: str, path: str) -> str:
        """Return where a version lies that must not replace a document, likewise."""
        with self._lock:
            return self._open_places(share).choose_beside(path)

    def find_in_the_way(self, share: str, path: str, day: date) -> tuple[str, str] | None:
        """Return what is in the way of a document of a share, also where it is kept or refused.

        Returns:
            "file", "folder" or "link", and where it is in the copy; None for nothing.
        """
        folder = self._shares[share].folder
        places = [
            f"{folder}/{choose(share, path)}" for choose in (self.choose_place, self.choose_beside)
        ]
        kept = "/".join((*self._choose_removed(places[0].split("/")[:-1], day), "-"))
        found = [find_in_the_way(self._handle, list_above(place), place) for place in places]
        found.append(find_in_the_way(self._handle, list_above(kept), None))
        return next(filter(None, found), None)

    def _open_places(self, share: str) -> CopyPlaces:
        if share not in self._places:
            self._places[share] = CopyPlaces(self._shares[share].files)
        return self._places[share]

    @contextmanager
    def write(self, share: str, file: RemoteFile, copied_at: datetime) -> Iterator[NewFile]:
        """Yield a new file to write a document into; it goes nowhere until it is put in place.

        Raises:
            StoreError: it cannot be made.
        """
        local = self.choose_place(share, file.path)
        try:
            with self._open_folder(share, local, create=True) as (folder, name):
                digits = make_id("", share, file.path, file.etag or "")
                part = f"{OURS}{digits}{PART}"
                with suppress(FileNotFoundError):
                    os.unlink(part, dir_fd=folder)
                flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
                handle = os.open(part, flags, 0o644, dir_fd=folder)
                try:
                    with os.fdopen(handle, "w+b") as content:
                        yield NewFile(
                            self, share, file, copied_at, local, content, folder, part, name
                        )
                finally:
                    with suppress(OSError):
                        os.unlink(part, dir_fd=folder)
        except OSError as error:
            raise explain_failure(self.folder, error) from error

    def record(self, share: str, path: str, copied: CopiedFile) -> None:
        """Remember what is at a document's place; `save` writes it."""
        with self._lock:
            self._shares[share].files[path] = copied

    def adopt(self, share: str, file: RemoteFile, old: CopiedFile) -> None:
        """Copy a document that was moved upstream to its new place, without fetching it.

        The old place keeps its file until it is retired.

        Raises:
            StoreError: it cannot be copied there.
        """
        with self.write(share, file, old.copied_at) as new:
            with self.read(share, old.local) as content:
                shutil.copyfileobj(content, new.content, _CHUNK_BYTES)
            new.put_in_place(day=old.copied_at.date())

    def retire(self, share: str, path: str, day: date) -> None:
        """Move a document, and a refused version of it, to `.removed/DATE/`.

        Raises:
            StoreError: it cannot be moved.
        """
        known = self._shares[share].files[path]
        try:
            for local in filter(None, (known.local, known.refused_local)):
                self._move_to_removed(share, local, day)
        except OSError as error:
            raise explain_failure(self.folder, error) from error
        with self._lock:
            del self._shares[share].files[path]

    def purge(self, before: date) -> None:
        """Delete the folders of `.removed` that are of an earlier day."""
        removed = self.folder / REMOVED
        if removed.is_symlink() or not removed.is_dir():
            return
        for folder in removed.iterdir():
            with suppress(ValueError, OSError):
                if date.fromisoformat(folder.name) < before:
                    shutil.rmtree(folder)  # refuses a symbolic link

    def save(self) -> None:
        """Write the marker, once the folders that it speaks of are on disk.

        Raises:
            StoreError: it cannot be written; the old one is untouched.
        """
        with self._lock:
            shares = {
                share: replace(known, files=dict(sorted(known.files.items())))
                for share, known in sorted(self._shares.items())
            }
            self._sync_folders()
            content = msgspec.json.encode(CopyMarker(SCHEMA, shares))
            self.write_file(MARKER, content)

    def read_start(self, name: str) -> bytes:
        """Return the first kilobyte of a file of our own; b"" for none."""
        with suppress(OSError), open_to_read(name, self._handle) as file:
            return file.read(1_024)
        return b""

    def _sync_folders(self) -> None:
        """Make the renames of documents survive a power cut, each folder once."""
        try:
            while self._unsynced:
                with (
                    suppress(FileNotFoundError),
                    open_below(self._handle, self._unsynced.pop(), create=False) as folder,
                ):
                    os.fsync(folder)
        except OSError as error:
            raise explain_failure(self.folder, error) from error

    def note_rename(self, share: str, local: str) -> None:
        """Remember that the folder of a file is to be synced."""
        with self._lock:
            self._unsynced.add((self._shares[share].folder, *local.split("/")[:-1]))

    def write_file(self, name: str, content: bytes) -> None:
        """Replace a file of our own at the top of the copy, unless it is the same already.

        Raises:
            StoreError: it cannot be written; the old one is untouched.
        """
        with suppress(OSError), open_to_read(name, self._handle) as file:
            if file.read(len(content) + 1) == content:
                return
        part = f"{OURS}{name}{PART}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK
        try:
            handle = os.open(part, flags, 0o644, dir_fd=self._handle)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.rename(part, name, src_dir_fd=self._handle, dst_dir_fd=self._handle)
            os.fsync(self._handle)
        except OSError as error:
            with suppress(OSError):
                os.unlink(part, dir_fd=self._handle)
            raise explain_failure(self.folder, error) from error

    def keep_old(self, share: str, local: str, day: date) -> None:
        """Keep the file at a place below `.removed/DATE/`, and leave it there too."""
        with (
            suppress(FileNotFoundError),
            self._open_folder(share, local, create=False) as (folder, name),
            self._open_removed(share, local, day) as (into, free),
        ):
            link_or_copy(name, folder, free, into)
            # Before the new version takes the name: a crash must not leave neither.
            os.fsync(into)

    def _move_to_removed(self, share: str, local: str, day: date) -> None:
        with (
            suppress(FileNotFoundError),
            self._open_folder(share, local, create=False) as (folder, name),
            self._open_removed(share, local, day) as (into, free),
        ):
            os.rename(name, free, src_dir_fd=folder, dst_dir_fd=into)
            os.fsync(into)
            os.fsync(folder)
        self._remove_empty(share, local)

    def _remove_empty(self, share: str, local: str) -> None:
        """Remove the folders above a file that are empty now."""
        for above in reversed(list_above(f"{self._shares[share].folder}/{local}")):
            parts = above.split("/")[:-1]
            with suppress(OSError), open_below(self._handle, parts, create=False) as folder:
                os.rmdir(above.rpartition("/")[2], dir_fd=folder)

    @contextmanager
    def _open_removed(self, share: str, local: str, day: date) -> Iterator[tuple[int, str]]:
        """Yield the folder below `.removed` for a file, and a name that is free there."""
        *above, name = f"{self._shares[share].folder}/{local}".split("/")
        with open_below(self._handle, self._choose_removed(above, day), create=True) as folder:
            yield folder, _find_free(name, partial(exists_in, folder=folder))

    def _choose_removed(self, above: list[str], day: date) -> list[str]:
        """Return the folders below `.removed` for a file; a file kept there may have their name."""
        chosen = [REMOVED, day.isoformat()]
        for name in above:
            chosen.append(_find_free(name, partial(self._is_kept_file, tuple(chosen))))
        return chosen

    def _is_kept_file(self, above: tuple[str, ...], name: str) -> bool:
        found = find_in_the_way(self._handle, ("/".join((*above, name)),), None)
        return found is not None and found[0] == "file"

    @contextmanager
    def _open_folder(self, share: str, local: str, *, create: bool) -> Iterator[tuple[int, str]]:
        """Yield the folder of a file of a share, and the file's name."""
        *above, name = f"{self._shares[share].folder}/{local}".split("/")
        with open_below(self._handle, above, create=create) as folder:
            yield folder, name


def _find_free(name: str, is_taken: Callable[[str], bool]) -> str:
    free, count = name, 1
    while is_taken(free):
        count += 1
        free = mark_name(name, f"{name} {count}")
    return free


@dataclass(frozen=True, slots=True)
class NewFile:
    """A document that is being written, in the folder where it belongs; `content` is empty."""

    copy: DocumentCopy
    share: str
    file: RemoteFile
    copied_at: datetime
    local: str
    content: BinaryIO
    folder: int
    part: str
    name: str

    def measure(self) -> int:
        """Return how many bytes it has."""
        return self.content.seek(0, os.SEEK_END)

    def put_in_place(self, *, day: date) -> CopiedFile:
        """Rename it to its name; an older version is kept in `.removed`. Return its record."""
        before = self.copy.get(self.share, self.file.path)
        if before is not None and before.refused_local is not None:
            self.copy._move_to_removed(self.share, before.refused_local, day)  # noqa: SLF001
        if exists_in(self.name, self.folder) and not self._is_same():
            self.copy.keep_old(self.share, self.local, day)
        return self._finish(self.name, self.local)

    def put_beside(self, before: CopiedFile, *, day: date) -> CopiedFile:
        """Rename it to a name beside the good copy, which stays; return the good copy's record."""
        if before.refused_local is not None:
            self.copy._move_to_removed(self.share, before.refused_local, day)  # noqa: SLF001
        local = self.copy.choose_beside(self.share, self.file.path)
        self._finish(local.rpartition("/")[2], local)
        known = replace(before, refused=self.file.etag, refused_local=local)
        self.copy.record(self.share, self.file.path, known)
        return known

    def _is_same(self) -> bool:
        """Return whether the file at its place has the same content, as after a run was killed."""
        try:
            with open_to_read(self.name, self.folder) as old:
                if os.fstat(old.fileno()).st_size != self.measure():
                    return False
                self.content.seek(0)
                while chunk := old.read(_CHUNK_BYTES):
                    if chunk != self.content.read(_CHUNK_BYTES):
                        return False
        except OSError:
            return False
        return True

    def _finish(self, name: str, local: str) -> CopiedFile:
        self.content.flush()
        handle = self.content.fileno()
        if self.file.modified_at is not None:
            seconds = self.file.modified_at.timestamp()
            os.utime(handle, (seconds, seconds))
        os.fsync(handle)
        os.rename(self.part, name, src_dir_fd=self.folder, dst_dir_fd=self.folder)
        self.copy.note_rename(self.share, local)
        written = os.fstat(handle)
        copied = CopiedFile(
            local=local,
            file_id=self.file.file_id,
            etag=self.file.etag,
            size_bytes=written.st_size,
            mtime_ns=written.st_mtime_ns,
            copied_at=self.copied_at,
        )
        self.copy.record(self.share, self.file.path, copied)
        return copied


@contextmanager
def open_copy(folder: Path, *, writes: bool) -> Iterator[DocumentCopy]:
    """Open the copy in a folder, which is made when it is to be written.

    Args:
        folder: empty, missing, or with the marker of a copy.
        writes: lock it, write the marker, and remove what interrupted runs left.

    Raises:
        ConfigError: the folder has files and no marker, or the marker is not readable.
        RunLocked: another run writes this copy.
        StoreError: the folder cannot be used.
    """
    try:
        if writes:
            folder.mkdir(parents=True, exist_ok=True)
        shares = read_marker(folder)
        if not folder.is_dir():
            yield DocumentCopy(folder, -1, {})
            return
        handle = os.open(folder, os.O_DIRECTORY)
    except OSError as error:
        raise explain_failure(folder, error) from error
    lock = -1
    try:
        if writes:
            lock = take_lock(folder, handle)
            # Another run may have finished meanwhile.
            shares = read_marker(folder)
        copy = DocumentCopy(folder, handle, shares)
        if writes:
            copy.save()
            sweep_copy(folder)
        yield copy
    finally:
        for one in (lock, handle):
            if one >= 0:
                os.close(one)
