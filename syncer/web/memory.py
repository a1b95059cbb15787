"""What a run remembers of links, and when that replaces a request (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from syncer.model.links import LinkStatus, LinkVerdict, RememberedLink

FORGET_AFTER = timedelta(days=120)
"""A link that was not checked for so long is in no page any more (our choice)."""

_GOOD = frozenset({LinkStatus.OK, LinkStatus.REDIRECTED, LinkStatus.NEEDS_LOGIN})


class LinkMemory(Protocol):
    """Stores verdicts between runs; used only by the thread that called `check_links`."""

    def recall(self, urls: Collection[str]) -> Mapping[str, RememberedLink]:
        """Return the remembered ones of these links by URL, as written."""

    def keep(self, url: str, link: RememberedLink) -> None:
        """Store a verdict at once, so that it survives an interrupted run."""

    def forget(self, *, checked_before: datetime) -> None:
        """Drop the links that were last checked before a time."""


def is_fresh(url: str, known: RememberedLink, now: datetime, cache_days: float) -> bool:
    """Return whether a remembered verdict may be used without a request.

    Good ones may for `cache_days`, plus or minus a quarter by a hash of the URL, so that a
    handbook's links are not all due in one night. Bad ones never may.
    """
    checked_at = known.verdict.checked_at
    if checked_at is None or checked_at > now or not is_good(known.verdict):
        return False
    share = int.from_bytes(sha256(url.encode("utf-8", "surrogatepass")).digest()[:4]) / 2**32
    return now - checked_at < timedelta(days=cache_days * (0.75 + share / 2))


def is_good(verdict: LinkVerdict) -> bool:
    """Return whether the page exists, with its anchor or an anchor that cannot be checked."""
    if verdict.status is LinkStatus.UNCHECKED:
        return verdict.http_status is not None and 200 <= verdict.http_status < 300
    return verdict.status in _GOOD
