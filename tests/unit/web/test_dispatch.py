"""One look at many addresses, with servers that are functions and a clock that a test turns."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from syncer.net.failures import Cause
from syncer.web import dispatch
from syncer.web.addresses import parse_address
from syncer.web.answers import Answer, Failure, WebRequest
from syncer.web.breaker import Breaker
from syncer.web.dispatch import Crew, Dispatcher, RequestTally
from syncer.web.hosts import Hosts
from syncer.web.link_settings import LinkSettings
from syncer.web.stopwatch import Stopwatch
from syncer.web.trail import End, Trail, begin_trail

AT = datetime(2026, 5, 4, tzinfo=UTC)
SETTINGS = LinkSettings(timeout_s=20.0, gap_s=0.0, per_host=1)

Fetched = Answer | Failure


class Look:
    """One look; what is asked is noted with the seconds that it was given."""

    def __init__(self, answer: Callable[[str], Fetched], *, takes_s: float = 0.0) -> None:
        """Answer each address, after so many seconds of the clock."""
        self.asked: list[tuple[str, float]] = []
        self.time = AT
        self.stop = threading.Event()
        self.tally = RequestTally()
        self._answer = answer
        self._takes_s = takes_s

    def fetch(self, ask: WebRequest, patience_s: float) -> Fetched:
        """Note a request, and answer it."""
        self.asked.append((ask.address.url, patience_s))
        self.wait(self._takes_s)
        return self._answer(ask.address.url)

    def wait(self, seconds: float) -> None:
        """Put the clock forward."""
        self.time += timedelta(seconds=seconds)

    def run(
        self, *urls: str, breaker: Breaker | None = None, max_pause_s: float = 60.0
    ) -> dict[str, Fetched | object]:
        """Return the outcome for each address."""
        crew = Crew(1, self.fetch)
        hosts: Hosts[Trail] = Hosts(per_host=1, gap_s=0.0, max_pause_s=max_pause_s)
        watch = Stopwatch(lambda: self.time, self.wait, self.stop)
        looking = Dispatcher(crew, hosts, breaker or Breaker(), SETTINGS, watch, self.tally)
        addresses = [parse_address(url) for url in urls]
        trails = [begin_trail(one, frozenset()) for one in addresses if one is not None]
        try:
            return {end.trail.start.url: end.outcome for end in looking.run(trails)}
        finally:
            crew.dismiss()

    @property
    def passed_s(self) -> float:
        """How long the look took."""
        return (self.time - AT).total_seconds()


def after(*answers: Fetched) -> Callable[[str], Fetched]:
    """Give these answers one after the other, the last again and again."""
    left = list(answers)
    return lambda _url: left.pop(0) if len(left) > 1 else left[0]


X, Y, Z = (f"https://a.dk/{name}" for name in "xyz")
ELSEWHERE = "https://b.dk/"


@pytest.mark.parametrize(
    ("first", "waited_s"),
    [
        (Answer(429), 5.0),
        (Answer(429, retry_after_s=7.0), 7.0),
        (Answer(503, retry_after_s=7.0), 7.0),
    ],
)
def test_a_host_that_asks_for_a_pause_is_asked_again_after_it(
    first: Answer, waited_s: float
) -> None:
    """Its other links wait as well, and what it then says counts."""
    look = Look(after(first, Answer(200)))
    assert look.run(X, Y) == {X: Answer(200), Y: Answer(200)}
    assert [url for url, _ in look.asked] == [X, X, Y]
    assert look.passed_s == waited_s


@pytest.mark.parametrize(
    "answer",
    [
        Answer(503),
        Answer(429, wall="W"),
        Answer(503, retry_after_s=7.0, wall="W"),
        *(Answer(status, retry_after_s=7.0) for status in (200, 403, 404, 500, 502)),
    ],
)
def test_what_is_no_wish_for_a_pause_counts_at_once(answer: Answer) -> None:
    """A 503 without a time is a failure, as other statuses are; a wall shows them to everybody."""
    look = Look(after(answer))
    assert look.run(X) == {X: answer}
    assert (len(look.asked), look.passed_s) == (1, 0.0)


def test_an_address_is_asked_twice_at_most() -> None:
    """Another wish for a pause counts as its answer; the next link of the host waits for it."""
    wish = Answer(429, retry_after_s=7.0)
    look = Look(after(wish, wish, Answer(200)))
    assert look.run(X, Y) == {X: wish, Y: Answer(200)}
    assert [url for url, _ in look.asked] == [X, X, Y]
    assert look.passed_s == 14.0


def test_a_useful_answer_between_two_pauses_parts_them() -> None:
    """Neither do they grow, nor is the host given up for their number."""
    urls = [f"https://a.dk/{number}" for number in range(5)]
    look = Look(after(*(Answer(status) for _ in urls for status in (429, 200))))
    assert look.run(*urls) == dict.fromkeys(urls, Answer(200))
    assert look.passed_s == 25.0


@pytest.mark.parametrize(("status", "asked"), [(429, [X]), (503, [X, Y])])
def test_a_host_that_wants_more_time_than_there_is(status: int, asked: list[str]) -> None:
    """Of a 429 all links of the host have the answer; a 503 may be one page's own."""
    wish = Answer(status, retry_after_s=61.0)
    look = Look(after(wish))
    assert look.run(X, Y, ELSEWHERE) == dict.fromkeys((X, Y, ELSEWHERE), wish)
    assert [url for url, _ in look.asked if url != ELSEWHERE] == asked


def test_a_server_that_fails_is_given_up_with_its_other_links() -> None:
    """After three failures in a row the rest is not asked; another server is."""
    refused = Failure(Cause.REFUSED)
    look = Look(lambda url: Answer(200) if url == ELSEWHERE else refused)
    urls = [f"https://a.dk/{number}" for number in range(6)]
    found = look.run(*urls, ELSEWHERE)
    given_up = Failure(Cause.REFUSED, given_up=True)
    assert [found[url] for url in urls] == [refused] * 3 + [given_up] * 3
    assert found[ELSEWHERE] == Answer(200)
    assert len(look.asked) == 4


def test_a_redirect_to_a_server_that_was_given_up_is_not_followed() -> None:
    """What is known of it is the answer, whatever host led there."""
    look = Look(
        lambda url: Failure(Cause.HOST_UNKNOWN) if url == ELSEWHERE else Answer(302, ELSEWHERE)
    )
    found = look.run(ELSEWHERE, X)
    assert found[X] == Failure(Cause.HOST_UNKNOWN, given_up=True)
    assert [url for url, _ in look.asked] == [ELSEWHERE, X]


def test_a_redirect_within_a_host_goes_before_its_other_links() -> None:
    """What was begun is ended first."""
    look = Look(lambda url: Answer(302, Z) if url == X else Answer(200))
    look.run(X, Y)
    assert [url for url, _ in look.asked] == [X, Z, Y]


def test_a_shaky_server_has_half_of_the_time() -> None:
    """Until it answers; a redirect has what is left of the time of its link."""
    silent = Failure(Cause.ANSWER_TIMED_OUT)
    look = Look(after(silent, Answer(302, "/1"), Answer(302, "/2"), Answer(200)), takes_s=6.0)
    look.run(X, Y)
    assert [patience_s for _, patience_s in look.asked] == [20.0, 10.0, 14.0, 8.0]


def test_the_silence_of_the_last_of_many_hops_is_not_the_servers() -> None:
    """Those before it took the time."""
    slow = Look(
        lambda url: Failure(Cause.ANSWER_TIMED_OUT) if url == ELSEWHERE else Answer(302, ELSEWHERE),
        takes_s=11.0,
    )
    breaker = Breaker()
    slow.run(X, breaker=breaker)
    assert not breaker.is_shaky("https://b.dk")
    quick = Look(after(Answer(302, ELSEWHERE), Failure(Cause.ANSWER_TIMED_OUT)), takes_s=1.0)
    quick.run(X, breaker=breaker)
    assert breaker.is_shaky("https://b.dk")


def test_a_clock_that_stands_still_does_not_keep_a_look_from_ending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is waited for an answer counts, though the clock does not show it."""
    monkeypatch.setattr(dispatch, "_GLANCE_S", 0.001)
    over, glances = threading.Event(), iter(range(1_000))

    def stand_still() -> datetime:
        next(glances)  # ends the test where the look does not end
        return AT

    def never_answer(_ask: WebRequest, _patience_s: float) -> Fetched:
        over.wait()
        return Answer(200)

    crew = Crew(1, never_answer)
    hosts: Hosts[Trail] = Hosts(per_host=1, gap_s=0.0, max_pause_s=60.0)
    watch = Stopwatch(stand_still, lambda _: None, threading.Event(), limit_s=0.01)
    looking = Dispatcher(crew, hosts, Breaker(), SETTINGS, watch, RequestTally())
    address = parse_address(X)
    assert address is not None
    try:
        assert list(looking.run([begin_trail(address, frozenset())])) == []
    finally:
        over.set()
        crew.dismiss()


def test_a_stop_ends_a_look() -> None:
    """What was not asked has no end."""
    look = Look(after(Answer(200)))
    look.stop.set()
    assert look.run(X) == {}
    assert look.asked == []


def test_threads_are_started_as_needed_and_end_with_the_look() -> None:
    """One at a time needs one; nothing is left of them, and no process waits for them."""
    before = set(threading.enumerate())
    crew = Crew(4, lambda _ask, _patience_s: Answer(200))
    for _ in range(3):
        crew.submit(_job(X))
        assert crew.collect(5.0) == (_job(X), Answer(200))
    (thread,) = set(threading.enumerate()) - before
    assert (thread.name, thread.daemon) == ("links-0", True)
    crew.dismiss()
    assert not thread.is_alive()


def test_a_stopped_look_does_not_wait_for_a_slow_server() -> None:
    """Its requests are left to their threads, which end when they have their answers."""
    over, ended = threading.Event(), []

    def fetch(ask: WebRequest, _patience_s: float) -> Fetched:
        over.wait(2.0)
        ended.append(ask)
        return Answer(200)

    before = set(threading.enumerate())
    crew = Crew(2, fetch)
    crew.submit(_job(X))
    crew.submit(_job(Y))
    assert not crew.has_room
    threads = set(threading.enumerate()) - before
    crew.dismiss()
    assert ended == []
    over.set()
    for thread in threads:
        thread.join(5.0)
    assert [thread.is_alive() for thread in threads] == [False, False]


def _job(url: str) -> dispatch._Job:
    address = parse_address(url)
    assert address is not None
    return dispatch._Job("a.dk", begin_trail(address, frozenset()), 0.0, 20.0)


def test_an_error_of_ours_comes_out() -> None:
    """It is no failure of a server."""

    def fail(_url: str) -> Fetched:
        raise LookupError

    with pytest.raises(LookupError):
        Look(fail).run(X)


def test_the_tally_counts_requests_and_failures_of_each_host() -> None:
    """By name; from the first beginning to the last end."""
    look = Look(
        lambda url: Failure(Cause.REFUSED) if url == ELSEWHERE else Answer(200), takes_s=1.5
    )
    look.run(ELSEWHERE, X, Y)
    with capture_logs() as logs:
        look.tally.log()
    asked = {"event": "host-asked", "log_level": "info"}
    assert logs == [
        {**asked, "host": "a.dk", "requests": 2, "failures": 0, "seconds": 3.0},
        {**asked, "host": "b.dk", "requests": 1, "failures": 1, "seconds": 1.5},
    ]


def test_an_end_knows_when_it_was_asked() -> None:
    """On the stopwatch of the run: second looks wait from there."""
    ends: list[End] = []
    look = Look(after(Answer(200)), takes_s=2.0)
    crew = Crew(1, look.fetch)
    hosts: Hosts[Trail] = Hosts(per_host=1, gap_s=0.0, max_pause_s=60.0)
    watch = Stopwatch(lambda: look.time, look.wait, look.stop)
    looking = Dispatcher(crew, hosts, Breaker(), SETTINGS, watch, look.tally)
    for url in (X, Y):
        address = parse_address(url)
        assert address is not None
        ends += looking.run([begin_trail(address, frozenset())])
    crew.dismiss()
    assert [(end.trail.asked_at_s, end.trail.spent_s) for end in ends] == [(0.0, 2.0), (2.0, 2.0)]
