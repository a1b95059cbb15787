"""What is remembered of shares that looked too empty to be believed (design rule 2)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

SCHEMA = """
CREATE TABLE suspicion (
    share TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    days TEXT NOT NULL, -- JSON list of ISO dates
    accepted INTEGER NOT NULL
) STRICT;
"""


class StoredSuspicion(NamedTuple):
    """A share, the answer that it gave, on which days, and whether somebody accepted it."""

    share: str
    answer: str
    days: tuple[date, ...]
    accepted: bool


def load_suspicions(connection: sqlite3.Connection) -> tuple[StoredSuspicion, ...]:
    """Return what is remembered, by share."""
    rows = connection.execute("SELECT share, answer, days, accepted FROM suspicion ORDER BY share")
    return tuple(
        StoredSuspicion(
            share,
            answer,
            tuple(date.fromisoformat(day) for day in json.loads(days)),
            bool(accepted),
        )
        for share, answer, days, accepted in rows
    )


def save_suspicions(connection: sqlite3.Connection, suspicions: Iterable[StoredSuspicion]) -> None:
    """Remember these, and nothing that was remembered before."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DELETE FROM suspicion")
        connection.executemany(
            "INSERT INTO suspicion VALUES (?, ?, ?, ?)",
            [
                (
                    item.share,
                    item.answer,
                    json.dumps([str(day) for day in item.days]),
                    item.accepted,
                )
                for item in suspicions
            ],
        )
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
