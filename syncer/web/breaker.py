"""Servers that do not answer: one of them, or all, as when our own network is down (pure)."""

from __future__ import annotations

from dataclasses import replace

from syncer.net.failures import Cause
from syncer.web.answers import Answer, Detour, Failure
from syncer.web.trail import End

BREAKER_AFTER = 3
"""Failures of a server in a row after which it is not asked any more."""

SILENT_HOSTS = 3
"""So many newly silent hosts, without an answer from any, are not a coincidence (our choice)."""

_OF_OUR_NETWORK = frozenset({Cause.DNS_FAILED, Cause.NETWORK_UNREACHABLE, Cause.PROXY_FAILED})


class Breaker:
    """Counts the failures of each server, an origin, in one look.

    Nothing on a host's port 80 does not mean that there is nothing on its port 443.
    """

    def __init__(self) -> None:
        """Create a breaker without failures."""
        self._failures: dict[str, int] = {}
        self._open: dict[str, Failure] = {}

    def suspect(self, origin: str) -> None:
        """Make one more failure of a server enough."""
        self._failures[origin] = BREAKER_AFTER - 1

    def note(self, origin: str, failure: Failure | None) -> None:
        """Count the failure of a request, or None for an answer.

        Any other failure than one of the host shows that the server is up. A final one is enough
        by itself.
        """
        if failure is None or not (failure.is_of_host or failure.is_final):
            self._failures[origin] = 0
            return
        count = self._failures.get(origin, 0) + 1
        self._failures[origin] = count
        if failure.is_final or count >= BREAKER_AFTER:
            self._open[origin] = failure

    def find_failure(self, origin: str) -> Failure | None:
        """Return the failure for which a server is not asked any more, None if it is."""
        failure = self._open.get(origin)
        return None if failure is None else replace(failure, given_up=True)

    def is_shaky(self, origin: str) -> bool:
        """Return whether the last request to a server failed: the next one gets less time."""
        return self._failures.get(origin, 0) > 0


class Silence:
    """Counts the hosts of a run that do not answer.

    When every server is silent at once, nothing is known about any (`docs/design.md`, rule 1).
    """

    def __init__(self) -> None:
        """Start without any answer."""
        self.is_broken = False
        self._silent: set[str] = set()
        self._has_network = False

    @property
    def is_total(self) -> bool:
        """Whether no server answered and so many are silent that the network must be down."""
        return not self.is_broken and len(self._silent) >= SILENT_HOSTS

    @property
    def is_offline(self) -> bool:
        """Whether no server answered, and by the failures it is our own network that is down."""
        return self.is_total or not (self.is_broken or self._has_network)

    def note(self, end: End, *, failed_before: bool) -> None:
        """Count how a request ended; one that failed before says nothing of today's network."""
        if isinstance(end.outcome, Answer | Detour) or end.trail.hops:
            self.is_broken = True
        elif is_silent(end) and not failed_before:
            self._silent.add(end.trail.ask.address.host)
        if not isinstance(end.outcome, Failure) or end.outcome.cause not in _OF_OUR_NETWORK:
            self._has_network = True


def is_silent(end: End) -> bool:
    """Return whether a request got no answer from its host."""
    return isinstance(end.outcome, Failure) and end.outcome.is_of_host
