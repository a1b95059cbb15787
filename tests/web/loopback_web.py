"""A web of our own on loopback: any number of host names, each path answering as a test says."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from syncer.model.links import LinkVerdict
from syncer.net.dialer import KNOWN_HOST
from syncer.surroundings import Surroundings
from syncer.web.linkcheck import LinkMemory, LinkSettings, check_links


@dataclass(frozen=True)
class Page:
    """What a path answers; `Content-Length` is added where the headers name none."""

    status: int
    body: bytes
    headers: Mapping[str, str]


Serve = Page | Callable[["Visit"], "Page | None"]
"""A page, or who makes one; None when the answer was written to the connection by hand."""


@dataclass(frozen=True)
class Visit:
    """A request as the server saw it, and the connection it came on."""

    method: str
    host: str
    path: str
    headers: Mapping[str, str]
    handler: BaseHTTPRequestHandler
    at_s: float

    def write(self, raw: bytes) -> None:
        """Send bytes as they are."""
        self.handler.wfile.write(raw)
        self.handler.wfile.flush()


class Web:
    """The hosts, their pages, what was asked of them, and a clock that only waiting moves."""

    def __init__(self) -> None:
        """Begin with no pages, and with every name on 127.0.0.1."""
        self.pages: dict[tuple[str, str], Serve] = {}
        self.visits: list[Visit] = []
        self.connections = 0
        self.addresses: dict[str, Sequence[str]] = {}
        self.lookups: list[str] = []
        self.over = threading.Event()
        self.stop = threading.Event()
        self.progress: list[tuple[str, int, int | None]] = []
        self.slept_s = 0.0
        self.start = datetime(2026, 5, 4, 3, 15, tzinfo=UTC)
        self._began_s = time.monotonic()
        self.port = 0
        self.tls_port = 0

    @staticmethod
    def page(
        status: int = 200,
        body: bytes = b"<h1 id=top>Page</h1>",
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Make a page."""
        return Page(status, body, headers or {})

    def url(self, host: str, path: str = "/") -> str:
        """Give the address of a path; nothing need answer there."""
        return f"http://{host}:{self.port}{path}"

    def put(self, host: str, path: str, page: Serve) -> str:
        """Let a path answer, and give its address."""
        self.pages[host, path.partition("#")[0]] = page
        return self.url(host, path)

    def asked(self, host: str | None = None) -> list[tuple[str, str]]:
        """List what was asked, of one host or all, as method and path."""
        return [(one.method, one.path) for one in self.visits if host in (None, one.host)]

    def now(self) -> datetime:
        """Read the clock: what passes by itself, and what was slept."""
        passed_s = time.monotonic() - self._began_s + self.slept_s
        return self.start + timedelta(seconds=passed_s)

    def sleep(self, seconds: float) -> None:
        """Put the clock forward."""
        self.slept_s += seconds

    def resolve(self, host: str) -> Sequence[str]:
        """Look a name up."""
        self.lookups.append(host)
        return self.addresses.get(host, ("127.0.0.1",))

    def check(
        self, urls: Collection[str], *, memory: LinkMemory | None = None, **settings: Any
    ) -> dict[str, LinkVerdict]:
        """Check links against this web; a host's requests follow without a gap."""
        defaults = {"allow_private": True, "gap_s": 0.0, "timeout_s": 5.0}
        return check_links(
            urls,
            settings=LinkSettings(**(defaults | settings)),
            memory=memory,
            around=Surroundings(
                now=self.now,
                sleep=self.sleep,
                stop=self.stop,
                on_progress=lambda *told: self.progress.append(told),
            ),
            today=self.now().date(),
            resolve=self.resolve,
        )

    def check_one(self, url: str, **settings: Any) -> LinkVerdict:
        """Check one link."""
        return self.check([url], **settings)[url]


def refuse_names(error: int = socket.EAI_NONAME) -> Callable[[str], Sequence[str]]:
    """Return a resolver that works and knows none of the names that a test asks for."""

    def resolve(host: str) -> Sequence[str]:
        if host == KNOWN_HOST:
            return ("192.88.98.1",)
        raise socket.gaierror(error, "no")

    return resolve


def make_handler(web: Web) -> type[BaseHTTPRequestHandler]:  # noqa: C901 - a class in a function
    """Return a request handler that answers with the pages of a web."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            web.connections += 1
            super().setup()

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, ssl.SSLError):
                self.close_connection = True

        def serve(self) -> None:
            host = (self.headers["Host"] or "").rpartition(":")[0]
            visit = Visit(self.command, host, self.path, dict(self.headers), self, time.monotonic())
            web.visits.append(visit)
            page = web.pages.get((host, self.path), Page(404, b"not here", {}))
            made = page if isinstance(page, Page) else page(visit)
            if made is None:
                self.close_connection = True
            else:
                self.send(made)

        do_GET = do_HEAD = serve  # noqa: N815 - http.server's names

        def send(self, page: Page) -> None:
            self.send_response(page.status)
            headers = {"Content-Type": "text/html; charset=utf-8", **page.headers}
            if page.status != 304:
                headers.setdefault("Content-Length", str(len(page.body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET" and page.status != 304:
                self.wfile.write(page.body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler


class WebServer(ThreadingHTTPServer):
    """A server whose failing clients are part of the tests."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *args: object) -> None:
        """Ignore a client that hangs up or refuses the certificate."""
