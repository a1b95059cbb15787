"""What is remembered of links comes back as it was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict, RememberedLink
from syncer.model.reason import Reason
from syncer.store.database import Database, open_database
from syncer.store.link_memory import StoredLinks

AT = datetime(2026, 5, 4, 3, 15, 0, 250_000, tzinfo=UTC)
URL = "https://eksempel.dk/æ?a=1#b"
GOOD = LinkVerdict(LinkKind.WEB, LinkStatus.OK, http_status=200, checked_at=AT)
MOVED = replace(
    GOOD,
    status=LinkStatus.REDIRECTED,
    final_url="https://eksempel.dk/ny",
    reason=Reason("link-moved", {"url": "https://eksempel.dk/ny", "n": 3, "words": ("a", "b")}),
)


@pytest.fixture
def links(database: Database) -> StoredLinks:
    """Return its link memory."""
    return StoredLinks(database)


@pytest.mark.parametrize("verdict", [GOOD, MOVED])
def test_kept_verdict_comes_back(links: StoredLinks, verdict: LinkVerdict) -> None:
    """Every field of a verdict survives, with the validators."""
    links.keep(URL, RememberedLink(verdict, 'W/"1"', "Mon, 04 May 2026 00:00:00 GMT"))
    stored = links.recall([URL])[URL]
    assert stored.verdict == verdict
    assert stored.etag == 'W/"1"'
    assert stored.last_modified == "Mon, 04 May 2026 00:00:00 GMT"


def test_later_verdict_replaces_the_earlier(links: StoredLinks) -> None:
    """One link has one row."""
    links.keep(URL, RememberedLink(MOVED, "1"))
    links.keep(URL, RememberedLink(GOOD))
    stored = links.recall([URL])[URL]
    assert (stored.verdict, stored.etag) == (GOOD, None)


def test_unknown_links_are_left_out(links: StoredLinks) -> None:
    """What was never kept is not there, and what was not asked for is not given."""
    links.keep(URL, RememberedLink(GOOD))
    assert set(links.recall(["https://other.test/"])) == set()
    assert set(links.recall([])) == set()


def test_verdict_without_a_time_is_not_kept(links: StoredLinks) -> None:
    """What was not looked at is nothing to remember."""
    links.keep(URL, RememberedLink(replace(GOOD, checked_at=None)))
    assert not links.recall([URL])


def test_a_record_of_another_version_counts_as_unknown(
    links: StoredLinks, database: Database
) -> None:
    """A status that this version does not know costs a request and nothing else."""
    links.keep(URL, RememberedLink(MOVED))
    later = {"verdict": {"kind": "web", "status": "later"}, "etag": None, "last_modified": None}
    database.run(lambda records: records.put("link", [(URL, later)]), None)
    assert not links.recall([URL])


def test_old_rows_are_forgotten(links: StoredLinks, database: Database) -> None:
    """What was last looked at before the time goes, and what nobody knows the time of."""
    last = AT + timedelta(days=1)
    times = {"old": AT, "none": None, "limit": last, "new": last + timedelta(seconds=1)}
    records = [
        (name, RememberedLink(replace(GOOD, checked_at=checked_at)))
        for name, checked_at in times.items()
    ]
    database.run(lambda stored: stored.put("link", records), None)
    assert set(links.recall(times)) == set(times)
    links.forget(checked_before=last)
    assert set(links.recall(times)) == {"limit", "new"}


def test_kept_verdict_outlives_the_process(links: StoredLinks, tmp_path: Path) -> None:
    """Each verdict is on disk when `keep` returns: another connection sees it."""
    links.keep(URL, RememberedLink(GOOD))
    other = open_database(tmp_path)
    assert StoredLinks(other).recall([URL])[URL].verdict == GOOD
    other.close()
