"""The one writer of files, and the run lock."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from syncer.errors import RunLocked, StoreError

LOCK_NAME = "run.lock"
LOCK_POLL_S = 1.0


def write_atomically(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write `content` to `path` so that a reader sees the old file or the new one, never a part.

    The folder is made when it is not there. `mode` is the file's permission bits.

    Raises:
        StoreError: the folder or the file cannot be written (rights, full disk); what stood at
            `path` is untouched.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
        temporary = None
        _sync_folder(path.parent)
    except OSError as error:
        raise StoreError(
            f"Cannot write {path}: {error.strerror or error}. Check that the folder is writable "
            "for this user and that the disk is not full."
        ) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut (rename(2) alone does not promise it)."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def hold_lock(folder: Path, *, wait: bool, sleep: Callable[[float], None]) -> Iterator[None]:
    """Hold the state folder's run lock; the kernel frees it when the process ends, however.

    Args:
        folder: the state folder, made when it is not there.
        wait: whether to wait for another run instead of leaving.
        sleep: waits for so many seconds.

    Raises:
        RunLocked: another run holds it and `wait` is false.
        StoreError: the lock file cannot be made.
    """
    path = folder / LOCK_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"Cannot make the lock file {path}: {error.strerror or error}. Check that the state "
            "folder is writable for this user."
        ) from error
    try:
        _take(handle, path, wait=wait, sleep=sleep)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path, *, wait: bool, sleep: Callable[[float], None]) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
                raise RunLocked(
                    f"Another run holds {path}"
                    + (f" (process {holder})" if holder else "")
                    + ". Wait for it to end, or use --wait."
                ) from None
            sleep(LOCK_POLL_S)
        else:
            return
