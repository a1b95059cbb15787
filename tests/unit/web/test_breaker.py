"""When a server is given up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.net.failures import Cause
from syncer.web.addresses import parse_address
from syncer.web.answers import Answer, Failure
from syncer.web.breaker import BREAKER_AFTER, Breaker, Silence
from syncer.web.trail import End, Hop, begin_trail

REFUSED = Failure(Cause.REFUSED)
A, B = "http://a.dk", "https://a.dk"


def test_three_failures_in_a_row_give_a_server_up() -> None:
    """Not two, and not the same host's other port."""
    breaker = Breaker()
    for _ in range(BREAKER_AFTER):
        assert breaker.find_failure(A) is None
        breaker.note(A, REFUSED)
    assert breaker.find_failure(A) == Failure(Cause.REFUSED, given_up=True)
    assert breaker.find_failure(B) is None


@pytest.mark.parametrize("sign", [None, Failure(Cause.TLS_EXPIRED), Failure(Cause.DROPPED)])
def test_server_that_lives_is_not_find_failure(sign: Failure | None) -> None:
    """An answer, even a bad one, begins the count anew."""
    breaker = Breaker()
    for failure in (REFUSED, REFUSED, sign, REFUSED, REFUSED):
        breaker.note(A, failure)
    assert breaker.find_failure(A) is None
    breaker.note(A, REFUSED)
    assert breaker.find_failure(A) is not None


def test_server_is_shaky_after_a_failure_and_until_an_answer() -> None:
    """The next request need not have all the time."""
    breaker = Breaker()
    assert not breaker.is_shaky(A)
    breaker.note(A, REFUSED)
    assert breaker.is_shaky(A)
    breaker.note(A, None)
    assert not breaker.is_shaky(A)


@pytest.mark.parametrize("cause", [Cause.PRIVATE, Cause.HOST_UNKNOWN])
def test_settled_failure_is_enough_by_itself(cause: Cause) -> None:
    """What holds for the whole host need not be asked three times."""
    breaker = Breaker()
    breaker.note(A, Failure(cause))
    assert breaker.find_failure(A) == Failure(cause, given_up=True)


def test_suspected_server_has_one_try() -> None:
    """A server that failed in the first look is given up by one failure in the second."""
    breaker = Breaker()
    breaker.suspect(A)
    assert breaker.find_failure(A) is None
    breaker.note(A, REFUSED)
    assert breaker.find_failure(A) == Failure(Cause.REFUSED, given_up=True)


OF_HOSTS = {
    *(Cause.CONNECT_TIMED_OUT, Cause.ANSWER_TIMED_OUT, Cause.HOST_UNKNOWN, Cause.DNS_FAILED),
    *(Cause.REFUSED, Cause.HOST_UNREACHABLE, Cause.NETWORK_UNREACHABLE),
}


@pytest.mark.parametrize("cause", list(Cause))
def test_only_a_failure_of_the_host_counts(cause: Cause) -> None:
    """Each other one shows that the server is up, or that we are at fault."""
    failure = Failure(cause)
    assert failure.is_of_host is (cause in OF_HOSTS)
    assert failure.is_final is (cause in (Cause.HOST_UNKNOWN, Cause.PRIVATE))
    breaker = Breaker()
    for _ in range(BREAKER_AFTER):
        breaker.note(A, failure)
    given_up = cause in OF_HOSTS or failure.is_final
    assert (breaker.find_failure(A) is not None) is given_up


@pytest.mark.parametrize(("hosts", "is_total"), [(2, False), (3, True)])
def test_three_silent_hosts_are_a_lost_network(hosts: int, is_total: bool) -> None:
    """Two may be a coincidence, and one host with many links is one; an answer ends all doubt."""
    silence = Silence()
    for number in range(hosts):
        for path in "xy":
            silence.note(_end(f"http://{number}.dk/{path}", REFUSED), failed_before=False)
    assert silence.is_total is is_total
    silence.note(_end("http://a.dk/", Answer(404)), failed_before=False)
    assert (silence.is_total, silence.is_offline) == (False, False)


@pytest.mark.parametrize("failure", [Failure(Cause.TLS_EXPIRED), Failure(Cause.DROPPED)])
def test_hosts_that_fail_otherwise_are_not_silent(failure: Failure) -> None:
    """They are up."""
    silence = Silence()
    for number in range(9):
        silence.note(_end(f"http://{number}.dk/", failure), failed_before=False)
    assert (silence.is_total, silence.is_offline) == (False, False)


def test_a_redirect_is_an_answer() -> None:
    """Whatever the address does to which it leads."""
    silence = Silence()
    for number in range(9):
        end = _end(f"http://{number}.dk/", REFUSED)
        trail = (
            end.trail
            if number
            else replace(end.trail, hops=(Hop("http://0.dk/", 301, "http://x.dk/"),))
        )
        silence.note(replace(end, trail=trail), failed_before=False)
    assert (silence.is_broken, silence.is_total, silence.is_offline) == (True, False, False)


def test_hosts_that_failed_before_are_no_sign() -> None:
    """They say nothing of today's network."""
    silence = Silence()
    for number in range(9):
        silence.note(_end(f"http://{number}.dk/", REFUSED), failed_before=True)
    assert (silence.is_total, silence.is_offline) == (False, False)


@pytest.mark.parametrize("cause", list(Cause))
def test_only_failures_of_our_network_leave_it_open(cause: Cause) -> None:
    """Any other one came over it."""
    ours = (Cause.DNS_FAILED, Cause.NETWORK_UNREACHABLE, Cause.PROXY_FAILED)
    silence = Silence()
    silence.note(_end("http://a.dk/", Failure(cause)), failed_before=False)
    assert silence.is_offline is (cause in ours)


def _end(url: str, outcome: Answer | Failure) -> End:
    address = parse_address(url)
    assert address is not None
    return End(begin_trail(address, frozenset()), outcome)
