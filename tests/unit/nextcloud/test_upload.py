"""Writing to a Nextcloud: through a link on both endpoints, and to an account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from syncer.errors import NeedsPassword, NotFound, RemoteError
from syncer.net.deadlines import Patience
from syncer.nextcloud.dav.client import Connections, open_connections
from syncer.nextcloud.server import DavSource, open_account, open_link
from tests.cloud.cloud import Cloud, Rights
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle

TOKEN = "Rapport00000001"
CONTENT = "Åbne punkter: 3\n".encode() * 20_000

OpenTree = Callable[[CloudServer], DavSource]


@contextmanager
def connect(server: CloudServer) -> Iterator[Connections]:
    """Open connections to the server; waits are not waited."""
    connections = open_connections(
        server.base_url,
        ca_file=None,
        workers=1,
        patience=Patience(read_s=5),
        sleep=lambda _: None,
        allow_private=True,
    )
    try:
        yield connections
    finally:
        connections.adapter.close()


@pytest.fixture(
    params=["link 27", "link 31", "password 27", "password 31", "account", "hidden 27", "hidden 31"]
)
def tree(request: pytest.FixtureRequest) -> Iterator[tuple[DavSource, CloudServer]]:
    """Give a writable folder in every way that there is one, and its server."""
    kind, _, major = request.param.partition(" ")
    cloud = Cloud(f"{major or 27}.0.1", throttle=Throttle(unit_s=0))
    cloud.add_folder("Rapporter")
    cloud.accounts["søren"] = "app-password-æ"
    cloud.moods.status_page = kind != "hidden"
    password = "hemmelig-æ" if kind == "password" else None
    cloud.share(TOKEN, "Rapporter", rights=Rights.WRITE, password=password)
    with serve_cloud(cloud, webroot="/sky") as server, connect(server) as connections:
        if kind == "account":
            opened = open_account(connections, "søren", "app-password-æ")
        else:
            opened = open_link(connections, TOKEN, password)
        yield opened, server


def test_a_file_is_written_and_moved_over_another(
    tree: tuple[DavSource, CloudServer],
) -> None:
    """Its size can be asked for, its id stays, and what stood there is replaced."""
    writable, _ = tree
    writable.make_folder("Håndbog #1/Nat")
    writable.put("Håndbog #1/Nat/rapport.html", b"gammel")
    writable.put("Håndbog #1/Nat/ny 100%.html", CONTENT)
    put = writable.look_at("Håndbog #1/Nat/ny 100%.html")
    assert put.size_bytes == len(CONTENT)
    writable.move("Håndbog #1/Nat/ny 100%.html", "Håndbog #1/Nat/rapport.html")
    moved = writable.look_at("Håndbog #1/Nat/rapport.html")
    assert (moved.file_id, moved.size_bytes) == (put.file_id, len(CONTENT))
    with pytest.raises(NotFound):
        writable.look_at("Håndbog #1/Nat/ny 100%.html")


def test_a_folder_that_is_there_is_left_as_it_is(tree: tuple[DavSource, CloudServer]) -> None:
    """Making it again costs one question and changes nothing."""
    writable, server = tree
    writable.make_folder("A/B")
    server.traffic.forget()
    writable.make_folder("A/B")
    assert dict(server.traffic.counts) == {"propfind-0": 1}


@pytest.mark.parametrize("rights", [Rights.READ, Rights.VIEW_ONLY, Rights.UPLOAD_ONLY])
@pytest.mark.parametrize("version", ["27.0.2", "31.0.4"])
def test_a_link_without_the_right_is_refused(version: str, rights: Rights) -> None:
    """A refusal is an error, also of a link that takes files but shows none."""
    cloud = Cloud(version, throttle=Throttle(unit_s=0))
    cloud.add_folder("Rapporter")
    cloud.share(TOKEN, "Rapporter", rights=rights)
    with serve_cloud(cloud) as server, connect(server) as connections:
        writable = open_link(connections, TOKEN, None)
        with pytest.raises(RemoteError):
            writable.make_folder("A")


def test_a_wrong_password_is_asked_once() -> None:
    """A failed try is dear: there is no second one."""
    cloud = Cloud("27.0.2", throttle=Throttle(unit_s=0))
    cloud.accounts["anna"] = "right"
    with serve_cloud(cloud) as server, connect(server) as connections:
        with pytest.raises(NeedsPassword):
            open_account(connections, "anna", "wrong").make_folder("A")
        assert server.traffic.total == 1
