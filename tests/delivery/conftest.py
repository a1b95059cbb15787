"""Receivers on loopback: an HTTP server and mail servers."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller

from tests.cloud.cloud import Cloud, Rights
from tests.cloud.server import serve_cloud
from tests.cloud.throttle import Throttle
from tests.delivery.nights import UPLOAD_TOKEN, Nights
from tests.delivery.receivers import (
    PASSWORD,
    Listener,
    OpenOffice,
    Postbox,
    PostOffice,
    _TlsController,
    find_free_port,
)
from tests.pipeline.handbooks import fill


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Give an HTTP server that takes everything until it is told otherwise."""
    made = Listener()
    yield made
    made.close()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Give who signs certificates."""
    return trustme.CA()


@pytest.fixture
def open_office(authority: trustme.CA, tmp_path: Path) -> Iterator[OpenOffice]:
    """Give a function that starts mail servers; they are stopped with the test."""
    running: list[Controller] = []

    def start(
        security: str = "starttls",
        *,
        name: str = "127.0.0.1",
        offers_tls: bool = True,
        asks_login: bool = True,
        until: datetime | None = None,
    ) -> PostOffice:
        postbox = Postbox()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name, not_after=until).configure_cert(context)
        ca_file = tmp_path / "ca.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        options: dict[str, Any] = {
            "hostname": "127.0.0.1",
            "port": find_free_port(),
            "authenticator": postbox.log_in,
            # With TLS from the first byte aiosmtpd does not know of it, and warns.
            "auth_required": asks_login and security == "starttls" and offers_tls,
            "auth_require_tls": security == "starttls" and offers_tls,
        }
        if security == "tls":
            controller: Controller = _TlsController(postbox, ssl_context=context, **options)
        elif offers_tls:
            controller = Controller(postbox, tls_context=context, require_starttls=True, **options)
        else:
            controller = Controller(postbox, **options)
        controller.start()
        running.append(controller)
        return PostOffice(postbox, controller.port, ca_file)

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def nights(
    tmp_path: Path,
    open_office: OpenOffice,
    listener: Listener,
    capfd: pytest.CaptureFixture[str],
) -> Iterator[Nights]:
    """Give a place for nights; afterwards no secret may stand in any log or file of theirs."""
    cloud = Cloud("31.0.4", throttle=Throttle(unit_s=0))
    fill(cloud)
    cloud.add_folder("Ud")
    cloud.share(UPLOAD_TOKEN, "Ud", rights=Rights.WRITE)
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    handlers = logging.getLogger().handlers[:]
    with serve_cloud(cloud) as server:
        made = Nights(tmp_path, server, open_office(), listener)
        yield made
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(logging.WARNING)
    left = [file for file in tmp_path.rglob("*") if file.is_file() and file.parent != tmp_path]
    shown = [capfd.readouterr().err, *(file.read_bytes().decode(errors="replace") for file in left)]
    for secret in (PASSWORD, "t0ken-s3cret", UPLOAD_TOKEN):
        assert not any(secret in text for text in shown)
