"""Folders below an open one, reached without following a symbolic link."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from syncer.store.files import open_to_read

_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW
_CHUNK_BYTES = 1 << 20


@contextmanager
def open_below(root: int, parts: Sequence[str], *, create: bool) -> Iterator[int]:
    """Yield a folder below `root`, opened part by part; raises `OSError` for a link on the way."""
    folder = os.dup(root)
    try:
        for part in parts:
            if create:
                with suppress(FileExistsError):
                    os.mkdir(part, 0o755, dir_fd=folder)
                    os.fsync(folder)
            below = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = below
        yield folder
    finally:
        os.close(folder)


def list_above(path: str) -> list[str]:
    """Return the folders above a path, the highest first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def find_in_the_way(root: int, folders: Iterable[str], file: str | None) -> tuple[str, str] | None:
    """Return what is in the way of a file, and its path; None for nothing.

    Args:
        root: an open folder; all paths are relative to it.
        folders: those that the file needs, the highest first.
        file: where it goes; None where a free name is found for it.

    Returns:
        "file" or "link" in the place of a folder, "folder" in that of the file.
    """
    for place in (*folders, *(() if file is None else (file,))):
        try:
            mode = os.stat(place, dir_fd=root, follow_symlinks=False).st_mode
        except OSError:
            return None
        if stat.S_ISDIR(mode) is (place == file):
            return "folder" if place == file else "link" if stat.S_ISLNK(mode) else "file", place
    return None


def exists_in(name: str, folder: int) -> bool:
    """Return whether there is anything of that name in an open folder."""
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def link_or_copy(name: str, folder: int, to: str, into: int) -> None:
    """Add a second name for a file in another folder; a copy where there are no hard links.

    Raises:
        OSError: there is no such file, or it cannot be written.
    """
    try:
        os.link(name, to, src_dir_fd=folder, dst_dir_fd=into, follow_symlinks=False)
    except FileNotFoundError:
        raise
    except OSError:
        with open_to_read(name, folder) as old:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with os.fdopen(os.open(to, flags, 0o644, dir_fd=into), "wb") as new:
                shutil.copyfileobj(old, new, _CHUNK_BYTES)
                new.flush()
                os.fsync(new.fileno())
