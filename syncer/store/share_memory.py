"""What is remembered of shares and hosts between runs (the room `nextcloud` says what for).

A tree lies in parts of a thousand entries: one of a million is written and read as a stream, at a
fifth of what a row for each entry would cost. Each call is one transaction, whole or without
effect.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, count, islice
from typing import Any, TypeAlias
from zlib import crc32

import msgspec

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

# The entries of a tree, no longer a row each. What was remembered is forgotten: one full walk.
ENTRIES_IN_PARTS = """
DROP TABLE remembered_entry;
DELETE FROM remembered_share;
CREATE TABLE remembered_part (
    number INTEGER NOT NULL,
    part INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    entries BLOB NOT NULL,
    PRIMARY KEY (number, part)
) STRICT;
"""

ENTRIES_PER_PART = 1_000

_Row: TypeAlias = tuple[bool, bytes, int | None, int | None, int | None, str | None]
"""Whether it is a folder, path (UTF-8), size, time of change, file id, etag.

A path goes in as bytes: a str that was encoded keeps its UTF-8 beside itself for as long as it
lives, 150 MB in a tree of a million.
"""
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(list[_Row]).decode


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

    def load_tree(self, share: str) -> ShareTree | None:
        """Return the remembered tree of a share; None when there is none, or it is damaged.

        SQLite would not notice a letter that a disk has turned, nor a part that is lost, and under
        an unchanged etag nobody would look at the share itself.
        """
        with self._transaction() as connection:
            row = connection.execute(
                "SELECT number, single_file FROM remembered_share WHERE share = ?", (share,)
            ).fetchone()
            if row is None:
                return None
            number, single_file = row
            files: list[RemoteFile] = []
            folders: list[RemoteFolder] = []
            times: dict[int, datetime] = {}
            ended = False
            for place, (part, checksum, entries) in enumerate(
                connection.execute(
                    "SELECT part, checksum, entries FROM remembered_part"
                    " WHERE number = ? ORDER BY part",
                    (number,),
                )
            ):
                if ended or part != place or crc32(entries) != checksum:
                    return None
                rows = _unpack(entries)
                ended = len(rows) < ENTRIES_PER_PART
                for is_folder, path, size, at, file_id, etag in rows:
                    modified_at = _read_some_time(at, times)
                    if is_folder:
                        folders.append(RemoteFolder(path.decode(), file_id, etag, modified_at))
                    else:
                        files.append(RemoteFile(path.decode(), size, modified_at, file_id, etag))
            if not ended:
                return None
        return ShareTree(tuple(files), tuple(folders), single_file=bool(single_file))

    def save_share(self, remembered: RememberedShare, tree: ShareTree) -> None:
        """Replace what is remembered of a share, and forget that it was ever refused.

        What could not be read is not stored; the etags above it were left out by the walk.
        """
        entries = chain[RemoteFile | RemoteFolder](tree.folders, tree.files)
        self.save_entries(remembered, entries, single_file=tree.single_file)

    def save_entries(
        self,
        remembered: RememberedShare,
        entries: Iterable[RemoteFile | RemoteFolder],
        *,
        single_file: bool = False,
    ) -> None:
        """Replace what is remembered of a share by a stream of entries.

        `load_tree` gives the files, and the folders, in the order in which they come here. An
        error in the stream leaves what was remembered before.
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
            connection.executemany(
                "INSERT INTO remembered_part VALUES (?, ?, ?, ?)",
                ((number, part, crc32(packed), packed) for part, packed in _make_parts(entries)),
            )
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
            "DELETE FROM remembered_part WHERE number ="
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


def _make_parts(entries: Iterable[RemoteFile | RemoteFolder]) -> Iterator[tuple[int, bytes]]:
    """Yield the numbered parts of a stream of entries; the last, and it alone, is not full."""
    rows = map(_make_row, entries)
    for number in count():
        part = list(islice(rows, ENTRIES_PER_PART))
        yield number, _pack(part)
        if len(part) < ENTRIES_PER_PART:
            return


def _make_row(entry: RemoteFile | RemoteFolder) -> _Row:
    at = None if entry.modified_at is None else _write_time(entry.modified_at)
    path = entry.path.encode()
    if isinstance(entry, RemoteFile):
        return False, path, entry.size_bytes, at, entry.file_id, entry.etag
    return True, path, None, at, entry.file_id, entry.etag


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
