"""When a server is given up: after some failures in a row (pure).

A server is an origin, scheme and port included: that nothing listens on a host's port 80 says
nothing about its port 443.
"""

from __future__ import annotations

from syncer.web.answers import Failure

BREAKER_AFTER = 3
"""Failures of a server in a row after which it is left alone."""


class Breaker:
    """Counts failures per origin; one breaker serves one look."""

    def __init__(self) -> None:
        """Begin with every server in good standing."""
        self._failures: dict[str, int] = {}
        self._given_up: dict[str, Failure] = {}

    def suspect(self, origin: str) -> None:
        """Take a server as nearly given up: one more failure is enough."""
        self._failures[origin] = BREAKER_AFTER - 1

    def note(self, origin: str, failure: Failure | None) -> None:
        """Note what came of a request: the failure, or None for an answer.

        A failure that speaks of the server counts; anything else shows that it lives. One that
        holds for the whole host is enough by itself.
        """
        if failure is None or not (failure.is_of_host or failure.is_settled):
            self._failures[origin] = 0
            return
        count = self._failures.get(origin, 0) + 1
        self._failures[origin] = count
        if failure.is_settled or count >= BREAKER_AFTER:
            self._given_up[origin] = failure

    def given_up(self, origin: str) -> Failure | None:
        """Return the failure for which a server is left alone; None when it is not."""
        return self._given_up.get(origin)

    def is_shaky(self, origin: str) -> bool:
        """Tell whether a server's last request failed, so that the next need not have much time."""
        return self._failures.get(origin, 0) > 0
