"""Manners per host, with a clock of our own."""

from __future__ import annotations

from syncer.web.hosts import Hosts


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
    hosts.release("a")
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


def test_drained_items_go_nowhere() -> None:
    """What is taken out is not handed out; the rest keeps its order."""
    hosts = make(gap_s=0.0)
    for item in range(5):
        hosts.add("a", item)
    assert hosts.drain("a", lambda item: item % 2 == 0) == (0, 2, 4)
    assert hosts.take(0.0) == ("a", 1)
    assert hosts.drain("a", lambda _item: True) == (3,)
    assert hosts.take(0.0) is None


def test_pause_holds_the_whole_host() -> None:
    """Nothing of the host goes out before the pause is over, also what is added meanwhile."""
    hosts = make(gap_s=0.1)
    hosts.add("a", 1)
    hosts.add("a", 2)
    hosts.take(0.0)
    hosts.release("a")
    assert hosts.pause("a", 0.05, 5.0)
    hosts.add("a", 1, first=True)
    assert hosts.take(5.0) is None
    assert hosts.take(5.05) == ("a", 1)


def test_pauses_at_the_same_time_are_one() -> None:
    """Two requests that were on their way when the host had enough do not count twice."""
    hosts = make(gap_s=0.1)
    for _ in range(6):
        assert hosts.pause("a", 1.0, 5.0)


def test_pauses_in_a_row_end() -> None:
    """A host that pauses again and again without an answer is given up; an answer renews it."""
    hosts = make(gap_s=0.1)
    at_s = 0.0
    for _ in range(3):
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


def test_all_the_time_that_there_is_may_be_asked_for() -> None:
    """To the second, in one pause or in several."""
    assert make(max_pause_s=60.0).pause("a", 0.0, 60.0)
    hosts = make(max_pause_s=60.0)
    assert hosts.pause("a", 0.0, 20.0)
    assert hosts.pause("a", 20.0, 40.0)
    assert not hosts.pause("a", 60.0, 1.5)


def test_a_host_that_lost_its_items_does_not_hold_up_the_others() -> None:
    """Its turn comes and goes."""
    hosts = make(gap_s=0.0)
    hosts.add("a", 1)
    hosts.add("b", 2)
    hosts.drain("a", lambda _item: True)
    assert hosts.take(0.0) == ("b", 2)


def test_a_host_that_pauses_does_not_hold_up_the_others() -> None:
    """It was listed before it asked for the pause."""
    hosts = make(gap_s=0.0)
    hosts.add("a", 1)
    hosts.add("b", 2)
    hosts.pause("a", 0.0, 9.0)
    assert hosts.take(0.0) == ("b", 2)
    assert hosts.next_at_s() == 9.0


def test_unnamed_pauses_grow() -> None:
    """A 429 without a time is met with 5 s, and then 10."""
    hosts = make(gap_s=0.0)
    hosts.add("a", 1)
    assert hosts.pause("a", 0.0, None)
    assert hosts.take(4.9) is None
    assert hosts.pause("a", 5.0, None)
    assert hosts.take(14.9) is None
    assert hosts.take(15.0) == ("a", 1)
