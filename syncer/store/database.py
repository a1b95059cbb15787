"""The state database: one SQLite file with everything that is remembered between runs.

A record counts only if its checksum is right. A damaged file is set aside and replaced by an empty
one, also in the middle of a run: losing the memory costs a full walk, never a verdict.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import msgspec

from syncer.errors import StoreError
from syncer.model.reason import Reason
from syncer.store.files import open_state_file

T = TypeVar("T")

FILE_NAME = "state.sqlite3"

VERSION = 3
_SCHEMA = """
CREATE TABLE record (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    checksum INTEGER NOT NULL,  -- CRC-32 of kind, key and content
    content BLOB NOT NULL,      -- MessagePack
    PRIMARY KEY (kind, key)
) STRICT;
"""

_MOUNTS = Path("/proc/self/mountinfo")
# Those whose locks and shared memory SQLite's WAL cannot rely on (sqlite.org/wal.html).
_NETWORK = frozenset(
    {"9p", "afs", "ceph", "cifs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
)
_NETWORK_PREFIXES = ("fuse.", "fuseblk.")

# The file is in use, out of reach or out of room, and its content may be sound.
_NOT_DAMAGE = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_MISUSE,
        sqlite3.SQLITE_PROTOCOL,
    }
)
# Of the errors of input and output those that a content makes which is cut off or wrong. The others
# are the disk's: a full one has no room for the file that SQLite shares between processes, or a
# write is refused.
_DAMAGE_OF_IO = frozenset(
    {
        sqlite3.SQLITE_IOERR_READ,
        sqlite3.SQLITE_IOERR_SHORT_READ,
        sqlite3.SQLITE_IOERR_CORRUPTFS,
    }
)


class _UnusableStateError(Exception):
    """The content of the file must not be used."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


# A folder where a file should be, or the other way round, or one that is not empty.
_IN_THE_WAY = (errno.EISDIR, errno.ENOTDIR, errno.ENOTEMPTY, errno.EEXIST)
_SET_ASIDE_FOLDERS = 10
# SQLite keeps these beside a database.
_BESIDE = ("-wal", "-shm", "-journal")
# SQLite's own words about a damaged schema may not be UTF-8.
_FAILURES = (sqlite3.Error, _UnusableStateError, UnicodeDecodeError)


class Records:
    """The records of a database, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use an open connection."""
        self._connection = connection

    def get(self, kind: str, key: str, type_: type[T]) -> T | None:
        """Return a record; None without one, and for one that another version wrote."""
        query = "SELECT key, checksum, content FROM record WHERE kind = ? AND key = ?"
        return next((one for _, one in self._read(kind, query, (kind, key), type_)), None)

    def list(self, kind: str, type_: type[T]) -> Iterator[tuple[str, T]]:
        """Yield the keys and records of a kind by key, without those of another version."""
        query = "SELECT key, checksum, content FROM record WHERE kind = ? ORDER BY key"
        return self._read(kind, query, (kind,), type_)

    def put(self, kind: str, records: Iterable[tuple[str, object]]) -> None:
        """Write records by key, in place of earlier ones with the same key."""
        packed = ((key, msgspec.msgpack.encode(record)) for key, record in records)
        self._connection.executemany(
            "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)",
            ((kind, key, _seal(kind, key, content), content) for key, content in packed),
        )

    def delete(self, kind: str, key: str | None = None) -> None:
        """Delete a record, or all of a kind."""
        if key is None:
            self._connection.execute("DELETE FROM record WHERE kind = ?", (kind,))
        else:
            self._connection.execute("DELETE FROM record WHERE kind = ? AND key = ?", (kind, key))

    def _read(
        self, kind: str, query: str, values: tuple[str, ...], type_: type[T]
    ) -> Iterator[tuple[str, T]]:
        for key, checksum, content in self._connection.execute(query, values):
            if not isinstance(content, bytes) or checksum != _seal(kind, key, content):
                raise _UnusableStateError(Reason("state-damaged"))
            try:
                record = msgspec.msgpack.decode(content, type=type_)
            except msgspec.ValidationError:
                continue
            except (ValueError, RecursionError) as error:
                raise _UnusableStateError(Reason("state-damaged")) from error
            yield key, record


def _seal(kind: str, key: str, content: bytes) -> int:
    return crc32(content, crc32(f"{kind}\0{key}".encode("utf-8", "surrogatepass")))


class Database:
    """The state database; usable from several threads."""

    def __init__(self, path: Path, on_set_aside: Callable[[Reason], None]) -> None:
        """Open the file at `path`; use `open_database`."""
        self._path = path
        self._on_set_aside = on_set_aside
        self._lock = threading.Lock()
        self._connection = self._open()

    def run(self, work: Callable[[Records], T], default: T) -> T:
        """Do `work` in one transaction, which is rolled back when it fails.

        Returns:
            What `work` returns; `default` when the file turned out to be damaged. It is then set
            aside, and the database is empty.

        Raises:
            StoreError: the file is locked, out of reach or read-only, or its disk is full.
        """
        with self._lock:
            try:
                return self._attempt(work)
            except _FAILURES as error:
                if not _is_damage(error, self._path):
                    raise _explain(self._path, error) from error
                self._connection.close()
                try:
                    self._set_aside(error)
                    self._connection = _connect(self._path)
                except (OSError, sqlite3.Error) as failure:
                    raise _explain(self._path, failure) from failure
                return default

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _attempt(self, work: Callable[[Records], T]) -> T:
        self._connection.execute("BEGIN")
        try:
            result = work(Records(self._connection))
            self._connection.execute("COMMIT")
        except BaseException:
            # SQLite may have rolled back already, or be unable to.
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        return result

    def _open(self) -> sqlite3.Connection:
        try:
            return _connect(self._path)
        except _FAILURES as error:
            if not _is_damage(error, self._path):
                raise
            self._set_aside(error)
        return _connect(self._path)

    def _set_aside(self, error: Exception) -> None:
        for suffix in _BESIDE:
            beside = self._path.with_name(self._path.name + suffix)
            if beside.is_dir() and not beside.is_symlink():
                _move_aside(beside)
            else:
                beside.unlink(missing_ok=True)
        _move_aside(self._path)
        known = error.reason if isinstance(error, _UnusableStateError) else None
        self._on_set_aside(known or Reason("state-damaged"))


def _move_aside(path: Path) -> None:
    """Rename a file or folder to its name and `.set-aside`, in place of an earlier one.

    With a number where that is not possible: a folder is not replaced by a file, nor deleted.
    """
    for number in range(_SET_ASIDE_FOLDERS):
        place = path.with_name(f"{path.name}.set-aside{f'-{number}' if number else ''}")
        try:
            path.replace(place)
        except OSError as error:
            if error.errno not in _IN_THE_WAY or number == _SET_ASIDE_FOLDERS - 1:
                raise
        else:
            return


def open_database(
    folder: Path, on_set_aside: Callable[[Reason], None] = lambda _: None
) -> Database:
    """Open the database in `folder`, which is created when missing.

    A file of an earlier version is emptied. One that is damaged, or of a newer version, is renamed
    to `state.sqlite3.set-aside`, in place of an earlier one of that name.

    Args:
        folder: the state folder.
        on_set_aside: called with the reason whenever a file is set aside, now or later.

    Raises:
        StoreError: the folder cannot be made or written, or the database is locked by another.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Database(path, on_set_aside)
    except (OSError, sqlite3.Error) as error:
        raise _explain(path, error) from error


def _explain(path: Path, error: Exception) -> StoreError:
    return StoreError(
        f"The state database {path} cannot be used: {error}. Check that the folder exists, "
        "is writable for this user and not full."
    )


def _is_damage(error: Exception, path: Path) -> bool:
    """Return whether an error shows that the content of the file is wrong."""
    # Without a code: text that is not UTF-8.
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return not isinstance(error, sqlite3.ProgrammingError)
    if code & 0xFF == sqlite3.SQLITE_IOERR:
        return code in _DAMAGE_OF_IO
    code &= 0xFF
    if code == sqlite3.SQLITE_READONLY:
        # A wrong byte in its header makes a writable file read-only for SQLite.
        return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return code not in _NOT_DAMAGE


def _connect(path: Path) -> sqlite3.Connection:
    with suppress(FileNotFoundError):
        kind = path.lstat().st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISLNK(kind):
            raise _UnusableStateError(Reason("state-damaged"))
    # SQLite itself would follow a symbolic link, and wait at a FIFO.
    os.close(open_state_file(path, os.O_RDWR | os.O_CREAT))
    for suffix in _BESIDE:
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(path.with_name(path.name + suffix).lstat().st_mode):
                raise _UnusableStateError(Reason("state-damaged"))
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Check that the file is sound, and create its schema, in place of an earlier one."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise _UnusableStateError(Reason("state-from-newer-version", {"version": version}))
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _UnusableStateError(Reason("state-damaged"))
    # WAL needs shared memory between processes, which network file systems do not give.
    mode = "DELETE" if is_on_network(path.parent) else "WAL"
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute("PRAGMA synchronous = NORMAL")
    if version < VERSION:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        drops = "".join(f'DROP TABLE "{name}"; ' for (name,) in tables.fetchall())
        script = f"{drops} {_SCHEMA} PRAGMA user_version = {VERSION};"
        connection.executescript(f"BEGIN; {script} COMMIT;")


def is_on_network(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Return whether a folder is on a network file system, or on one in user space.

    False when unknown, as on a system without `/proc`.

    Args:
        folder: an existing one.
        mounts: the kernel's list of mounts (proc_pid_mountinfo(5)).

    Raises:
        OSError: there is no such folder.
    """
    device = folder.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    for line in lines:
        mount, _, beyond = line.partition(" - ")
        if mount.split(" ")[2:3] == [number]:
            kind = beyond.partition(" ")[0]
            return kind in _NETWORK or kind.startswith(_NETWORK_PREFIXES)
    return False
