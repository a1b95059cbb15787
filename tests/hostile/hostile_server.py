"""A server of raw sockets that gives any answer, also those that no HTTP library would write."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    depth: str
    authorization: str = ""
    range: str = ""
    headers: dict[str, str] = field(default_factory=dict)


Answer = Callable[[Asked, socket.socket], None]


@dataclass
class HostileServer:
    """Listens on loopback and lets `answer` write whatever it likes into each connection."""

    answer: Answer
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        """Listen at once, so that the address is known."""
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._open: set[socket.socket] = set()
        self._closing = False
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def base_url(self) -> str:
        """Where it can be reached."""
        return f"{'https' if self.tls else 'http'}://{self.host}"

    def close(self) -> None:
        """Cut every connection and wait for the threads."""
        self._closing = True
        for each in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, target: Callable[[], None]) -> None:
        thread = threading.Thread(target=target, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.add(connection)
            self.connections += 1
            self._start(lambda connection=connection: self._serve(connection))  # type: ignore[misc]

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            self._open.add(connection)
            with connection, connection.makefile("rb") as stream:
                while not self._closing and (asked := _read_request(stream)):
                    self.asked.append(asked)
                    self.answer(asked, connection)


def _read_request(stream: object) -> Asked | None:
    readline = stream.readline  # type: ignore[attr-defined]
    first = readline(65_536).decode("latin-1").split()
    if len(first) != 3:
        return None
    headers: dict[str, str] = {}
    while line := readline(65_536).decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    stream.read(int(headers.get("content-length", "0")))  # type: ignore[attr-defined]
    depth, authorization, given_range = (
        headers.get(name, "") for name in ("depth", "authorization", "range")
    )
    return Asked(first[0], first[1], depth, authorization, given_range, headers)
