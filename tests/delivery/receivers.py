"""Receivers of notices on loopback: an HTTP server and mail servers."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd import smtp
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session


@dataclass(frozen=True)
class Posted:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Listener:
    """An HTTP server: gives `statuses` one after the other, the last again and again.

    What is below a `revoked` path is gone, whatever they say.
    """

    statuses: list[int] = field(default_factory=lambda: [200])
    revoked: set[str] = field(default_factory=set)
    headers: dict[str, str] = field(default_factory=dict)
    posted: list[Posted] = field(default_factory=list)
    silent: bool = False
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Listen at once."""
        listener = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                if any(self.path.startswith(path) for path in listener.revoked):
                    self.send_error(404)
                    return
                listener.posted.append(Posted(self.path, dict(self.headers.items()), body))
                if listener.silent:
                    listener.over.wait(30)
                    return
                number = min(len(listener.posted), len(listener.statuses)) - 1
                self.send_response(listener.statuses[number])
                for name, value in listener.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"OK")

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Say nothing of who has gone away."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """Address, with a token that no log may show."""
        return f"http://127.0.0.1:{self._server.server_port}/hooks/t0ken-s3cret"

    def close(self) -> None:
        """Stop to listen."""
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def find_free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


USER, PASSWORD = "syncer", "p4ssw0rd-s3cret"


@dataclass
class Postbox:
    """What a mail server has taken, and the word with which it refuses more ("" for none)."""

    mails: list[EmailMessage] = field(default_factory=list)
    receivers: list[list[str]] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    refused_receivers: frozenset[str] = frozenset()
    password: str = PASSWORD
    tries: int = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _server: smtp.SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take a receiver, or refuse it."""
        if address in self.refused_receivers:
            return f"550 no such user {PASSWORD}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: smtp.SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a mail, or refuse it."""
        self.tries += 1
        if self.refusals:
            return self.refusals.pop(0)
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.receivers.append(list(envelope.rcpt_tos))
        return "250 OK"

    def log_in(
        self, _server: smtp.SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any
    ) -> AuthResult:
        """Let in who has the password."""
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        good = (data.login, data.password) == (USER.encode(), self.password.encode())
        return AuthResult(success=good, handled=False)


@dataclass(frozen=True)
class PostOffice:
    """A running mail server."""

    postbox: Postbox
    port: int
    ca_file: Path


class _TlsController(Controller):
    """aiosmtpd looks whether it is up by connecting without TLS, and takes the answer for wrong."""

    def _trigger_server(self) -> None:
        with socket.create_connection((self.hostname, self.port)) as plain:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            plain.settimeout(10)
            with context.wrap_socket(plain) as wrapped:
                wrapped.recv(256)


OpenOffice = Callable[..., PostOffice]
