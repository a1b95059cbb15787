"""Hostile servers, closed with the test."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator

import pytest

from tests.hostile.hostile_server import Answer, HostileServer


@pytest.fixture
def serve() -> Iterator[Callable[..., HostileServer]]:
    """Give servers that answer as told, and close them."""
    servers: list[HostileServer] = []

    def start(answer: Answer, tls: ssl.SSLContext | None = None) -> HostileServer:
        servers.append(HostileServer(answer, tls))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
