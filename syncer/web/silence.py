"""Whether anything answered at all in a run: when nothing does, it is our network that is gone.

Where every server of many is silent at once, the honest verdict on each is "could not look"
(our choice, after design rule 2, "Distrust sudden emptiness").
"""

from __future__ import annotations

from syncer.web.answers import Answer, Detour, Failure
from syncer.web.trail import End

SILENT_HOSTS = 3
"""So many hosts that were not silent before, and no answer from anywhere, are no coincidence."""


def speaks_of_host(end: End) -> bool:
    """Tell whether a request ended without a word from the host that was asked."""
    return isinstance(end.outcome, Failure) and end.outcome.is_of_host


class Silence:
    """Hears every end of a run; one silence serves one run."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self._answered = False
        self._silent: set[str] = set()

    @property
    def is_broken(self) -> bool:
        """Whether some server has answered, so that the network is there."""
        return self._answered

    @property
    def is_total(self) -> bool:
        """Whether no server has answered and so many fell silent that the network must be gone."""
        return not self._answered and len(self._silent) >= SILENT_HOSTS

    def hear(self, end: End, *, failed_before: bool) -> None:
        """Hear how a request ended.

        Args:
            end: of the request.
            failed_before: an earlier run has seen this address fail: that it still does says
                nothing of today's network.
        """
        if isinstance(end.outcome, Answer | Detour):
            self._answered = True
        elif speaks_of_host(end) and not failed_before:
            self._silent.add(end.trail.ask.address.host)
