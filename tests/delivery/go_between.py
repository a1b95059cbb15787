"""A proxy before the demo server that spoils the requests a test chooses."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

from tests.cloud.server import CloudServer

TOKEN = "Rapport00000001"
USER = "natten"
APP_PASSWORD = "app-password-æ"
SHARE_PASSWORD = "hemmelig-æ"


@dataclass
class Passing:
    """A request on its way; `number` counts those of its method, from 1."""

    method: str
    path: str
    number: int
    body: bytes
    handler: BaseHTTPRequestHandler
    forward: Callable[[bytes], tuple[int, list[tuple[str, str]], bytes]]

    def answer(self, status: int, *headers: tuple[str, str], body: bytes = b"") -> None:
        """Answer in place of the server."""
        self.handler.send_response(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.handler.send_header(name, value)
        self.handler.send_header("Content-Length", str(len(body)))
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def pass_on(self, body: bytes | None = None) -> None:
        """Let the server answer, perhaps to another body."""
        status, headers, content = self.forward(self.body if body is None else body)
        self.answer(status, *headers, body=content)

    def cut(self) -> None:
        """End the connection without an answer."""
        self.handler.close_connection = True
        with contextlib.suppress(OSError):
            self.handler.connection.shutdown(socket.SHUT_RDWR)


Meddle = Callable[[Passing], bool]
"""Deals with a request, or returns False to let it pass."""


class GoBetween:
    """A proxy before the demo server; `meddle` sees every request first."""

    def __init__(self, server: CloudServer) -> None:
        """Listen at once, so that the address is known."""
        self.meddle: Meddle = lambda _: False
        self.asked: list[tuple[str, str]] = []
        self.over = threading.Event()
        between, target = self, urlsplit(server.base_url)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))

                def forward(content: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
                    connection = http.client.HTTPConnection(target.netloc)
                    headers = {**dict(self.headers.items()), "Content-Length": str(len(content))}
                    connection.request(self.command, self.path, content, headers)
                    response = connection.getresponse()
                    answer = response.status, response.getheaders(), response.read()
                    connection.close()
                    return answer

                between.asked.append((self.command, unquote(self.path)))
                number = sum(method == self.command for method, _ in between.asked)
                passing = Passing(self.command, unquote(self.path), number, body, self, forward)
                if not between.meddle(passing):
                    passing.pass_on()

            do_GET = do_PUT = do_MOVE = do_MKCOL = do_PROPFIND = handle_any  # noqa: N815 - http.server's names

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()
        self.base_url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop to listen."""
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
