"""The state database is opened, migrated, and set aside when it cannot be trusted."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from syncer.errors import StoreError
from syncer.model.reason import Reason
from syncer.store.database import FILE_NAME, MIGRATIONS, open_database
from syncer.store.share_memory import ShareStore


def test_a_new_database_has_the_newest_schema(tmp_path: Path) -> None:
    """The file and its folder are made; WAL is on; the version counts the migrations."""
    database = open_database(tmp_path / "state")
    assert database.set_aside is None
    ask = database.connection.execute
    assert ask("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
    database.connection.close()


def test_it_is_found_again(tmp_path: Path) -> None:
    """A sound file is opened as it is."""
    first = open_database(tmp_path)
    first.connection.execute("CREATE TABLE mark (x)")
    first.connection.close()
    second = open_database(tmp_path)
    assert second.set_aside is None
    assert second.connection.execute("SELECT count(*) FROM mark").fetchone() == (0,)
    second.connection.close()


@pytest.mark.parametrize("content", [b"this is no database at all" * 50, b"SQLite format 3\x00x"])
def test_a_damaged_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    """It is kept under another name, and a new one begun."""
    (tmp_path / FILE_NAME).write_bytes(content)
    database = open_database(tmp_path)
    assert database.set_aside == Reason("state-damaged")
    assert (tmp_path / f"{FILE_NAME}.set-aside").read_bytes() == content
    database.connection.close()


def test_pages_that_are_damaged_inside_are_noticed(tmp_path: Path) -> None:
    """A file with a sound head and rubbish inside is set aside too."""
    database = open_database(tmp_path)
    database.connection.execute("CREATE TABLE filler (x)")
    database.connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<2000)"
        " INSERT INTO filler SELECT printf('%0100d', i) FROM n"
    )
    database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.connection.close()
    path = tmp_path / FILE_NAME
    content = bytearray(path.read_bytes())
    content[8192:40960] = b"\xab" * (40960 - 8192)
    path.write_bytes(content)
    again = open_database(tmp_path)
    assert again.set_aside == Reason("state-damaged")
    again.connection.close()


def test_a_newer_version_is_set_aside(tmp_path: Path) -> None:
    """What a newer syncer wrote is not touched but put out of the way."""
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    database = open_database(tmp_path)
    assert database.set_aside == Reason("state-from-newer-version", {"version": 999})
    database.connection.close()


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """A file in the place of the folder is a `StoreError` with the next step."""
    (tmp_path / "state").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="Check that the folder exists"):
        open_database(tmp_path / "state")


def test_an_older_schema_is_carried_over(tmp_path: Path) -> None:
    """What version 1 knew of hosts and links stays; its trees are forgotten and walked anew."""
    connection = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    connection.executescript(f"{MIGRATIONS[0]}; PRAGMA user_version = 1;")
    connection.execute("INSERT INTO remembered_share VALUES ('h/T', 1, 'new', 5, 'e', 9, 0)")
    connection.execute("INSERT INTO remembered_entry VALUES (1, 0, 'a.txt', 1, 2, 3, 'e')")
    connection.execute("INSERT INTO remembered_host VALUES ('h', '31.0.0', 'new', 9, NULL)")
    connection.close()
    database = open_database(tmp_path)
    assert database.set_aside is None
    store = ShareStore(database.connection)
    assert store.load_share("h/T") is None
    assert store.load_tree("h/T") is None
    known = store.load_host("h")
    assert known is not None
    assert known.version == "31.0.0"
    database.connection.close()
