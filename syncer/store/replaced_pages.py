"""Pages of a handbook replaced together: all new ones are on the disk before the first is used.

A page with several names (hard links) is replaced under the name that was read, as git does it; the
others keep the old content. A page that nobody may write is refused, as editors refuse it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from syncer.errors import RunLocked, StoreError
from syncer.store.files import advise, open_to_read
from syncer.store.open_folders import open_below

_CHANGED = "The file changed since it was read"
_PART = re.compile(r"\.syncer-[0-9a-f]{16}\.part")
_ROOT_FLAGS = os.O_DIRECTORY
_PART_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class _WriteProtectedError(OSError):
    """A page that this user may not write, though its folder would allow to replace it."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "It is write-protected")


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A new page that lies beside the old one."""

    place: str
    part: str
    old: os.stat_result


def replace_inside(root: Path, changes: Iterable[tuple[str, bytes, bytes]]) -> None:
    """Replace regular files below `root`, each given by its path, its content and the new content.

    No symbolic link is followed below `root`; mode and owner stay. Nothing is replaced before every
    file was found to have its content, and all new ones are written. What a run that was killed
    left beside the pages is removed.

    Raises:
        StoreError: a file changed, is no regular file, is write-protected, is reached by a link, or
            cannot be replaced. The message says which files were written and which were not.
        RunLocked: another process replaces files there.
    """
    files = tuple(changes)
    written: list[str] = []
    prepared: list[_Prepared] = []
    place = ""
    try:
        with _lock(root) as handle:
            try:
                for place, before, after in files:
                    prepared.append(_prepare(handle, place, before, after))
                for one in prepared:
                    place = one.place
                    _put_in_place(handle, one)
                    written.append(place)
            finally:
                _discard(handle, prepared[len(written) :])
    except OSError as error:
        raise StoreError(
            _explain(root, place, error, written, [one[0] for one in files])
        ) from error


def _explain(
    root: Path, place: str, error: OSError, written: Sequence[str], places: Sequence[str]
) -> str:
    advice = advise(root / place, error)
    if isinstance(error, _WriteProtectedError):
        advice = "Make it writable for this user (chmod u+w), and run the command again."
    if written:
        left = ", ".join(places[len(written) :])
        advice += (
            f" Written: {', '.join(written)}. Not written: {left}. The next run corrects these."
        )
    elif len(places) > 1:
        advice += f" None of the {len(places)} pages was written."
    return f"Cannot write {root / place}: {error.strerror or error}. {advice}"


@contextmanager
def _lock(root: Path) -> Iterator[int]:
    """Open a handbook's folder, alone where locks are to be had; sweep what a killed run left."""
    handle = os.open(root, _ROOT_FLAGS)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunLocked(
                f"Another run writes the pages in {root}. Wait for it to end."
            ) from None
        except OSError:
            pass  # A network drive without locks: the parts of another run must stay.
        else:
            _sweep(handle)
        yield handle
    finally:
        os.close(handle)


def _sweep(root: int) -> None:
    for _, folders, names, folder in os.fwalk(".", dir_fd=root):
        if ".git" in folders:
            folders.remove(".git")
        for name in filter(_PART.fullmatch, names):
            with suppress(OSError):
                os.unlink(name, dir_fd=folder)


def _prepare(root: int, place: str, before: bytes, after: bytes) -> _Prepared:
    """Check the content of a file, and write the new one beside it."""
    *above, name = Path(place).parts
    with open_below(root, above, create=False) as folder:
        with open_to_read(name, folder) as file:
            old = os.fstat(file.fileno())
            if not stat.S_ISREG(old.st_mode) or file.read(len(before) + 1) != before:
                raise OSError(errno.EBUSY, _CHANGED, name)
        may_write = os.access(name, os.W_OK, dir_fd=folder, effective_ids=True)
        # Root may write everything, and is asked all the same: it is mostly one who forgot.
        if not (may_write and stat.S_IMODE(old.st_mode) & 0o222):
            raise _WriteProtectedError
        # Without the file's name, which may be as long as names can be.
        part = f".syncer-{secrets.token_hex(8)}.part"
        try:
            with os.fdopen(os.open(part, _PART_FLAGS, 0o600, dir_fd=folder), "wb") as file:
                file.write(after)
                own = os.fstat(file.fileno())
                if (own.st_uid, own.st_gid) != (old.st_uid, old.st_gid):
                    os.fchown(file.fileno(), old.st_uid, old.st_gid)
                os.fchmod(file.fileno(), stat.S_IMODE(old.st_mode))
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            _unlink(part, folder)
            raise
    return _Prepared(place, part, old)


def _put_in_place(root: int, one: _Prepared) -> None:
    *above, name = Path(one.place).parts
    with open_below(root, above, create=False) as folder:
        _refuse_saved(folder, name, one.old)
        os.rename(one.part, name, src_dir_fd=folder, dst_dir_fd=folder)
        with suppress(OSError):
            # The page is in its place; only a power cut could still undo that.
            os.fsync(folder)


def _refuse_saved(folder: int, name: str, old: os.stat_result) -> None:
    """Raise `OSError` for a file that an editor, or another run, saved since it was `old`."""
    new = os.stat(name, dir_fd=folder, follow_symlinks=False)
    is_same = new.st_size == old.st_size and new.st_mtime_ns == old.st_mtime_ns
    if not (is_same and os.path.samestat(new, old)):
        raise OSError(errno.EBUSY, _CHANGED, name)


def _discard(root: int, prepared: Iterable[_Prepared]) -> None:
    for one in prepared:
        with (
            suppress(OSError),
            open_below(root, Path(one.place).parts[:-1], create=False) as folder,
        ):
            _unlink(one.part, folder)


def _unlink(name: str, folder: int) -> None:
    with suppress(OSError):
        os.unlink(name, dir_fd=folder)
