"""When a server may still be asked, and how long what is known of it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from syncer.errors import RemoteError, Throttled
from syncer.model.reason import Reason
from syncer.model.shares import ShareStatus
from syncer.net.deadlines import Patience
from syncer.nextcloud import host
from syncer.nextcloud.budget import RunBudget
from syncer.nextcloud.dav.client import open_connections
from syncer.nextcloud.host import HostState, is_recent
from syncer.nextcloud.server import Endpoint
from syncer.nextcloud.targets import HostSettings, WalkContext
from syncer.surroundings import Surroundings

if TYPE_CHECKING:
    from syncer.nextcloud.dav.client import NextcloudClient

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def state() -> Iterator[HostState]:
    """Give a server that nobody has asked yet, and that is not there."""
    around = Surroundings(now=lambda: NOW, sleep=lambda _: None)
    connections = open_connections(
        "http://127.0.0.1:1",
        ca_file=None,
        workers=1,
        patience=Patience(),
        sleep=around.sleep,
        allow_private=True,
    )
    context = WalkContext(None, False, around, Patience(), lambda: None, RunBudget(1))  # noqa: FBT003
    yield HostState(HostSettings("h", "http://127.0.0.1:1"), connections, context)
    connections.adapter.close()


@pytest.mark.parametrize(
    ("ago", "recent"),
    [
        (timedelta(0), True),
        (DAY - timedelta(microseconds=1), True),
        (DAY, False),
        (timedelta(microseconds=-1), False),
    ],
)
def test_what_is_less_than_a_day_ago_is_recent(ago: timedelta, recent: bool) -> None:
    """A moment in the future is of a clock that was wrong."""
    assert is_recent(NOW - ago, NOW, DAY) is recent


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("not-reached", "server-not-reached"),
        ("tls-failed", "server-tls-failed"),
        ("maintenance", "server-maintenance"),
        ("stopped", "run-stopped"),
        ("private-address", "share-private-address"),
    ],
)
def test_what_every_share_would_meet_closes_a_server(
    code: str, reason: str, state: HostState
) -> None:
    """Each of these; the others are not asked, and say the same."""
    assert len(host.HOST_WIDE) == 5
    state.note_failure(RemoteError(code))
    assert state.closed == (ShareStatus.UNREADABLE, Reason(reason))


@pytest.mark.parametrize("code", ["too-big", "upload-only", "out-of-time", "connection-cut"])
def test_what_one_share_met_closes_no_server(code: str, state: HostState) -> None:
    """The next one may be sound."""
    state.note_failure(RemoteError(code))
    assert state.closed is None


def test_a_throttle_closes_a_server(state: HostState) -> None:
    """For any share, whatever its code."""
    state.note_failure(Throttled("too-many-requests"))
    assert state.closed == (ShareStatus.THROTTLED, Reason("server-throttled"))


def tell_delays(monkeypatch: pytest.MonkeyPatch, *delays_ms: int | None) -> list[int | None]:
    """Let the server tell these delays; return those that nobody has asked for yet."""
    left = list(delays_ms)
    monkeypatch.setattr(host, "read_delay_ms", lambda *_: left.pop(0))
    return left


@pytest.mark.parametrize(("delay_ms", "closes"), [(4_999, False), (5_000, True), (None, False)])
def test_a_server_that_delays_us_long_is_left_alone(
    delay_ms: int | None, closes: bool, state: HostState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for its delay from the second failed try on."""
    left = tell_delays(monkeypatch, delay_ms)
    pages = cast("NextcloudClient", object())
    state.note_failed_try(pages)
    assert (state.closed, left) == (None, [delay_ms])
    state.note_failed_try(pages)
    told = (ShareStatus.THROTTLED, Reason("server-left-alone", {"failed_tries": 2}))
    assert state.closed == (told if closes else None)


def test_five_failed_tries_are_enough(state: HostState, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the server says of its delay."""
    tell_delays(monkeypatch, *[0] * 9)
    for _ in range(5):
        assert state.closed is None
        state.note_failed_try(cast("NextcloudClient", object()))
    assert state.closed == (
        ShareStatus.THROTTLED,
        Reason("server-left-alone", {"failed_tries": 5}),
    )


@pytest.mark.parametrize(
    ("failed_ago", "may"),
    [(None, True), (timedelta(0), False), (timedelta(days=7) - DAY, False), (7 * DAY, True)],
)
def test_a_whole_tree_is_asked_for_again_after_a_week(
    failed_ago: timedelta | None, may: bool, state: HostState
) -> None:
    """And at once where it was given since."""
    state.learn_infinity(None if failed_ago is None else NOW - failed_ago)
    assert state.may_list_whole_trees(NOW) is may
    state.learn_infinity(None)
    assert state.may_list_whole_trees(NOW)


def test_a_doubt_forgets_an_endpoint_that_was_found_by_trying(state: HostState) -> None:
    """And costs one look at the version; what every share would meet ends it."""
    state.learn_endpoint(Endpoint.NEW)
    learnt = state.knowledge
    assert not state.doubt()
    assert (learnt.endpoint, state.knowledge.endpoint) == ("new", None)
    assert state.closed == (ShareStatus.UNREADABLE, Reason("server-not-reached"))
    assert state.take_requests() == 3
    assert state.take_requests() == 0


def test_the_version_is_asked_for_once(state: HostState) -> None:
    """A doubt of what was learnt in the same run changes nothing."""
    state.prepare()
    state.prepare()
    assert state.take_requests() == 3
    assert not state.doubt()
    assert state.take_requests() == 0
