"""A small cloud on loopback, asked with plain `requests`."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import requests

from tests.cloud.bodies import PROPFIND_BODY
from tests.cloud.cloud import Cloud, Moods, Rights
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
Ask = Callable[..., requests.Response]


@pytest.fixture(scope="module")
def server() -> Iterator[CloudServer]:
    """Serve one account with a link of every kind, on version 29: both endpoints."""
    cloud = Cloud("29.0.1", throttle=Throttle(unit_s=0), now=lambda: NOON)
    cloud.add_file("Delt/Aftaler/Partneraftale.pdf", b"p" * 80)
    cloud.add_file("Delt/Aftaler/100% #1 a+b & æøå (x) 😀.txt", b"t" * 7)
    cloud.add_folder("Delt/Tom mappe")
    cloud.add_file("Skriv/her.txt", b"1")
    cloud.share("Open000000000001", "Delt")
    cloud.share("Closed0000000001", "Delt", password="hemmelig æøå")
    cloud.share("Single0000000001", "Delt/Aftaler/Partneraftale.pdf")
    cloud.share("Drop000000000001", "Delt", rights=Rights.UPLOAD_ONLY)
    cloud.share("View000000000001", "Delt", rights=Rights.VIEW_ONLY)
    cloud.share("Write00000000001", "Skriv", rights=Rights.WRITE)
    cloud.share("Ended00000000001", "Delt", expires_at=datetime(2026, 3, 1, tzinfo=UTC))
    with serve_cloud(cloud) as running:
        yield running


@pytest.fixture
def start_afresh(server: CloudServer) -> Iterator[None]:
    """Undo the failed attempts, moods and counts of each test."""
    yield
    server.cloud.moods = Moods()
    server.cloud.version = "29.0.1"
    server.cloud.throttle.forget()
    server.traffic.forget()


@pytest.fixture
def ask(server: CloudServer) -> Ask:
    """Send one WebDAV request, by default a PROPFIND of one level."""

    def send(
        path: str,
        *,
        login: tuple[str, str] | None = None,
        method: str = "PROPFIND",
        depth: str = "1",
        data: bytes | str | None = None,
        headers: dict[str, str] | None = None,
    ) -> requests.Response:
        sent = {"Depth": depth, "X-Requested-With": "XMLHttpRequest"} | (headers or {})
        body = PROPFIND_BODY if method == "PROPFIND" and data is None else data
        if login is not None and "Authorization" not in sent:
            sent["Authorization"] = f"Basic {b64encode(':'.join(login).encode()).decode()}"
        return requests.request(
            method, f"{server.base_url}{path}", data=body, headers=sent, timeout=10
        )

    return send
