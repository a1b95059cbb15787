"""What one night's check leaves for the next, and when it may be used instead of asking (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from syncer.model.links import LinkStatus, LinkVerdict

FORGET_AFTER = timedelta(days=120)
"""A link that was not asked for so long stands in no page any more (our choice)."""

_RESTING = frozenset({LinkStatus.OK, LinkStatus.REDIRECTED, LinkStatus.NEEDS_LOGIN})


class RememberedLink(Protocol):
    """What is remembered of one link: its verdict, and the validators of the answer behind it."""

    @property
    def verdict(self) -> LinkVerdict:
        """The verdict, with the time of the look that gave it."""

    @property
    def etag(self) -> str | None:
        """`ETag` of the address itself, None when it had none or redirected."""

    @property
    def last_modified(self) -> str | None:
        """`Last-Modified` of the address itself, None when it had none or redirected."""


class LinkMemory(Protocol):
    """Keeps verdicts between runs; called from the thread that called `check_links`, only."""

    def recall(self, urls: Collection[str]) -> Mapping[str, RememberedLink]:
        """Give what is known of these links, as they are written; unknown ones are left out."""

    def keep(
        self, url: str, verdict: LinkVerdict, *, etag: str | None, last_modified: str | None
    ) -> None:
        """Keep a verdict at once, so that an interrupted run has it."""

    def forget(self, *, checked_before: datetime) -> None:
        """Drop what was last looked at before a time."""


def is_fresh(url: str, known: RememberedLink, now: datetime, cache_days: float) -> bool:
    """Tell whether a remembered verdict may stand without asking.

    Good answers rest `cache_days`, give or take a quarter: a hash of the address decides, so that
    a handbook's links do not all come due in one night. Bad ones never rest.
    """
    checked_at = known.verdict.checked_at
    if checked_at is None or checked_at > now or not rests(known.verdict):
        return False
    share = int.from_bytes(sha256(url.encode("utf-8", "surrogatepass")).digest()[:4]) / 2**32
    return now - checked_at < timedelta(days=cache_days * (0.75 + share / 2))


def rests(verdict: LinkVerdict) -> bool:
    """Tell whether a verdict is a good one: the page is there, anchor or not to be told."""
    if verdict.status is LinkStatus.UNCHECKED:
        return verdict.http_status is not None and 200 <= verdict.http_status < 300
    return verdict.status in _RESTING
