"""A web on loopback for each test, with and without TLS."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import trustme

from tests.web.loopback_web import Web, WebServer, make_handler


@pytest.fixture
def web() -> Iterator[Web]:
    """Give an empty web; every path answers 404 until a test puts a page there."""
    web = Web()
    server = WebServer(("127.0.0.1", 0), make_handler(web))
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield web
    web.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def trusted() -> trustme.CA:
    """Give the issuer whose certificates are trusted."""
    return trustme.CA()


@pytest.fixture
def serve_tls(
    web: Web,
    trusted: trustme.CA,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[..., int]]:
    """Give a function that serves the web over TLS with a certificate, and tells the port.

    The certificates of `trusted` are the only ones that are trusted. Without `chain` the server
    sends no certificate but its own.
    """
    bundle = tmp_path_factory.mktemp("tls") / "bundle.pem"
    trusted.cert_pem.write_to_path(bundle)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    running = []

    def serve(
        name: str, *, issuer: trustme.CA | None = None, chain: bool = True, **validity: Any
    ) -> int:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate = (issuer or trusted).issue_cert(name, **validity)
        sent = certificate.cert_chain_pems if chain else certificate.cert_chain_pems[:1]
        pem = trustme.Blob(b"".join(part.bytes() for part in (certificate.private_key_pem, *sent)))
        with pem.tempfile() as path:
            context.load_cert_chain(path)
        server = WebServer(("127.0.0.1", 0), make_handler(web))
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        running.append((server, thread))
        return int(server.server_port)

    yield serve
    web.over.set()
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()
