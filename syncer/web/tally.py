"""What each host was asked in a run, and how long that took: one line of the log for each."""

from __future__ import annotations

from dataclasses import dataclass

import structlog


@dataclass(slots=True)
class _Asked:
    """One host so far; times are seconds of the run."""

    began_s: float
    ended_s: float
    requests: int = 0
    failures: int = 0


class RequestTally:
    """Counts requests per host, redirects and second looks included."""

    def __init__(self) -> None:
        """Begin without hosts."""
        self._hosts: dict[str, _Asked] = {}

    def note(self, host: str, began_s: float, ended_s: float, *, failed: bool) -> None:
        """Note a request that is over; `failed`: no answer came at all."""
        asked = self._hosts.setdefault(host, _Asked(began_s, ended_s))
        asked.began_s = min(asked.began_s, began_s)
        asked.ended_s = max(asked.ended_s, ended_s)
        asked.requests += 1
        asked.failures += failed

    def log(self) -> None:
        """Say one line per host, by name; `seconds` are from the first request to the last end."""
        log = structlog.get_logger("syncer")
        for host, asked in sorted(self._hosts.items()):
            log.info(
                "host-asked",
                host=host,
                requests=asked.requests,
                failures=asked.failures,
                seconds=round(asked.ended_s - asked.began_s, 3),
            )
