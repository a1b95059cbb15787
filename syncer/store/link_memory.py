"""What is remembered of web links between runs: one row per link, as it is written on a page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Args, Reason

SCHEMA = """
CREATE TABLE link (
    url           TEXT PRIMARY KEY,
    kind          TEXT NOT NULL,
    status        TEXT NOT NULL,
    reason_code   TEXT,
    reason_args   TEXT,              -- JSON object; NULL without a reason
    http_status   INTEGER,
    final_url     TEXT,
    checked_at    REAL NOT NULL,     -- seconds since 1970, UTC
    etag          TEXT,
    last_modified TEXT
) WITHOUT ROWID;
CREATE INDEX link_by_time ON link (checked_at);
"""

_COLUMNS = (
    "url, kind, status, reason_code, reason_args, http_status, final_url, checked_at, etag, "
    "last_modified"
)


@dataclass(frozen=True, slots=True)
class StoredLink:
    """One row: a verdict, and the validators of the answer behind it."""

    verdict: LinkVerdict
    etag: str | None
    last_modified: str | None


class StoredLinks:
    """The link table; what `check_links` remembers with."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use an open database that has the table."""
        self._connection = connection

    def recall(self, urls: Collection[str]) -> Mapping[str, StoredLink]:
        """Give what is known of these links; unknown ones are left out.

        A row that this version cannot read (a status of another one) counts as unknown.
        """
        wanted = frozenset(urls)
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM link")  # noqa: S608 - constant
        read = ((row[0], _read(row)) for row in rows if row[0] in wanted)
        return {url: stored for url, stored in read if stored is not None}

    def keep(
        self, url: str, verdict: LinkVerdict, *, etag: str | None, last_modified: str | None
    ) -> None:
        """Write one verdict at once; one without a time is not kept, as it was not looked at."""
        if verdict.checked_at is None:
            return
        reason = verdict.reason
        marks = ", ".join("?" * len(_COLUMNS.split(",")))
        self._connection.execute(
            f"INSERT OR REPLACE INTO link ({_COLUMNS}) VALUES ({marks})",  # noqa: S608 - constant
            (
                url,
                verdict.kind,
                verdict.status,
                None if reason is None else reason.code,
                None if reason is None else json.dumps(dict(reason.args)),
                verdict.http_status,
                verdict.final_url,
                verdict.checked_at.timestamp(),
                etag,
                last_modified,
            ),
        )

    def forget(self, *, checked_before: datetime) -> None:
        """Drop the links that were last looked at before a time."""
        self._connection.execute(
            "DELETE FROM link WHERE checked_at < ?", (checked_before.timestamp(),)
        )


def _read(row: sqlite3.Row | tuple[object, ...]) -> StoredLink | None:
    _, kind, status, code, args, http_status, final_url, checked_at, etag, last_modified = row
    try:
        verdict = LinkVerdict(
            kind=LinkKind(str(kind)),
            status=LinkStatus(str(status)),
            reason=None if code is None else Reason(str(code), _read_args(str(args))),
            http_status=None if http_status is None else int(str(http_status)),
            final_url=None if final_url is None else str(final_url),
            checked_at=datetime.fromtimestamp(float(str(checked_at)), UTC),
        )
    except (TypeError, ValueError, OverflowError):
        return None
    return StoredLink(
        verdict,
        None if etag is None else str(etag),
        None if last_modified is None else str(last_modified),
    )


def _read_args(text: str) -> Args:
    """Read a reason's arguments; lists come back as the tuples that they were."""
    loaded = json.loads(text)
    return {
        str(name): tuple(value) if isinstance(value, list) else value
        for name, value in dict(loaded).items()
    }
