"""The time that one request may take, and reading and sending within it.

The time-out of requests is per read: a server that drips a byte a minute, or sends one
`100 Continue` after the other, holds a thread for ever. Here a request has one deadline from the
name look-up to the last byte. Every read ends there, ends soon after a stop, and header sections
are bounded.
"""

from __future__ import annotations

import io
import math
import socket
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from syncer.net.failures import AnswerStopped, HeadersTooLongError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Nextcloud itself sleeps up to 25 s after failed tries (`docs/nextcloud.md`, section 6).
READ_TIMEOUT_S = 60.0
# Two addresses of a host, 10 s each.
CONNECT_TIMEOUT_S = 20.0
# A server writes a tree of a million entries in about a minute; a proxy cuts sooner as a rule.
ANSWER_DEADLINE_S = 120.0
# How often a thread that waits for bytes checks for a stop.
STOP_POLL_S = 0.25


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server.

    Attributes:
        connect_s: for all addresses of a host together, and again for the TLS handshake.
        read_s: for the next bytes.
        answer_s: for a request, from the name look-up to the last byte of the answer.
        ends_at: when all waiting ends, whatever the request, by `time.monotonic`.
        stop: ends every wait when it is set.
    """

    connect_s: float = CONNECT_TIMEOUT_S
    read_s: float = READ_TIMEOUT_S
    answer_s: float = ANSWER_DEADLINE_S
    ends_at: float = math.inf
    stop: threading.Event = field(default_factory=threading.Event)

    def within(self, seconds: float) -> Patience:
        """Return the same patience, over in at most so many seconds."""
        return replace(self, ends_at=min(self.ends_at, time.monotonic() + seconds))

    @property
    def is_over(self) -> bool:
        """Whether `ends_at` has passed."""
        return time.monotonic() >= self.ends_at


@dataclass(frozen=True, slots=True)
class Deadline:
    """The limits of one request, by `time.monotonic`; without one they are infinite."""

    patience: Patience = field(default_factory=Patience)
    connected_by: float = math.inf
    ends_at: float = math.inf

    def compute_left_s(self) -> float:
        """Return the seconds left; 0 or less when the time is over."""
        return min(self.ends_at - time.monotonic(), threading.TIMEOUT_MAX)

    def check(self) -> None:
        """Raise `AnswerStopped` after a stop, and `TimeoutError` when the time is over."""
        if self.patience.stop.is_set():
            raise AnswerStopped("stopped")
        if self.compute_left_s() <= 0:
            raise TimeoutError("the request takes too long")


_CURRENT = threading.local()


def begin_request(patience: Patience) -> None:
    """Start the time of the next request of this thread."""
    now = time.monotonic()
    ends_at = min(now + patience.answer_s, patience.ends_at)
    _CURRENT.deadline = Deadline(patience, min(now + patience.connect_s, ends_at), ends_at)


def get_deadline() -> Deadline:
    """Return the deadline of this thread's request."""
    deadline: Deadline = getattr(_CURRENT, "deadline", Deadline())
    return deadline


class BoundedStream(io.RawIOBase):
    """The bytes that a socket receives, until the deadline of this thread's request.

    `allowed_bytes` is how many may still come, None for any number: it bounds header sections, and
    what is sent around the chunks of a body.
    """

    def __init__(self, sock: socket.socket) -> None:
        """Read from `sock`, which stays open until this is closed, as `makefile` promises."""
        self._sock = sock
        self._hold = sock.makefile("rb", buffering=0)
        self._deadline = get_deadline()
        self.allowed_bytes: int | None = None

    def readable(self) -> bool:
        """Return True, as `io` expects of a stream that can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Receive at least one byte; 0 at the end.

        Raises:
            TimeoutError: nothing came in time, or the request takes too long as a whole.
            AnswerStopped: the run was stopped.
            HeadersTooLongError: more than `allowed_bytes` came.
            ConnectionError: the connection broke.
        """
        gives_up_at = time.monotonic() + self._deadline.patience.read_s
        while True:
            self._deadline.check()
            left_s = min(gives_up_at - time.monotonic(), self._deadline.compute_left_s())
            if left_s <= 0:
                raise TimeoutError("the next bytes take too long")
            try:
                received = self._receive(buffer, min(left_s, STOP_POLL_S))
            except TimeoutError:
                continue
            if self.allowed_bytes is not None:
                self.allowed_bytes -= received
                if self.allowed_bytes < 0:
                    raise HeadersTooLongError("the header section is too long")
            return received

    def _receive(self, buffer: WriteableBuffer, wait_s: float) -> int:
        """Receive within `wait_s` and restore the time-out of the socket.

        TLS uses the socket next after a proxy's answer to CONNECT was read.
        """
        before = self._sock.gettimeout()
        self._sock.settimeout(wait_s)
        try:
            return self._sock.recv_into(buffer)
        finally:
            self._sock.settimeout(before)

    def close(self) -> None:
        """Release the socket."""
        self._hold.close()
        super().close()


class TimedBody(io.BytesIO):
    """A request's body, sent in pieces until the deadline of this thread's request.

    In pieces, since the time-out of a socket holds for all that is handed to it at once: a big
    file over a slow line would never get through.
    """

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next piece.

        Raises:
            TimeoutError: the request takes too long as a whole.
            AnswerStopped: the run was stopped.
        """
        get_deadline().check()
        return super().read(size)
