"""The one writer of files, and the run lock."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from syncer.errors import RunLocked, StoreError

LOCK_NAME = "run.lock"
LOCK_POLL_S = 1.0
# The end of a name whose file is being written.
_PART = ".part"


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
        handle, temporary = tempfile.mkstemp(_PART, f".{path.name}.", path.parent)
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
            f"Cannot write {path}: {error.strerror or error}. {_advise(path, error)}"
        ) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)


def _advise(path: Path, error: OSError) -> str:
    """Return the next step for who cannot write at a path."""
    match error.errno:
        case errno.EEXIST | errno.ENOTDIR:
            above = (folder for folder in path.parents if folder.is_file())
            return f"{next(above, path.parent)} is a file and no folder: name another place."
        case errno.EISDIR:
            return "A folder stands there: name a file."
        case errno.ENOSPC | errno.EDQUOT:
            return "Make room on the disk."
        case errno.EROFS:
            # In a service's sandbox all is, but for what its unit names.
            return "It is mounted read-only: name another place, or let the service write there."
        case errno.ENAMETOOLONG:
            return "Choose a shorter name."
    return "Check that the folder is writable for this user."


def sweep_parts(folder: Path) -> None:
    """Remove what writers that were cut off have left in a folder; only while holding the lock.

    A folder that cannot be read is left alone: who writes in it next says why.
    """
    with suppress(OSError):
        for part in tuple(folder.glob(f".*{_PART}")):
            with suppress(OSError):
                part.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut (rename(2) alone does not promise it)."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def hold_lock(
    folder: Path,
    *,
    wait: bool,
    sleep: Callable[[float], None],
    stop: threading.Event | None = None,
    on_wait: Callable[[str], None] = lambda _: None,
) -> Iterator[None]:
    """Hold the state folder's run lock; the kernel frees it when the process ends, however.

    Args:
        folder: the state folder, made when it is not there.
        wait: whether to wait for another run instead of leaving.
        sleep: waits for so many seconds.
        stop: ends the waiting when it is set.
        on_wait: is told once, in a sentence, whom is waited for.

    Raises:
        RunLocked: another run holds it, and `wait` is false or the waiting was stopped.
        StoreError: the lock file cannot be made.
    """
    path = folder / LOCK_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"Cannot make the lock file {path}: {error.strerror or error}. {_advise(path, error)}"
        ) from error
    try:
        told = False
        while not _take(handle):
            holder = _name_holder(handle, path)
            if not wait:
                raise RunLocked(f"{holder} Wait for it to end, or use --wait.")
            if stop is not None and stop.is_set():
                raise RunLocked(f"{holder} The waiting for it was stopped.")
            if not told:
                on_wait(f"{holder} This one waits for it to end.")
                told = True
            sleep(LOCK_POLL_S)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    """Take the lock, unless another has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _name_holder(handle: int, path: Path) -> str:
    holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
    process = f" (process {holder})" if holder else ""
    return f"Another run holds {path}{process}."


def give_back(folder: Path) -> None:
    """Give what root has made below `folder` to the folder's owner; by anybody else, nothing.

    So that `sudo syncer audit` does not leave a service files that it cannot write. Links are not
    followed, and a file with a second name is left alone: that one may be anybody's.
    """
    if os.geteuid() != 0 or not folder.is_dir():
        return
    owner = folder.stat()
    if owner.st_uid == 0:
        return
    for _, folders, files, handle in os.fwalk(folder):
        for name in (*folders, *files):
            found = os.stat(name, dir_fd=handle, follow_symlinks=False)
            if found.st_uid == 0 and (stat.S_ISDIR(found.st_mode) or found.st_nlink == 1):
                os.chown(name, owner.st_uid, owner.st_gid, dir_fd=handle, follow_symlinks=False)
