"""The pace of a real Nextcloud, so that figures taken on the demo server mean something."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a server answers.

    The defaults were recorded from a Nextcloud 27.0.2 on two cores: two requests at a time, 30 ms
    per request and 45 µs per entry of a listing.
    """

    at_a_time: int = 2
    request_s: float = 0.030
    entry_s: float = 45e-6

    def cost_s(self, entries: int) -> float:
        """Return how long a request takes whose answer lists that many entries."""
        return self.request_s + self.entry_s * entries


@dataclass(slots=True)
class Turn:
    """One request; whoever answers it sets how many entries the answer lists."""

    entries: int = 0


class Pacer:
    """Delays answers until they have taken the time that the pace asks for.

    Args:
        pace: None delays nothing.
    """

    def __init__(
        self,
        pace: Pace | None,
        *,
        clock: Callable[[], float] = time.perf_counter,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Store the pace, with one seat per request that may run at a time."""
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._seats = threading.Semaphore(pace.at_a_time if pace else 1)

    @contextmanager
    def take_turn(self) -> Iterator[Turn]:
        """Wait for a seat, run the block, and keep the seat for the rest of its time."""
        turn = Turn()
        if self._pace is None:
            yield turn
            return
        with self._seats:
            started = self._clock()
            yield turn
            left_s = self._pace.cost_s(turn.entries) - (self._clock() - started)
            if left_s > 0:
                self._sleep(left_s)
