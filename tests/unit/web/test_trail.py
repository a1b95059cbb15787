"""What is asked next, decided from what came back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.net.failures import Cause
from syncer.web.addresses import parse_address
from syncer.web.answers import Answer, Detour, Failure, Method, Stray
from syncer.web.link_settings import LinkSettings
from syncer.web.trail import MAX_HOPS, End, Trail, begin_trail, proceed

SETTINGS = LinkSettings()


def begin(url: str = "https://a.dk/x", *anchors: str, again: bool = False) -> Trail:
    """Begin a trail."""
    address = parse_address(url)
    assert address is not None
    return begin_trail(address, frozenset(anchors), etag='"v1"', again=again)


def test_first_request_is_head_unless_the_page_is_needed() -> None:
    """A GET where anchors are wanted or a HEAD has failed before; validators go along."""
    assert begin().ask.method is Method.HEAD
    assert begin("https://a.dk/x", "b").ask.method is Method.GET
    assert begin(again=True).ask.method is Method.GET
    assert begin().ask.etag == '"v1"'


@pytest.mark.parametrize("status", [200, 204, 304, 401, 429, 999])
def test_answer_that_a_get_would_repeat_ends_the_trail(status: int) -> None:
    """No second request where the first says it all."""
    step = proceed(begin(), Answer(status), SETTINGS)
    assert isinstance(step, End)
    assert step.outcome == Answer(status)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 412, 500, 501, 503])
def test_error_to_head_is_asked_by_get(status: int) -> None:
    """The GET goes without validators, and its answer counts."""
    step = proceed(begin(), Answer(status), SETTINGS)
    assert isinstance(step, Trail)
    assert (step.ask.method, step.ask.etag) == (Method.GET, None)
    assert isinstance(proceed(step, Answer(status), SETTINGS), End)


def test_wall_and_accepted_status_need_no_get() -> None:
    """A known wall is a wall, and what is accepted is good."""
    assert isinstance(proceed(begin(), Answer(403, wall="W"), SETTINGS), End)
    assert isinstance(proceed(begin(), Answer(404), LinkSettings(accept=(404,))), End)
    accepted = proceed(begin(), Answer(302, location="/y"), LinkSettings(accept=(302,)))
    assert isinstance(accepted, End)


@pytest.mark.parametrize("cause", [Cause.DROPPED, Cause.NOT_HTTP])
def test_server_that_chokes_on_head_is_asked_by_get(cause: Cause) -> None:
    """One GET follows, and no more."""
    step = proceed(begin(), Failure(cause), SETTINGS)
    assert isinstance(step, Trail)
    assert step.ask.method is Method.GET
    assert isinstance(proceed(step, Failure(cause), SETTINGS), End)


@pytest.mark.parametrize(
    "cause", [Cause.REFUSED, Cause.CONNECT_TIMED_OUT, Cause.TLS_EXPIRED, Cause.ANSWER_TIMED_OUT]
)
def test_failure_ends_the_trail(cause: Cause) -> None:
    """Where nothing could be sent, a GET would do no better; silence waits for the second look."""
    assert isinstance(proceed(begin(), Failure(cause), SETTINGS), End)


def test_end_counts_when_the_page_was_asked() -> None:
    """Not when its host was given up before, nor when it was silent to a HEAD only."""
    silent = Failure(Cause.ANSWER_TIMED_OUT)
    unasked = End(begin(), silent)
    head = End(replace(begin(), asked_at_s=0.0), silent)
    get = End(replace(begin(again=True), asked_at_s=0.0), silent)
    refused = End(replace(begin(), asked_at_s=0.0), Failure(Cause.REFUSED))
    assert [one.counts for one in (unasked, head, get, refused)] == [False, False, True, True]


def test_dropped_get_is_sent_once_more() -> None:
    """A kept connection that was closed meanwhile looks like a drop; two drops are one."""
    step = proceed(begin("https://a.dk/", "b"), Failure(Cause.DROPPED), SETTINGS)
    assert isinstance(step, Trail)
    assert isinstance(proceed(step, Failure(Cause.DROPPED), SETTINGS), End)


def test_redirect_is_followed_without_validators() -> None:
    """The next hop is another address; the anchors are looked for where the trail ends."""
    step = proceed(begin("https://a.dk/x", "b"), Answer(301, location="../y?z#c"), SETTINGS)
    assert isinstance(step, Trail)
    assert step.ask.address.url == "https://a.dk/y?z"
    assert step.ask.anchors == {"b"}
    assert step.ask.etag is None
    assert [hop.target for hop in step.hops] == ["https://a.dk/y?z#c"]
    assert step.start.url == "https://a.dk/x"


@pytest.mark.parametrize(
    ("location", "stray"),
    [
        (None, Stray.NOWHERE),
        ("  ", Stray.NOWHERE),
        ("https://a..b/", Stray.NOWHERE),
        ("http://[", Stray.NOWHERE),
        ("mailto:a@b.dk", Stray.OTHER_SCHEME),
        ("javascript:1", Stray.OTHER_SCHEME),
        ("http://127.0.0.1/", Stray.PRIVATE),
        ("http://[::1]/", Stray.PRIVATE),
        ("https://x.inside.dk/", Stray.INSIDE),
        ("/x", Stray.LOOP),
        ("https://a.dk/x#other", Stray.LOOP),
    ],
)
def test_redirect_that_is_not_followed(location: str | None, stray: Stray) -> None:
    """Every target is checked before it is asked."""
    settings = LinkSettings(inside_hosts=("inside.dk",))
    step = proceed(begin(), Answer(302, location=location), settings)
    assert isinstance(step, End)
    assert isinstance(step.outcome, Detour)
    assert step.outcome.stray is stray


def test_long_location_is_kept_short() -> None:
    """What a server writes there is bounded where it is kept."""
    step = proceed(begin(), Answer(302, location="x" * 50_000), SETTINGS)
    assert isinstance(step, End)
    assert isinstance(step.outcome, Detour)
    assert len(step.outcome.target) == 500


def test_hops_are_bounded() -> None:
    """The eleventh redirect is not followed."""
    step: Trail | End = begin()
    for number in range(MAX_HOPS):
        assert isinstance(step, Trail)
        step = proceed(step, Answer(302, location=f"/{number}"), SETTINGS)
    assert isinstance(step, Trail)
    end = proceed(step, Answer(302, location="/last"), SETTINGS)
    assert isinstance(end, End)
    assert isinstance(end.outcome, Detour)
    assert end.outcome.stray is Stray.TOO_MANY
