"""The pace fills up what a request took to what it would take on the real server."""

from __future__ import annotations

import pytest

from syncer.demo.pace import Pace, Pacer


def test_a_listing_of_ten_thousand_takes_what_was_measured() -> None:
    """30 ms and 45 µs an entry: about half a second."""
    assert Pace().cost_s(10_611) == pytest.approx(0.5075, abs=0.001)


def test_only_the_rest_is_waited() -> None:
    """What the answering itself took is part of the time."""
    slept: list[float] = []
    times = iter([10.0, 10.02])
    pacer = Pacer(Pace(), clock=lambda: next(times), sleep=slept.append)
    with pacer.take_turn() as turn:
        turn.entries = 1000
    assert slept == pytest.approx([0.055])


def test_who_is_late_does_not_wait() -> None:
    """An answer slower than the pace goes out at once."""
    slept: list[float] = []
    times = iter([0.0, 5.0])
    with Pacer(Pace(), clock=lambda: next(times), sleep=slept.append).take_turn():
        pass
    assert slept == []


def test_no_more_than_two_at_a_time() -> None:
    """A third request finds no seat until one is free."""
    pacer = Pacer(Pace(request_s=0, entry_s=0))
    with pacer.take_turn(), pacer.take_turn():
        assert not pacer._seats.acquire(blocking=False)
    assert pacer._seats.acquire(blocking=False)


def test_without_a_pace_nothing_is_held_back() -> None:
    """No clock is read and nothing slept."""
    pacer = Pacer(None, clock=lambda: pytest.fail("clock"), sleep=lambda _s: pytest.fail("sleep"))
    with pacer.take_turn() as turn:
        turn.entries = 5
