"""The state database: one SQLite file in the state folder, shared by all that is remembered.

Each module beside this one owns its tables and gives its `SCHEMA`; this one opens, migrates, and
sets aside what cannot be trusted. Losing the database costs a full walk, never a verdict.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from syncer.errors import StoreError
from syncer.model.reason import Reason
from syncer.store import link_memory, share_memory, suspicions
from syncer.store.filesystem import is_on_network

FILE_NAME = "state.sqlite3"

# One script per schema version, the first makes version 1. A released one is never edited.
MIGRATIONS: tuple[str, ...] = (
    share_memory.SCHEMA + link_memory.SCHEMA + suspicions.SCHEMA,
    share_memory.ENTRIES_IN_PARTS,
)


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `set_aside` says why an older file was put out of the way, else None."""

    connection: sqlite3.Connection
    set_aside: Reason | None = None


def open_database(folder: Path) -> Database:
    """Open the database in `folder`, made and migrated as needed.

    A file that is damaged, or from a newer syncer, is renamed to `state.sqlite3.set-aside` (an
    earlier one of that name is replaced) and a new one begun.

    Raises:
        StoreError: the folder cannot be made or written, or the database is locked by another.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        reason = _distrust(path)
        if reason is not None:
            _set_aside(path)
        return Database(_connect_and_migrate(path), reason)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"The state database {path} cannot be used: {error}. Check that the folder exists, "
            "is writable for this user and not full."
        ) from error


def _distrust(path: Path) -> Reason | None:
    """Say why an existing file must not be used; None when it may, or when there is none."""
    if not path.exists():
        return None
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, timeout=30)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            return Reason("state-from-newer-version", {"version": version})
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            return Reason("state-damaged")
    except sqlite3.OperationalError:
        # Locked or unreadable is not damaged: the caller tells it as it is.
        raise
    except sqlite3.DatabaseError:
        return Reason("state-damaged")
    finally:
        if connection is not None:
            connection.close()
    return None


def _set_aside(path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.replace(path.with_name(path.name + ".set-aside"))


def _connect_and_migrate(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    # WAL needs shared memory between processes, which network file systems do not give.
    mode = "DELETE" if is_on_network(path.parent) else "WAL"
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;")
    return connection
