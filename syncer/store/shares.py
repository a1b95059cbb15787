"""What is remembered of shares and hosts between runs (the room `nextcloud` says what for).

One row per folder and file: a tree of a million entries is written and read as a stream, and each
call is one transaction, whole or without effect.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from syncer.errors import StoreError
from syncer.model.shares import (
    HostKnowledge,
    RememberedRefusal,
    RememberedShare,
    RemoteFile,
    RemoteFolder,
    ShareStatus,
    ShareTree,
)

# Times are whole seconds since 1970, UTC: WebDAV gives no finer ones. Without a rowid the entries
# lie in the order in which a tree is read.
SCHEMA = """
CREATE TABLE remembered_share (
    share TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    endpoint TEXT NOT NULL,
    root_file_id INTEGER,
    root_etag TEXT,
    last_full_walk_at INTEGER NOT NULL,
    single_file INTEGER NOT NULL
) STRICT;
CREATE TABLE remembered_entry (
    number INTEGER NOT NULL,
    folder INTEGER NOT NULL,
    path TEXT NOT NULL,
    size_bytes INTEGER,
    modified_at INTEGER,
    file_id INTEGER,
    etag TEXT,
    PRIMARY KEY (number, folder, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE remembered_refusal (
    share TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    asked_at INTEGER NOT NULL
) STRICT;
CREATE TABLE remembered_host (
    host TEXT PRIMARY KEY,
    version TEXT,
    endpoint TEXT,
    asked_at INTEGER NOT NULL,
    infinity_failed_at INTEGER
) STRICT;
"""

# A path goes in as bytes: a str that SQLite has seen keeps its UTF-8 beside itself for as long as
# it lives, 150 MB in a tree of a million.
_INSERT_ENTRY = "INSERT INTO remembered_entry VALUES (?, ?, CAST(? AS TEXT), ?, ?, ?, ?)"
_SELECT_ENTRIES = (
    "SELECT path, size_bytes, modified_at, file_id, etag FROM remembered_entry"
    " WHERE number = ? AND folder = ? ORDER BY path"
)


class ShareStore:
    """The tables of shares and hosts in an open database; usable from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection that `store.database` opened."""
        self._connection = connection
        self._lock = threading.Lock()

    def load_share(self, share: str) -> RememberedShare | None:
        """Return what is remembered of a share; None when nothing is."""
        row = self._fetch_one(
            "SELECT endpoint, root_file_id, root_etag, last_full_walk_at"
            " FROM remembered_share WHERE share = ?",
            share,
        )
        if row is None:
            return None
        endpoint, root_file_id, root_etag, last_full_walk_at = row
        return RememberedShare(
            share, endpoint, root_file_id, root_etag, _read_time(last_full_walk_at)
        )

    def load_tree(self, share: str) -> ShareTree:
        """Return the remembered tree of a share, empty when nothing is remembered."""
        with self._transaction() as connection:
            row = connection.execute(
                "SELECT number, single_file FROM remembered_share WHERE share = ?", (share,)
            ).fetchone()
            if row is None:
                return ShareTree((), ())
            number, single_file = row
            times: dict[int, datetime] = {}
            files = tuple(
                RemoteFile(path, size, _read_some_time(at, times), file_id, etag)
                for path, size, at, file_id, etag in connection.execute(
                    _SELECT_ENTRIES, (number, 0)
                )
            )
            folders = tuple(
                RemoteFolder(path, file_id, etag, _read_some_time(at, times))
                for path, _, at, file_id, etag in connection.execute(_SELECT_ENTRIES, (number, 1))
            )
        return ShareTree(files=files, folders=folders, single_file=bool(single_file))

    def save_share(self, remembered: RememberedShare, tree: ShareTree) -> None:
        """Replace what is remembered of a share, and forget that it was ever refused.

        What could not be read is not stored; the etags above it were left out by the walk.
        """
        entries: Iterator[RemoteFile | RemoteFolder] = (
            entry for part in (tree.folders, tree.files) for entry in part
        )
        self.save_entries(remembered, entries, single_file=tree.single_file)

    def save_entries(
        self,
        remembered: RememberedShare,
        entries: Iterable[RemoteFile | RemoteFolder],
        *,
        single_file: bool = False,
    ) -> None:
        """Replace what is remembered of a share by a stream of entries, each path once.

        An error in the stream leaves what was remembered before.
        """
        with self._transaction() as connection:
            self._drop(connection, remembered.share)
            number = connection.execute(
                "SELECT coalesce(max(number), 0) + 1 FROM remembered_share"
            ).fetchone()[0]
            connection.execute(
                "INSERT INTO remembered_share VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    remembered.share,
                    number,
                    remembered.endpoint,
                    remembered.root_file_id,
                    remembered.root_etag,
                    _write_time(remembered.last_full_walk_at),
                    single_file,
                ),
            )
            connection.executemany(_INSERT_ENTRY, (_make_row(number, entry) for entry in entries))
            connection.execute(
                "DELETE FROM remembered_refusal WHERE share = ?", (remembered.share,)
            )

    def forget_share(self, share: str) -> None:
        """Drop what is remembered of a share."""
        with self._transaction() as connection:
            self._drop(connection, share)

    def load_refusal(self, share: str) -> RememberedRefusal | None:
        """Return when a token was last not let in; None when it never was, or lives again."""
        row = self._fetch_one(
            "SELECT status, asked_at FROM remembered_refusal WHERE share = ?", share
        )
        if row is None:
            return None
        return RememberedRefusal(share, ShareStatus(row[0]), _read_time(row[1]))

    def save_refusal(self, refusal: RememberedRefusal) -> None:
        """Remember that a token was not let in, and drop its tree."""
        with self._transaction() as connection:
            self._drop(connection, refusal.share)
            connection.execute(
                "INSERT OR REPLACE INTO remembered_refusal VALUES (?, ?, ?)",
                (refusal.share, refusal.status.value, _write_time(refusal.asked_at)),
            )

    def load_host(self, host: str) -> HostKnowledge | None:
        """Return what is known of a host; None when it was never seen."""
        row = self._fetch_one(
            "SELECT version, endpoint, asked_at, infinity_failed_at"
            " FROM remembered_host WHERE host = ?",
            host,
        )
        if row is None:
            return None
        version, endpoint, asked_at, failed_at = row
        return HostKnowledge(
            host, version, endpoint, _read_time(asked_at), _read_some_time(failed_at, {})
        )

    def save_host(self, knowledge: HostKnowledge) -> None:
        """Replace what is known of a host."""
        failed_at = knowledge.infinity_failed_at
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO remembered_host VALUES (?, ?, ?, ?, ?)",
                (
                    knowledge.host,
                    knowledge.version,
                    knowledge.endpoint,
                    _write_time(knowledge.asked_at),
                    None if failed_at is None else _write_time(failed_at),
                ),
            )

    def _fetch_one(self, query: str, key: str) -> tuple[Any, ...] | None:
        with self._transaction() as connection:
            row: tuple[Any, ...] | None = connection.execute(query, (key,)).fetchone()
            return row

    @staticmethod
    def _drop(connection: sqlite3.Connection, share: str) -> None:
        connection.execute(
            "DELETE FROM remembered_entry WHERE number ="
            " (SELECT number FROM remembered_share WHERE share = ?)",
            (share,),
        )
        connection.execute("DELETE FROM remembered_share WHERE share = ?", (share,))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._connection.execute("BEGIN")
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise StoreError(
                    f"The state database cannot be used: {error}. Check that its disk is not "
                    "full; the file may be deleted, a full walk rebuilds it."
                ) from error


def _make_row(
    number: int, entry: RemoteFile | RemoteFolder
) -> tuple[int, int, bytes, int | None, int | None, int | None, str | None]:
    at = None if entry.modified_at is None else _write_time(entry.modified_at)
    path = entry.path.encode()
    if isinstance(entry, RemoteFile):
        return number, 0, path, entry.size_bytes, at, entry.file_id, entry.etag
    return number, 1, path, None, at, entry.file_id, entry.etag


def _write_time(moment: datetime) -> int:
    return int(moment.timestamp())


def _read_time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _read_some_time(seconds: int | None, known: dict[int, datetime]) -> datetime | None:
    """Return a time, the same object for the same second: most files of a tree share few."""
    if seconds is None:
        return None
    moment = known.get(seconds)
    if moment is None:
        moment = known[seconds] = _read_time(seconds)
    return moment
