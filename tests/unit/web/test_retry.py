"""The one retry policy: two looks at most, with a wait between."""

from __future__ import annotations

import threading

import pytest

from syncer.web.retry import SECOND_LOOK_AFTER_S, make_policy


@pytest.mark.parametrize(
    ("left", "looks", "slept"),
    [((False,), 1, []), ((True, False), 2, [12.0]), ((True, True, True), 2, [12.0])],
)
def test_two_looks_at_most(left: tuple[bool, ...], looks: int, slept: list[float]) -> None:
    """A second look only where something is left, and never a third."""
    answers = iter(left)
    counted: list[None] = []
    waits: list[float] = []

    def look() -> bool:
        counted.append(None)
        return next(answers)

    make_policy(wait_s=lambda: 12.0, sleep=waits.append, stop=threading.Event())(look)
    assert len(counted) == looks
    assert waits == slept


def test_wait_is_bounded() -> None:
    """Whatever the clock says, no more is waited than a second look needs."""
    waits: list[float] = []
    make_policy(wait_s=lambda: 1e9, sleep=waits.append, stop=threading.Event())(lambda: True)
    assert waits == [SECOND_LOOK_AFTER_S]


def test_stop_ends_it_before_the_wait() -> None:
    """A run that is to stop does not wait for a second look."""
    stop = threading.Event()
    stop.set()
    waits: list[float] = []
    make_policy(wait_s=lambda: 1.0, sleep=waits.append, stop=stop)(lambda: True)
    assert waits == []


def test_bug_is_raised_as_it_is() -> None:
    """What a look raises is not wrapped, nor tried again."""

    def explode() -> bool:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make_policy(wait_s=lambda: 0.0, sleep=lambda _s: None, stop=threading.Event())(explode)
