"""What the cloud's server has answered, for tests and benchmarks to count."""

from __future__ import annotations

import threading
from collections import Counter, deque
from dataclasses import dataclass
from typing import Final

from syncer.demo.answer import Request

_REMEMBERED_REQUESTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Served:
    """A request that was answered.

    Attributes:
        kind: "propfind-0", "propfind-1", "propfind-infinity", "put", "move", …, "status",
            "capabilities", "page", "download", "other".
    """

    kind: str
    method: str
    path: str
    status: int


class Traffic:
    """The requests so far."""

    def __init__(self) -> None:
        """Create an empty record."""
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._served: deque[Served] = deque(maxlen=_REMEMBERED_REQUESTS)

    def note(self, request: Request, status: int) -> None:
        """Count a request."""
        kind = _kind_of(request)
        with self._lock:
            self._counts[kind] += 1
            self._served.append(Served(kind, request.method, request.path, status))

    @property
    def counts(self) -> dict[str, int]:
        """Requests per kind, by kind; only kinds that occurred."""
        with self._lock:
            return dict(sorted(self._counts.items()))

    @property
    def total(self) -> int:
        """All requests."""
        with self._lock:
            return self._counts.total()

    @property
    def served(self) -> tuple[Served, ...]:
        """The last 10,000 requests in the order in which they were answered."""
        with self._lock:
            return tuple(self._served)

    def forget(self) -> None:
        """Start counting from zero."""
        with self._lock:
            self._counts.clear()
            self._served.clear()


def _kind_of(request: Request) -> str:
    path = request.path.removeprefix("/index.php")
    if path.startswith(("/public.php/", "/remote.php/dav/")):
        if request.method != "PROPFIND":
            return request.method.lower()
        depth = request.environ.get("HTTP_DEPTH", "1").lower()
        return f"propfind-{depth if depth in ('0', '1', 'infinity') else 'other'}"
    if path == "/status.php":
        return "status"
    if path.startswith("/ocs/"):
        return "capabilities"
    if path.startswith("/s/"):
        return "download" if "/download" in path else "page"
    return "other"
