"""The time that one request may take, and reading and sending within it.

The time-out of requests is per read: a server that drips a byte a minute, or sends one
`100 Continue` after the other, holds a thread for ever. Here a request has one deadline from the
name look-up to the last byte. Every wait ends there and soon after a stop, and all that comes
around the body is bounded.
"""

from __future__ import annotations

import errno
import io
import math
import os
import selectors
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from urllib3.util.ssltransport import SSLTransport

from syncer.net.failures import AnswerStopped, TooLongError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_P = ParamSpec("_P")
_T = TypeVar("_T")
# Nextcloud itself sleeps up to 25 s after failed tries (`docs/nextcloud.md`, section 6).
READ_TIMEOUT_S = 60.0
# Two addresses of a host, 10 s each.
CONNECT_TIMEOUT_S = 20.0
# A server writes a tree of a million entries in about a minute; a proxy cuts sooner as a rule.
ANSWER_DEADLINE_S = 120.0
# How often a thread that waits for bytes checks for a stop.
STOP_POLL_S = 0.25
_CONNECTING = frozenset({errno.EINPROGRESS, errno.EWOULDBLOCK})
# What may be received before some of it is content: a TLS handshake, tickets, new keys. OpenSSL
# itself accepts 100 KB of certificates.
MAX_TLS_BYTES = 262_144


class LateStop(threading.Event):
    """Another stop, some seconds later: what it finds under way may still end well."""

    def __init__(self, stop: threading.Event, seconds: float) -> None:
        """Count the seconds from when the other stop is first seen."""
        super().__init__()
        self._stop = stop
        self._seconds = seconds
        self._ends_at: float | None = None

    def is_set(self) -> bool:
        """Return whether the seconds are over."""
        if self._ends_at is None and self._stop.is_set():
            self._ends_at = time.monotonic() + self._seconds
        return self._ends_at is not None and time.monotonic() >= self._ends_at


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

    def within(self, seconds: float) -> Deadline:
        """Return the same limits, over in at most so many seconds."""
        return replace(self, ends_at=min(self.ends_at, time.monotonic() + seconds))

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


def set_deadline(deadline: Deadline) -> None:
    """Set another deadline for what this thread does next."""
    _CURRENT.deadline = deadline


class BoundedSocket(socket.socket):
    """A socket whose waits end at the deadline of this thread's request, and soon after a stop.

    Its own time-out is not used once it is connected.

    Attributes:
        allowed_bytes: how many may still be received; `BoundedStream` renews them.
        had_surplus: whether more was received than an answer.
    """

    allowed_bytes: int = MAX_TLS_BYTES
    had_surplus: bool = False

    def connect_within(self, seconds: float, address: str, port: int) -> None:
        """Connect, in so many seconds at most.

        Raises:
            AnswerStopped: the run was stopped.
            OSError: no connection came about; `TimeoutError` when the time is over.
        """
        gives_up_at = time.monotonic() + seconds
        self.settimeout(0)
        failed = self.connect_ex((address, port))
        with selectors.DefaultSelector() as selector:
            selector.register(self, selectors.EVENT_WRITE)
            while failed in _CONNECTING:
                get_deadline().check()
                left_s = gives_up_at - time.monotonic()
                if left_s <= 0:
                    raise TimeoutError("connecting takes too long")
                if selector.select(min(left_s, STOP_POLL_S)):
                    failed = self.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if failed:
            raise OSError(failed, os.strerror(failed))

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """Receive at least one byte; none at the end. For what it raises see `BoundedStream`."""
        received = self._wait(super().recv, size, flags)
        self._count(len(received))
        return received

    def recv_into(self, buffer: WriteableBuffer, size: int = 0, flags: int = 0) -> int:
        """Receive at least one byte; 0 at the end. For what it raises see `BoundedStream`."""
        received = self._wait(super().recv_into, buffer, size, flags)
        self._count(received)
        return received

    def sendall(self, content: ReadableBuffer, flags: int = 0, /) -> None:
        """Send everything; `read_s` is for each part of it that the other side takes.

        Raises:
            TimeoutError: nothing was taken in time, or the request takes too long as a whole.
            AnswerStopped: the run was stopped.
            ConnectionError: the connection broke.
        """
        with memoryview(content).cast("B") as rest:
            sent = 0
            while sent < len(rest):
                sent += self._wait(super().send, rest[sent:], flags)

    def _wait(self, act: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        deadline = get_deadline()
        gives_up_at = time.monotonic() + deadline.patience.read_s
        while True:
            deadline.check()
            left_s = min(gives_up_at - time.monotonic(), deadline.compute_left_s())
            if left_s <= 0:
                raise TimeoutError("the next bytes take too long")
            self.settimeout(min(left_s, STOP_POLL_S))
            try:
                return act(*args, **kwargs)
            except TimeoutError:
                continue

    def _count(self, received: int) -> None:
        self.allowed_bytes -= received
        if self.allowed_bytes < 0:
            raise TooLongError("too much comes around the answer")


def _find_bottom(sock: Any) -> BoundedSocket:
    """Return the socket below TLS, or below TLS in TLS."""
    while isinstance(sock, SSLTransport):
        sock = sock.socket
    found: BoundedSocket = sock
    return found


def has_surplus(sock: Any) -> bool:
    """Return whether more was received than the answers so far: in a buffer, or still in TLS.

    It belongs to no request, and the next one must not take it for its answer.
    """
    while isinstance(sock, SSLTransport):
        if sock.incoming.pending or sock.sslobj.pending():
            return True
        sock = sock.socket
    return bool(sock.had_surplus)


class BoundedStream(io.RawIOBase):
    """The content that a socket receives, below TLS or without it.

    `allowed_bytes` is how many may still come, None for any number: it bounds header sections, and
    what is sent around the chunks of a body.
    """

    def __init__(self, sock: socket.socket) -> None:
        """Read from `sock`, which stays open until this is closed, as `makefile` promises."""
        self._sock = sock
        self._hold = sock.makefile("rb", buffering=0)
        self._bottom = _find_bottom(sock)
        self.allowed_bytes: int | None = None
        self._is_over = False

    def end(self, reader: io.BufferedReader) -> None:
        """Receive nothing more, and note whether `reader` has something left."""
        self._is_over = True
        self._bottom.had_surplus |= bool(reader.peek())

    def readable(self) -> bool:
        """Return True, as `io` expects of a stream that can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Receive at least one byte; 0 at the end.

        Raises:
            TimeoutError: nothing came in time, or the request takes too long as a whole.
            AnswerStopped: the run was stopped.
            TooLongError: more than `allowed_bytes` came, or too much without any content.
            ConnectionError: the connection broke.
        """
        if self._is_over:
            return 0
        self._bottom.allowed_bytes = MAX_TLS_BYTES
        received = self._sock.recv_into(buffer)
        if self.allowed_bytes is not None:
            self.allowed_bytes -= received
            if self.allowed_bytes < 0:
                raise TooLongError("the header section is too long")
        return received

    def close(self) -> None:
        """Release the socket."""
        self._hold.close()
        super().close()
