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
from typing import BinaryIO, TypeVar

import msgspec

from syncer.errors import RunLocked, StoreError

T = TypeVar("T")

MAX_STATE_FILE_BYTES = 256 << 20
"""The manifest of a handbook with a hundred thousand rows has less."""
LOCK_NAME = "run.lock"
LOCK_POLL_S = 1.0
# The suffix of a file that is being written.
_PART = ".part"
_READ_FLAGS = os.O_NOFOLLOW | os.O_NONBLOCK


def open_to_read(path: str | Path, folder: int | None = None) -> BinaryIO:
    """Open a file, where `folder` is open one below it; no link is followed, no FIFO waited for.

    Raises:
        OSError: it cannot be opened, or is a folder. `os.fdopen` would leave that one open.
    """

    def open_handle(name: str, _: int) -> int:
        return os.open(name, _READ_FLAGS, dir_fd=folder)

    return open(path, "rb", opener=open_handle)


def write_atomically(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Replace the file at `path`, so that a reader sees the old content or the new, never a part.

    A missing folder is created. `mode` is the file's permission bits.

    Raises:
        StoreError: the folder or the file cannot be written (rights, full disk); the old file is
            untouched.
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
            f"Cannot write {path}: {error.strerror or error}. {advise(path, error)}"
        ) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)


def write_output(path: Path, content: bytes) -> None:
    """Write `content` to a target that a person named.

    A device, a FIFO or a link to one is written into. Of a symbolic link to a file the target is
    replaced, and the link stays. Anything else is written atomically.

    Raises:
        StoreError: it cannot be written.
    """
    try:
        if _is_written_into(path):
            handle = os.open(path, os.O_WRONLY | os.O_TRUNC)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            return
        target = _follow_link(path) if path.is_symlink() else path
    except OSError as error:
        raise StoreError(
            f"Cannot write {path}: {error.strerror or error}. {advise(path, error)}"
        ) from error
    write_atomically(target, content)


def _is_written_into(path: Path) -> bool:
    """Return whether a target is no file that could be replaced, as `/dev/stdout` never is."""
    if {"dev", "proc"} & set(path.absolute().parts[1:2]):
        return True
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


def _follow_link(link: Path) -> Path:
    """Return a link's target; as the kernel does, trust no stranger's link in a shared folder."""
    folder, owner = link.parent.stat(), link.lstat().st_uid
    is_shared = folder.st_mode & stat.S_ISVTX and folder.st_mode & stat.S_IWOTH
    if is_shared and owner not in (os.geteuid(), folder.st_uid):
        raise PermissionError(errno.EACCES, "it is another user's symbolic link", str(link))
    return Path(os.path.realpath(link))


def open_state_file(path: Path, flags: int) -> int:
    """Open a file of the state folder, never through a symbolic link; return its descriptor.

    Raises:
        OSError: it cannot be opened, is a link, or is no regular file.
    """
    handle = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK, 0o644)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    return handle


def read_state_file(path: Path) -> bytes:
    """Return the content of a file of the state folder.

    Raises:
        OSError: it cannot be opened, is a link or no regular file, or is larger than any of ours.
    """
    with os.fdopen(open_state_file(path, os.O_RDONLY), "rb") as file:
        if os.fstat(file.fileno()).st_size > MAX_STATE_FILE_BYTES:
            raise OSError(errno.EFBIG, "Too big for a file of syncer", str(path))
        return file.read()


def read_state_record(path: Path, type_: type[T]) -> T | None:
    """Return the JSON record in a file of the state folder; None when it has none of this type."""
    try:
        return msgspec.json.decode(read_state_file(path), type=type_)
    except (OSError, ValueError, RecursionError):  # a ValueError also for text that is not UTF-8
        return None


def advise(path: Path, error: OSError) -> str:
    """Return the next step after an error in writing at `path`."""
    match error.errno:
        case errno.EEXIST | errno.ENOTDIR:
            above = (folder for folder in path.parents if folder.is_file())
            return f"{next(above, path.parent)} is a file and no folder: name another place."
        case errno.EISDIR:
            return "That is a folder: name a file."
        case errno.ENOSPC | errno.EDQUOT:
            return "Make room on the disk."
        case errno.EROFS:
            # In a service's sandbox only the folders that its unit names are writable.
            return "It is mounted read-only: name another place, or let the service write there."
        case errno.ENAMETOOLONG:
            return "Choose a shorter name."
        case errno.EBUSY:
            return "Run the command again."
        case errno.ELOOP | errno.EINVAL:
            return "Remove it, or name another place."
    return "Check that the folder is writable for this user."


def sweep_parts(folder: Path) -> None:
    """Remove the partial files of interrupted writers; only while holding the lock.

    A folder that cannot be read is skipped: the next write in it reports the error.
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
    """Hold the state folder's run lock; the kernel frees it at any end of the process.

    Args:
        folder: the state folder, created when missing.
        wait: whether to wait for another run to end.
        sleep: waits for a number of seconds.
        stop: ends the waiting when it is set.
        on_wait: called once, with a sentence that names the other run.

    Raises:
        RunLocked: another run holds it, and `wait` is false or the waiting was stopped.
        StoreError: the lock file cannot be created.
    """
    path = folder / LOCK_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = open_state_file(path, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise StoreError(
            f"Cannot make the lock file {path}: {error.strerror or error}. {advise(path, error)}"
        ) from error
    try:
        waiting = False
        while not _try_lock(handle):
            holder = _name_holder(handle, path)
            if not wait:
                raise RunLocked(f"{holder} Wait for it to end, or use --wait.")
            if stop is not None and stop.is_set():
                raise RunLocked(f"{holder} The waiting for it was stopped.")
            if not waiting:
                on_wait(f"{holder} This one waits for it to end.")
                waiting = True
            sleep(LOCK_POLL_S)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
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
    """Change the owner of root's files below `folder` to the folder's owner, when run by root.

    Otherwise `sudo syncer audit` would leave files that a service cannot write. Symbolic links are
    not followed, and files with a second hard link are skipped, as they may belong elsewhere.
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
