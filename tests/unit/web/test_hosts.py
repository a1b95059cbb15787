"""Manners per host, with a clock of our own."""

from __future__ import annotations

import pytest

from syncer.web.answers import Cause, Failure
from syncer.web.hosts import BREAKER_AFTER, MAX_PAUSES, Hosts

REFUSED = Failure(Cause.REFUSED)


def make(per_host: int = 2, gap_s: float = 1.0, max_pause_s: float = 60.0) -> Hosts[int]:
    """Make a table."""
    return Hosts(per_host=per_host, gap_s=gap_s, max_pause_s=max_pause_s)


def test_gap_lies_between_two_starts() -> None:
    """The next item of a host is handed out when the gap has passed, not before."""
    hosts = make()
    hosts.add("a", 1)
    hosts.add("a", 2)
    assert hosts.take(10.0) == ("a", 1)
    assert hosts.take(10.9) is None
    assert hosts.next_at_s() == 11.0
    assert hosts.take(11.0) == ("a", 2)


def test_no_more_than_the_limit_run_at_once() -> None:
    """A place must be given back before the third item goes out."""
    hosts = make(gap_s=0.0)
    for item in range(3):
        hosts.add("a", item)
    assert hosts.take(0.0)
    assert hosts.take(0.0)
    assert hosts.take(100.0) is None
    assert hosts.next_at_s() is None
    hosts.release("a", None)
    assert hosts.take(100.0) == ("a", 2)


def test_hosts_take_turns() -> None:
    """The host that has waited longest goes first; within one, order is kept but for `first`."""
    hosts = make()
    hosts.add("a", 1)
    hosts.add("a", 2)
    hosts.add("b", 3)
    hosts.add("a", 0, first=True)
    assert [hosts.take(5.0), hosts.take(5.0), hosts.take(5.0)] == [("a", 0), ("b", 3), None]
    assert hosts.take(6.0) == ("a", 1)


def test_three_failures_in_a_row_give_a_host_up() -> None:
    """The breaker opens, and what waited is taken out; other hosts go on."""
    hosts = make(gap_s=0.0, per_host=9)
    for item in range(5):
        hosts.add("a", item)
    for _ in range(BREAKER_AFTER):
        assert hosts.given_up("a") is None
        hosts.take(0.0)
        hosts.release("a", REFUSED)
    assert hosts.given_up("a") == REFUSED
    assert hosts.given_up("b") is None
    assert hosts.drain("a") == (3, 4)
    assert hosts.drain("a") == ()


@pytest.mark.parametrize("answer", [None, Failure(Cause.TLS_EXPIRED), Failure(Cause.DROPPED)])
def test_host_that_lives_is_not_given_up(answer: Failure | None) -> None:
    """An answer, even a bad one, begins the count anew."""
    hosts = make(gap_s=0.0)
    for item in range(9):
        hosts.add("a", item)
    for failure in (REFUSED, REFUSED, answer, REFUSED, REFUSED):
        hosts.take(0.0)
        hosts.release("a", failure)
    assert hosts.given_up("a") is None
    assert hosts.is_shaky("a")


@pytest.mark.parametrize("cause", [Cause.PRIVATE, Cause.HOST_UNKNOWN])
def test_settled_failure_gives_a_host_up_at_once(cause: Cause) -> None:
    """What holds for the whole host need not be asked three times."""
    hosts = make()
    hosts.add("a", 1)
    hosts.take(0.0)
    hosts.release("a", Failure(cause))
    assert hosts.given_up("a") == Failure(cause)


def test_suspected_host_has_one_try() -> None:
    """A host that was given up in the first look is given up by one failure in the second."""
    hosts = make()
    hosts.suspect("a")
    hosts.add("a", 1)
    hosts.take(0.0)
    hosts.release("a", REFUSED)
    assert hosts.given_up("a") == REFUSED


def test_pause_holds_the_whole_host() -> None:
    """Nothing of the host goes out before the pause is over, also what is added meanwhile."""
    hosts = make(gap_s=0.1)
    hosts.add("a", 1)
    hosts.add("a", 2)
    hosts.take(0.0)
    hosts.release("a", None)
    assert hosts.pause("a", 0.05, 5.0)
    hosts.add("a", 1, first=True)
    assert hosts.take(5.0) is None
    assert hosts.take(5.05) == ("a", 1)


def test_pauses_at_the_same_time_are_one() -> None:
    """Two requests that were on their way when the host had enough do not count twice."""
    hosts = make(gap_s=0.1)
    for _ in range(2 * MAX_PAUSES):
        assert hosts.pause("a", 1.0, 5.0)


def test_pauses_in_a_row_end() -> None:
    """A host that pauses again and again without an answer is given up; an answer renews it."""
    hosts = make(gap_s=0.1)
    at_s = 0.0
    for _ in range(MAX_PAUSES):
        assert hosts.pause("a", at_s, 2.0)
        at_s += 2.0
    assert not hosts.pause("a", at_s, 2.0)
    hosts.welcome("a")
    assert hosts.pause("a", at_s, 2.0)


def test_pause_that_is_too_long_is_refused() -> None:
    """What a host may ask for in all is bounded."""
    hosts = make()
    assert not hosts.pause("a", 0.0, 61.0)
    assert hosts.pause("a", 0.0, 40.0)
    hosts.welcome("a")
    assert not hosts.pause("a", 50.0, 40.0)
    assert hosts.pause("a", 50.0, 15.0)


def test_unnamed_pauses_grow() -> None:
    """A 429 without a time is met with 5 s, and then 10."""
    hosts = make(gap_s=0.0)
    hosts.add("a", 1)
    assert hosts.pause("a", 0.0, None)
    assert hosts.take(4.9) is None
    assert hosts.pause("a", 5.0, None)
    assert hosts.take(14.9) is None
    assert hosts.take(15.0) == ("a", 1)
