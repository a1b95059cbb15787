"""Manners per host: how many requests at once, how far apart, when to pause (pure).

Time is an argument in seconds, from any clock that does not go back.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

MAX_PAUSES = 3
"""Pauses in a row, without a useful answer, after which a host is not asked any more."""

DEFAULT_PAUSE_S = 5.0
"""After a 429 without a time; doubled each time."""


@dataclass(slots=True)
class _Host(Generic[T]):
    waiting: deque[T] = field(default_factory=deque)
    running: int = 0
    ready_at_s: float = 0.0
    listed: bool = False
    pauses: int = 0
    paused_s: float = 0.0


class Hosts(Generic[T]):
    """Queues of items per host; every taken item is returned by `release`."""

    def __init__(self, *, per_host: int, gap_s: float, max_pause_s: float) -> None:
        """Create empty queues; `max_pause_s` bounds all pauses of one host together."""
        self._per_host = per_host
        self._gap_s = gap_s
        self._max_pause_s = max_pause_s
        self._hosts: dict[str, _Host[T]] = {}
        self._ready: list[tuple[float, int, str]] = []
        self._order = 0

    def add(self, host: str, item: T, *, first: bool = False) -> None:
        """Queue an item for a host, `first` before all others."""
        known = self._get(host)
        if first:
            known.waiting.appendleft(item)
        else:
            known.waiting.append(item)
        self._list(host, known)

    def take(self, at_s: float) -> tuple[str, T] | None:
        """Remove and return the item and host that have waited longest; None if none is due."""
        while self._ready and self._ready[0][0] <= at_s:
            _, _, host = heapq.heappop(self._ready)
            known = self._hosts[host]
            known.listed = False
            if not known.waiting:
                continue
            if known.ready_at_s > at_s:
                self._list(host, known)
                continue
            item = known.waiting.popleft()
            known.running += 1
            known.ready_at_s = at_s + self._gap_s
            self._list(host, known)
            return host, item
        return None

    def next_at_s(self) -> float | None:
        """Return when the next item is due; None when no item waits for a time."""
        return self._ready[0][0] if self._ready else None

    def release(self, host: str) -> None:
        """Note that a request to the host is over."""
        known = self._hosts[host]
        known.running -= 1
        self._list(host, known)

    def pause(self, host: str, at_s: float, asked_s: float | None) -> bool:
        """Pause a host for `asked_s` (None: it names no time); return whether there is time."""
        known = self._get(host)
        pause_s = DEFAULT_PAUSE_S * 2**known.pauses if asked_s is None else asked_s
        is_pausing = known.ready_at_s - at_s > self._gap_s
        if not is_pausing:
            # The answers of requests from before the pause count as the same pause.
            if known.pauses >= MAX_PAUSES:
                return False
            known.pauses += 1
        return self._extend(known, at_s, pause_s)

    def welcome(self, host: str) -> None:
        """Note a useful answer: later pauses are not in a row with earlier ones."""
        self._get(host).pauses = 0

    def drain(self, host: str, which: Callable[[T], bool]) -> Sequence[T]:
        """Remove and return the items of a host's queue that fulfil `which`, in order."""
        known = self._get(host)
        items = tuple(item for item in known.waiting if which(item))
        known.waiting = deque(item for item in known.waiting if not which(item))
        return items

    def _extend(self, known: _Host[T], at_s: float, pause_s: float) -> bool:
        added_s = at_s + pause_s - max(at_s, known.ready_at_s)
        if known.paused_s + added_s > self._max_pause_s:
            return False
        known.paused_s += max(0.0, added_s)
        known.ready_at_s = max(known.ready_at_s, at_s + pause_s)
        return True

    def _get(self, host: str) -> _Host[T]:
        return self._hosts.setdefault(host, _Host())

    def _list(self, host: str, known: _Host[T]) -> None:
        """Schedule a host, once, if it has items and may have another request."""
        if known.waiting and not known.listed and known.running < self._per_host:
            known.listed = True
            self._order += 1
            heapq.heappush(self._ready, (known.ready_at_s, self._order, host))
