"""What is remembered of shares that looked too empty."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from syncer.store.database import open_database
from syncer.store.suspicions import StoredSuspicion, load_suspicions, save_suspicions

ONE = StoredSuspicion("h/A", "a1", (date(2026, 11, 22), date(2026, 11, 23)), accepted=False)
OTHER = StoredSuspicion("h/B", "a2", (), accepted=True)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Give a new state database."""
    database = open_database(tmp_path)
    yield database.connection
    database.connection.close()


def test_what_is_saved_is_loaded_by_share(connection: sqlite3.Connection) -> None:
    """Whatever order it came in; a second saving replaces the first."""
    assert load_suspicions(connection) == ()
    save_suspicions(connection, [OTHER, ONE])
    assert load_suspicions(connection) == (ONE, OTHER)
    save_suspicions(connection, [OTHER])
    assert load_suspicions(connection) == (OTHER,)


def test_a_failed_saving_changes_nothing(connection: sqlite3.Connection) -> None:
    """The same share twice is refused whole."""
    save_suspicions(connection, [ONE])
    with pytest.raises(sqlite3.IntegrityError):
        save_suspicions(connection, [OTHER, OTHER])
    assert load_suspicions(connection) == (ONE,)
