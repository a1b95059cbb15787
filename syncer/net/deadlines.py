"""Sockets with a hard end: the requests adapter under the WebDAV client.

The time-out of requests is per read: a server that drips a byte a minute, or sends one
`100 Continue` after the other, holds a thread for ever. Here every read of an answer, its status
line and headers too, ends at one deadline, looks for a stop a few times a second, and the header
section has a size.
"""

from __future__ import annotations

import io
import socket
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# The server itself sleeps up to 25 s before it answers somebody it distrusts (`nextcloud.md`,
# section 6): the shortest patience that does not cut it off is more than that.
READ_TIMEOUT_S = 60.0
CONNECT_TIMEOUT_S = 10.0
# One answer, from the request to its last byte. A tree of a million entries takes a server about
# a minute to write; a proxy cuts sooner than this as a rule.
ANSWER_DEADLINE_S = 600.0
# Status line and headers; Nextcloud sends about 2 KB, and Apache takes no more than 100 KB.
MAX_HEADER_BYTES = 262_144
# How often a thread that waits for bytes looks whether the run was told to stop.
STOP_POLL_S = 0.25


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server.

    Attributes:
        connect_s: for one address to take the connection.
        read_s: for the next bytes.
        answer_s: for the whole answer, whatever comes meanwhile.
        stop: ends every wait when it is set.
    """

    connect_s: float = CONNECT_TIMEOUT_S
    read_s: float = READ_TIMEOUT_S
    answer_s: float = ANSWER_DEADLINE_S
    stop: threading.Event = field(default_factory=threading.Event)


class AnswerStopped(OSError):  # noqa: N818 - it is no failure of the server
    """The run was told to stop while an answer was awaited."""


class BoundedStream(io.RawIOBase):
    """What a socket receives, until a deadline and within a number of bytes.

    `allowed_bytes` is lowered while a header section is read and None in between.
    """

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        """Take the socket; it stays open until this is closed, as `makefile` promises."""
        self._sock = sock
        self._hold = sock.makefile("rb", buffering=0)
        self._patience = patience
        self._ends_at = time.monotonic() + patience.answer_s
        self.allowed_bytes: int | None = None

    def readable(self) -> bool:
        """Say that it can be read, as `io` wants to know."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Receive what there is, at least a byte; 0 at the end.

        Raises:
            TimeoutError: nothing came in time, or the answer takes too long as a whole.
            AnswerStopped: the run was told to stop.
            ConnectionError: the connection broke, or the header section has no end.
        """
        gives_up_at = min(time.monotonic() + self._patience.read_s, self._ends_at)
        while True:
            if self._patience.stop.is_set():
                raise AnswerStopped("stopped")
            left_s = gives_up_at - time.monotonic()
            if left_s <= 0:
                raise TimeoutError("the answer takes too long")
            try:
                received = self._receive(buffer, min(left_s, STOP_POLL_S))
            except TimeoutError:
                continue
            self._count(received)
            return received

    def _receive(self, buffer: WriteableBuffer, wait_s: float) -> int:
        """Receive within a little while; who uses the socket next finds its time-out as it was.

        That is TLS, where a proxy's answer to CONNECT was read before.
        """
        before = self._sock.gettimeout()
        self._sock.settimeout(wait_s)
        try:
            return self._sock.recv_into(buffer)
        finally:
            self._sock.settimeout(before)

    def _count(self, received: int) -> None:
        if self.allowed_bytes is not None:
            self.allowed_bytes -= received
            if self.allowed_bytes < 0:
                raise ConnectionError("the header section has no end")

    def close(self) -> None:
        """Let go of the socket."""
        self._hold.close()
        super().close()


class TimedBody(io.BytesIO):
    """What is uploaded, given out in pieces until a deadline.

    In pieces, since a socket's time-out holds for all that is handed to it at once: a big file
    over a slow line would never get through.
    """

    def __init__(self, content: bytes, patience: Patience) -> None:
        """Take what is to be sent; the time runs from now."""
        super().__init__(content)
        self._stop = patience.stop
        self._ends_at = time.monotonic() + patience.answer_s

    def read(self, size: int | None = -1, /) -> bytes:
        """Give the next piece.

        Raises:
            TimeoutError: the sending takes too long as a whole.
            AnswerStopped: the run was told to stop.
        """
        if self._stop.is_set():
            raise AnswerStopped("stopped")
        if time.monotonic() > self._ends_at:
            raise TimeoutError("the sending takes too long")
        return super().read(size)


def make_adapter(patience: Patience, connections: int) -> HTTPAdapter:
    """Return an adapter with at most `connections` to each host, and no retries of its own."""

    class BoundedResponse(HTTPResponse):
        def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
            super().__init__(sock, *args, **kwargs)
            self.fp.close()
            self._stream = BoundedStream(sock, patience)
            self.fp = io.BufferedReader(self._stream, 65_536)

        def begin(self) -> None:
            self._stream.allowed_bytes = MAX_HEADER_BYTES
            super().begin()
            self._stream.allowed_bytes = None

    class PlainConnection(HTTPConnection):
        response_class = BoundedResponse

    class TlsConnection(HTTPSConnection):
        response_class = BoundedResponse

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = TlsConnection

    class BoundedAdapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs)
            self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": TlsPool}

        def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
            manager = super().proxy_manager_for(proxy, **kwargs)
            manager.pool_classes_by_scheme = {"http": PlainPool, "https": TlsPool}
            return manager

    return BoundedAdapter(
        pool_connections=connections, pool_maxsize=connections, pool_block=True, max_retries=0
    )


class PlainSession(requests.Session):
    """A session that follows no redirect: where it leads is for the caller to judge."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002
        """Name no target."""
        return None
