"""When a remembered verdict may stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict, RememberedLink
from syncer.web.memory import is_fresh, is_good

AT = datetime(2026, 5, 4, tzinfo=UTC)
GOOD = LinkVerdict(LinkKind.WEB, LinkStatus.OK, http_status=200, checked_at=AT)


@pytest.mark.parametrize("number", range(50))
def test_rest_is_the_days_give_or_take_a_quarter(number: int) -> None:
    """Every address rests three quarters of the days, and none five quarters."""
    url = f"https://a.dk/{number}"
    assert is_fresh(url, RememberedLink(GOOD), AT + timedelta(days=7.49), 10)
    assert not is_fresh(url, RememberedLink(GOOD), AT + timedelta(days=12.51), 10)


def test_rest_is_spread() -> None:
    """At the middle, about half have come due, and the same ones every time."""
    fresh = [
        is_fresh(f"https://a.dk/{number}", RememberedLink(GOOD), AT + timedelta(days=10), 10)
        for number in range(400)
    ]
    assert 150 < sum(fresh) < 250


@pytest.mark.parametrize(
    "verdict",
    [
        replace(GOOD, status=LinkStatus.BROKEN),
        replace(GOOD, status=LinkStatus.UNCONFIRMED),
        replace(GOOD, status=LinkStatus.TIMED_OUT),
        replace(GOOD, status=LinkStatus.BLOCKED),
        replace(GOOD, status=LinkStatus.UNCHECKED, http_status=None),
        replace(GOOD, status=LinkStatus.UNCHECKED, http_status=302),
        replace(GOOD, checked_at=None),
        replace(GOOD, checked_at=AT + timedelta(days=1)),
    ],
)
def test_what_is_not_good_never_rests(verdict: LinkVerdict) -> None:
    """Neither bad verdicts, nor those without a time or from the future."""
    assert not is_fresh("https://a.dk/", RememberedLink(verdict), AT, 10)


@pytest.mark.parametrize(
    "verdict",
    [
        GOOD,
        replace(GOOD, status=LinkStatus.REDIRECTED),
        replace(GOOD, status=LinkStatus.NEEDS_LOGIN, http_status=401),
        replace(GOOD, status=LinkStatus.UNCHECKED),
    ],
)
def test_what_is_there_rests(verdict: LinkVerdict) -> None:
    """A page that is there rests, also where its anchor cannot be told."""
    assert is_good(verdict)


def test_no_days_is_no_rest() -> None:
    """With 0 days everything is asked."""
    assert not is_fresh("https://a.dk/", RememberedLink(GOOD), AT, 0)


@pytest.mark.parametrize(
    ("status", "good"), [(199, False), (200, True), (299, True), (300, False), (None, False)]
)
def test_an_anchor_that_cannot_be_told_is_on_a_good_page(status: int | None, good: bool) -> None:
    """By the page's own status."""
    assert is_good(replace(GOOD, status=LinkStatus.UNCHECKED, http_status=status)) is good


def test_a_verdict_of_this_moment_stands() -> None:
    """As a second link to the address in the same second needs it."""
    assert is_fresh("https://a.dk/", RememberedLink(GOOD), AT, 10)
