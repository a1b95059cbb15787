"""Servers with TLS on loopback, and sessions of our own that trust them."""

from __future__ import annotations

import select
import socket
import ssl
from pathlib import Path

import requests
import trustme

from syncer.net.dialer import Dialer, DirectSession, make_adapter
from syncer.net.failures import REQUEST_ERRORS, Cause, name_cause
from tests.hostile.hostile_server import Answer, Asked, HostileServer


class TlsPlace:
    """An issuer that nobody else knows, its servers, and sessions; closed together."""

    def __init__(self, folder: Path) -> None:
        """Keep the certificate of the issuer in `folder`."""
        self._issuer = trustme.CA()
        self.ca_file = folder / "ca.pem"
        self._issuer.cert_pem.write_to_path(self.ca_file)
        self.key_log = folder / "keys"
        self._servers: list[HostileServer] = []
        self._sessions: list[requests.Session] = []

    def serve(
        self, answer: Answer, *names: str, logs_keys: bool = False, in_tls: bool = True
    ) -> HostileServer:
        """Start a server with a certificate for names."""
        context = self.make_context(*names, logs_keys=logs_keys)
        self._servers.append(HostileServer(answer, context if in_tls else None))
        return self._servers[-1]

    def make_context(self, *names: str, logs_keys: bool = False) -> ssl.SSLContext:
        """Make the TLS of a server with a certificate for names; it sends no session tickets."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._issuer.issue_cert(*(names or ("127.0.0.1",))).configure_cert(context)
        context.num_tickets = 0
        if logs_keys:
            context.keylog_filename = str(self.key_log)
        return context

    def open(self, ca_path: Path | None = None) -> requests.Session:
        """Open a session that trusts the certificates of `ca_path`."""
        adapter = make_adapter(
            Dialer(allow_private=True), connections=1, ca_path=str(ca_path) if ca_path else None
        )
        self._sessions.append(DirectSession(adapter))
        return self._sessions[-1]

    def close(self) -> None:
        """End everything."""
        for session in self._sessions:
            session.close()
        for server in self._servers:
            server.close()


def explain(session: requests.Session, url: str) -> Cause | None:
    """Return why no answer comes, None when one does."""
    try:
        session.get(url)
    except REQUEST_ERRORS as error:
        return name_cause(error)
    return None


def tunnel(asked: Asked, connection: socket.socket) -> None:
    """Open a tunnel to the port that CONNECT names, and pass bytes on until one side ends."""
    port = int(asked.path.rpartition(":")[2])
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    with socket.create_connection(("127.0.0.1", port)) as far:
        ways: dict[socket.socket, socket.socket] = {connection: far, far: connection}
        while True:
            for one in select.select(list(ways), [], [])[0]:
                if not (piece := one.recv(65_536)):
                    return
                ways[one].sendall(piece)
