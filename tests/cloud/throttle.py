"""The cloud's memory of failed attempts, as Nextcloud's brute-force protection keeps it.

Measured on 27.0.2 (docs/nextcloud.md, section 2): each failed attempt doubles the wait of every
later request from that address, up to 25 s; after the eleventh all are refused. The share pages
and the two DAV endpoints count separately.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

_DOUBLINGS_AT_MOST = 16


class Bucket(StrEnum):
    """What counts its failures separately."""

    LEGACY_DAV = "legacy_public_webdav_auth"
    NEW_DAV = "public_dav_auth"
    PAGE = "publicLinkAuth"


class MaxDelayReached(Exception):  # noqa: N818 - the server's own word for it
    """There were too many failed attempts: every request of this address is refused."""


@dataclass(slots=True)
class Throttle:
    """Failed attempts per address and bucket, and what they cost.

    Attributes:
        unit_s: half the wait after the first failure; 0 counts and refuses without any wait.
        max_delay_s: the longest wait.
        max_attempts: with more failures than these everything is refused.
        sleep: how to wait.
    """

    unit_s: float = 0.1
    max_delay_s: float = 25.0
    max_attempts: int = 10
    sleep: Callable[[float], None] = time.sleep
    _failures: Counter[tuple[str, Bucket]] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_or_refuse(self, address: str, bucket: Bucket) -> None:
        """Wait as long as the failures of an address demand; raise `MaxDelayReached` beyond."""
        with self._lock:
            attempts = self._failures[address, bucket]
        if attempts > self.max_attempts:
            raise MaxDelayReached("Reached maximum delay")
        delay_s = self._delay_s(attempts)
        if delay_s:
            self.sleep(delay_s)

    def count_failure(self, address: str, bucket: Bucket) -> None:
        """Count one more failed attempt."""
        with self._lock:
            self._failures[address, bucket] += 1

    def failures(self, address: str = "127.0.0.1", bucket: Bucket | None = None) -> int:
        """Return the number of failed attempts of an address, in one bucket or in all."""
        buckets = Bucket if bucket is None else (bucket,)
        with self._lock:
            return sum(self._failures[address, each] for each in buckets)

    def delay_ms(self, address: str) -> int:
        """Return the `bruteforce.delay` of the capabilities: over all buckets."""
        return round(self._delay_s(self.failures(address)) * 1000)

    def forget(self) -> None:
        """Start again, as after the hours that a server remembers."""
        with self._lock:
            self._failures.clear()

    def _delay_s(self, attempts: int) -> float:
        if attempts == 0:
            return 0.0
        return min(self.unit_s * 2.0 ** min(attempts, _DOUBLINGS_AT_MOST), self.max_delay_s)
