"""What is asked next, decided from what came back."""

from __future__ import annotations

import pytest

from syncer.net.failures import Cause
from syncer.web.addresses import parse_address
from syncer.web.answers import Answer, Detour, Failure, Stray
from syncer.web.link_settings import LinkSettings
from syncer.web.trail import MAX_HOPS, End, Trail, begin_trail, proceed

SETTINGS = LinkSettings()


def begin(url: str = "https://a.dk/x", *anchors: str) -> Trail:
    """Begin a trail."""
    address = parse_address(url)
    assert address is not None
    return begin_trail(address, frozenset(anchors), etag='"v1"')


@pytest.mark.parametrize("status", [200, 204, 304, 400, 401, 404, 429, 500, 999])
def test_answer_that_is_no_redirect_ends_the_trail(status: int) -> None:
    """One request says it all; validators go along."""
    assert begin().ask.etag == '"v1"'
    assert proceed(begin(), Answer(status), SETTINGS) == End(begin(), Answer(status))


def test_accepted_redirect_ends_the_trail() -> None:
    """A status that the settings accept is good, whatever it is."""
    accepted = proceed(begin(), Answer(302, location="/y"), LinkSettings(accept=(302,)))
    assert isinstance(accepted, End)


@pytest.mark.parametrize(
    "cause", [Cause.REFUSED, Cause.CONNECT_TIMED_OUT, Cause.TLS_EXPIRED, Cause.NOT_HTTP]
)
def test_failure_ends_the_trail(cause: Cause) -> None:
    """Asking once more at once would do no better."""
    assert isinstance(proceed(begin(), Failure(cause), SETTINGS), End)


def test_dropped_request_is_sent_once_more() -> None:
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


@pytest.mark.parametrize("location", [r"\y\z?a\b", r"https:\\a.dk\y/z?a\b", r"\\a.dk/y/z?a\b"])
def test_backslashes_of_a_redirect_are_slashes(location: str) -> None:
    """As browsers read them, and old servers write them; those of a query are its own."""
    step = proceed(begin("https://a.dk/x"), Answer(301, location=location), SETTINGS)
    assert isinstance(step, Trail)
    assert step.ask.address.url == "https://a.dk/y/z?a%5Cb"


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
        ("https://b.dk/" + "y" * 8192, Stray.TOO_LONG),
        ("/x", Stray.LOOP),
        (r"\x", Stray.LOOP),
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
    """Where browsers give up, the trail ends."""
    step: Trail | End = begin()
    for number in range(MAX_HOPS):
        assert isinstance(step, Trail)
        step = proceed(step, Answer(302, location=f"/{number}"), SETTINGS)
    assert isinstance(step, Trail)
    end = proceed(step, Answer(302, location="/last"), SETTINGS)
    assert isinstance(end, End)
    assert isinstance(end.outcome, Detour)
    assert end.outcome.stray is Stray.TOO_MANY


def test_hops_share_the_time_of_one_answer() -> None:
    """A redirect beyond it is not followed; what is left is too short to blame the next host."""
    settings = LinkSettings(timeout_s=20.0)
    late = proceed(begin(), Answer(302, location="/y"), settings, 20.0)
    assert isinstance(late, End)
    assert late.outcome == Detour(Stray.TOO_SLOW, 302, "/y")
    step = proceed(begin(), Answer(302, location="/y"), settings, 15.0)
    assert isinstance(step, Trail)
    assert step.spent_s == 15.0
    silent = proceed(step, Failure(Cause.ANSWER_TIMED_OUT), settings, 5.0)
    assert isinstance(silent, End)
    assert silent.outcome == Detour(Stray.TOO_SLOW, 302, "https://a.dk/y")
    refused = proceed(step, Failure(Cause.REFUSED), settings, 0.0)
    assert isinstance(refused, End)
    assert refused.outcome == Failure(Cause.REFUSED)


@pytest.mark.parametrize("cause", [Cause.ANSWER_TIMED_OUT, Cause.CONNECT_TIMED_OUT])
@pytest.mark.parametrize(("spent_s", "is_slow"), [(10.0, False), (10.1, True)])
def test_a_server_with_half_of_the_time_is_to_blame_for_its_silence(
    cause: Cause, spent_s: float, is_slow: bool
) -> None:
    """The one at the end of a redirect, when those before it took no more than half."""
    settings = LinkSettings(timeout_s=20.0)
    step = proceed(begin(), Answer(302, location="/y"), settings, spent_s)
    assert isinstance(step, Trail)
    silent = proceed(step, Failure(cause), settings, 5.0)
    assert isinstance(silent, End)
    slow = Detour(Stray.TOO_SLOW, 302, "https://a.dk/y")
    assert silent.outcome == (slow if is_slow else Failure(cause))
    late = Trail(begin().start, begin().ask, spent_s=spent_s)
    alone = proceed(late, Failure(cause), settings, 5.0)
    assert isinstance(alone, End)
    assert (alone.outcome, alone.trail.spent_s) == (Failure(cause), spent_s + 5.0)


def test_each_hop_may_be_sent_again() -> None:
    """A drop at one server is none at the next."""
    step = proceed(begin(), Failure(Cause.DROPPED), SETTINGS, 1.0)
    assert isinstance(step, Trail)
    step = proceed(step, Answer(302, location="/y"), SETTINGS, 1.0)
    assert isinstance(step, Trail)
    assert (step.retried, step.spent_s) == (False, 2.0)
    assert isinstance(proceed(step, Failure(Cause.DROPPED), SETTINGS), Trail)


def test_a_loop_of_several_hops_is_seen() -> None:
    """Wherever it closes."""
    step: Trail | End = begin()
    for path in ("/y", "/z"):
        assert isinstance(step, Trail)
        step = proceed(step, Answer(302, location=path), SETTINGS)
    assert isinstance(step, Trail)
    for path in ("/x", "/y"):
        closed = proceed(step, Answer(302, location=path), SETTINGS)
        assert isinstance(closed, End)
        assert closed.outcome == Detour(Stray.LOOP, 302, path)


def test_dropped_request_is_not_sent_again_without_time() -> None:
    """The one more try is within the same time."""
    settings = LinkSettings(timeout_s=20.0)
    assert isinstance(proceed(begin(), Failure(Cause.DROPPED), settings, 20.0), End)
    assert isinstance(proceed(begin(), Failure(Cause.DROPPED), settings, 19.9), Trail)


@pytest.mark.parametrize("status", range(300, 400))
def test_only_redirects_are_followed(status: int) -> None:
    """The five that browsers follow; two of them tell that the old address is no more."""
    step = proceed(begin(), Answer(status, location="/y"), SETTINGS)
    assert isinstance(step, Trail) is (status in (301, 302, 303, 307, 308))
    if isinstance(step, Trail):
        assert [hop.permanent for hop in step.hops] == [status in (301, 308)]
