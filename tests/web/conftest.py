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
def serve_tls(
    web: Web, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., int]]:
    """Give a function that serves the web over TLS with a certificate, and tells the port.

    The certificates of `trusted` are the only ones that are trusted.
    """
    trusted = trustme.CA()
    bundle = tmp_path_factory.mktemp("tls") / "bundle.pem"
    trusted.cert_pem.write_to_path(bundle)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    running = []

    def serve(name: str, *, issuer: trustme.CA | None = None, **validity: Any) -> int:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        (issuer or trusted).issue_cert(name, **validity).configure_cert(context)
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
