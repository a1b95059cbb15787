"""No server can hold a run: each answer, share and run has a time, over all tries."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from syncer.errors import RemoteError
from syncer.model.links import LinkStatus
from syncer.model.shares import (
    ListingKind,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
)
from syncer.net.deadlines import Patience
from syncer.nextcloud.dav.client import NextcloudClient, open_connections
from syncer.nextcloud.dav.multistatus import Depth
from syncer.nextcloud.share_reader import HostSettings, ShareTarget, confirm_places, read_shares
from syncer.surroundings import Surroundings
from syncer.web.link_settings import LinkSettings
from syncer.web.linkcheck import check_links
from tests.hostile.hostile_server import Asked, HostileServer

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
STATUS = b'{"installed":true,"maintenance":false,"versionstring":"27.0.2"}'
FOLDERS = 40
# Time enough for a busy machine, and much less than all tries would take.
MOST_S = 4.0

Serve = Callable[..., HostileServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Yield a function that starts a server, which drips whatever is not `status.php`."""
    servers: list[HostileServer] = []

    def start(answer: Callable[[Asked, socket.socket], None]) -> HostileServer:
        def answer_all(asked: Asked, connection: socket.socket) -> None:
            if asked.path == "/status.php":
                _send(connection, "200 OK", STATUS)
            else:
                answer(asked, connection)

        servers.append(HostileServer(answer_all))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def _send(connection: socket.socket, status: str, body: bytes) -> None:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body)


def _drip(_: Asked, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 207 Multi-Status\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.02)


def _entry(href: str, size: int) -> str:
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:resourcetype>"
        f"<d:collection/></d:resourcetype><oc:size>{size}</oc:size></d:prop>"
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )


def _list_slowly(asked: Asked, connection: socket.socket) -> None:
    """List many folders at once, and each of them so late that its answer is just in time."""
    if asked.depth == "infinity":
        _send(connection, "412 Precondition Failed", b"")
        return
    root = "/public.php/webdav/"
    inside = (f"{root}{number}/" for number in range(FOLDERS)) if asked.path == root else ()
    if asked.path != root:
        time.sleep(0.3)
    body = "".join(_entry(href, 0) for href in (asked.path, *inside))
    _send(
        connection,
        "207 Multi-Status",
        f'<d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns">{body}'
        "</d:multistatus>".encode(),
    )


def _aim(server: HostileServer, *tokens: str) -> list[ShareTarget]:
    settings = HostSettings(server.host, server.base_url, may_be_private=True, workers=1)
    return [ShareTarget(f"{server.host}/{token}", token, settings) for token in tokens]


def _read(targets: list[ShareTarget], answer_s: float) -> tuple[Share, ...]:
    return read_shares(
        targets,
        memory=None,
        full=False,
        around=Surroundings(now=lambda: NOW, sleep=lambda _: None),
        patience=Patience(connect_s=1.0, read_s=1.0, answer_s=answer_s),
    )


def test_a_server_that_drips_holds_a_share_for_its_time_only(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time of a share ends an answer that has time left."""
    monkeypatch.setattr("syncer.nextcloud.share_reader.SHARE_LIMIT_S", 0.5)
    began_s = time.monotonic()
    (share,) = _read(_aim(serve(_drip), "T"), answer_s=60.0)
    assert time.monotonic() - began_s < MOST_S
    assert (share.status, share.tree) == ("unreadable", None)
    assert share.reason is not None
    assert share.reason.code == "walk-out-of-time"


def test_an_answer_that_takes_all_its_time_is_asked_for_once(serve: Serve) -> None:
    """Another try would take as long; after a silence, which ends sooner, there is one."""
    server = serve(_drip)
    connections = open_connections(
        server.base_url,
        ca_file=None,
        workers=1,
        patience=Patience(connect_s=1.0, read_s=1.0, answer_s=0.3),
        sleep=lambda _: None,
        allow_private=True,
    )
    client = NextcloudClient(connections, None)
    with pytest.raises(RemoteError):
        client.list_folder("/public.php/webdav/", Depth.ONE, root="/public.php/webdav/")
    connections.adapter.close()
    assert len(server.asked) == client.requests_sent == 1


def test_folders_that_are_each_just_in_time_do_not_add_up(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not read in the share's time is unread, with the reason; the rest counts."""
    monkeypatch.setattr("syncer.nextcloud.share_reader.SHARE_LIMIT_S", 1.0)
    began_s = time.monotonic()
    (share,) = _read(_aim(serve(_list_slowly), "T"), answer_s=60.0)
    assert time.monotonic() - began_s < MOST_S
    assert share.status == "ok"
    assert share.tree is not None
    assert {folder.reason.code for folder in share.tree.unread} == {"walk-out-of-time"}
    assert FOLDERS / 2 < len(share.tree.unread) < FOLDERS


def test_shares_that_are_each_in_time_do_not_add_up(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run has a time for all shares, and says which it did not come to."""
    monkeypatch.setattr("syncer.nextcloud.share_reader.RUN_LIMIT_S", 1.0)
    monkeypatch.setattr("syncer.nextcloud.share_reader.SHARE_LIMIT_S", 0.4)
    server = serve(_drip)
    began_s = time.monotonic()
    shares = _read(_aim(server, *(f"T{number}" for number in range(20))), answer_s=60.0)
    assert time.monotonic() - began_s < MOST_S
    assert {share.status for share in shares} == {"unreadable"}
    codes = [share.reason.code for share in shares if share.reason]
    assert set(codes) == {"walk-out-of-time", "run-out-of-time"}
    assert codes.count("run-out-of-time") > len(codes) / 2


def test_second_looks_that_are_each_in_time_do_not_add_up(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not asked a second time is not gone."""
    targets = _aim(serve(_list_slowly), "T")
    share = Share(
        id=targets[0].id,
        kind=ShareKind.PUBLIC,
        name="T",
        base_url=targets[0].host.base_url,
        endpoint="legacy",
        server_version="27.0.2",
        status=ShareStatus.OK,
        listing=ListingKind.DEPTH_1,
        tree=ShareTree(files=(), folders=(RemoteFolder(""),)),
    )
    monkeypatch.setattr("syncer.nextcloud.places.SECOND_LOOK_LIMIT_S", 0.5)
    began_s = time.monotonic()
    (confirmed,) = confirm_places(
        [share],
        [(share.id, f"gone{number}") for number in range(30)],
        targets=targets,
        looked_at=NOW,
        around=Surroundings(now=lambda: NOW, sleep=lambda _: None),
    )
    assert time.monotonic() - began_s < MOST_S
    assert confirmed.gone_places == frozenset()


def test_a_server_cannot_stretch_the_time_by_asking_for_pauses(serve: Serve) -> None:
    """The waits between tries end with the time of the share."""
    slept_s: list[float] = []

    def ask_for_a_pause(_: Asked, connection: socket.socket) -> None:
        head = b"HTTP/1.1 503 Unavailable\r\nRetry-After: 29\r\nContent-Length: 0\r\n\r\n"
        connection.sendall(head)

    connections = open_connections(
        serve(ask_for_a_pause).base_url,
        ca_file=None,
        workers=1,
        patience=Patience().within(5.0),
        sleep=slept_s.append,
        allow_private=True,
    )
    with pytest.raises(RemoteError):
        NextcloudClient(connections, None).read_page("/s/T")
    connections.adapter.close()
    assert slept_s
    assert max(slept_s) <= 5.0


def test_an_impossible_length_is_not_waited_for(serve: Serve) -> None:
    """Of a body of minus five bytes nobody knows the end; the server keeps the connection open."""

    def promise_less_than_nothing(_: Asked, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<html>")
        connection.recv(1)

    base_url = serve(promise_less_than_nothing).base_url
    connections = open_connections(
        base_url,
        ca_file=None,
        workers=1,
        patience=Patience(connect_s=10.0, read_s=10.0, answer_s=10.0),
        sleep=lambda _: None,
        allow_private=True,
    )
    began_s = time.monotonic()
    with pytest.raises(RemoteError):
        NextcloudClient(connections, None).read_page("/s/T")
    connections.adapter.close()
    assert time.monotonic() - began_s < MOST_S


@pytest.mark.parametrize(
    ("start", "wave"),
    [
        pytest.param(b"0\r\n", b"X-A: b\r\n" * 1_000, id="trailers"),
        pytest.param(b"", b"1;" + b"a" * 60_000 + b"\r\n \r\n", id="extensions"),
    ],
)
def test_what_surrounds_the_chunks_of_an_answer_ends_as_headers_do(
    serve: Serve, start: bytes, wave: bytes
) -> None:
    """Trailers without end, and chunks of one byte with long extensions, end at a bound."""

    def flood(_: Asked, connection: socket.socket) -> None:
        head = b"HTTP/1.1 207 Multi-Status\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head + start)
        while True:
            connection.sendall(wave)

    began_s = time.monotonic()
    (share,) = _read(_aim(serve(flood), "T"), answer_s=10.0)
    assert time.monotonic() - began_s < MOST_S
    assert (share.status, share.tree) == ("unreadable", None)
    assert share.reason is not None
    assert share.reason.code == "server-connection-cut"


def test_chunks_of_one_byte_are_read(serve: Serve) -> None:
    """A body is bounded by its own length alone, however small its chunks are."""

    def answer(_: Asked, connection: socket.socket) -> None:
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head + b"1;a=b\r\n \r\n" * 100_000 + b"0\r\nX-Sum: 1\r\n\r\n")

    connections = open_connections(
        serve(answer).base_url,
        ca_file=None,
        workers=1,
        patience=Patience(),
        sleep=lambda _: None,
        allow_private=True,
    )
    page = NextcloudClient(connections, None).read_page("/s/T")
    connections.adapter.close()
    assert page.body == b" " * 100_000


def test_links_that_are_each_in_time_do_not_add_up(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run has a time for all links; those that it did not come to are unchecked."""
    monkeypatch.setattr("syncer.web.linkcheck.RUN_LIMIT_S", 1.0)

    def answer_late(_: Asked, connection: socket.socket) -> None:
        time.sleep(0.3)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    base_url = serve(answer_late).base_url
    began_s = time.monotonic()
    verdicts = check_links(
        [f"{base_url}/{number}" for number in range(40)],
        settings=LinkSettings(allow_private=True, per_host=1, gap_s=0.0),
        memory=None,
        around=Surroundings(now=lambda: datetime.now(UTC)),
        today=datetime.now(UTC).date(),
    )
    assert time.monotonic() - began_s < MOST_S
    unchecked = [one for one in verdicts.values() if one.status is LinkStatus.UNCHECKED]
    assert 20 < len(unchecked) < 40
    assert {one.reason.code for one in unchecked if one.reason} == {"link-interrupted"}
    assert {one.status for one in verdicts.values()} == {LinkStatus.UNCHECKED, LinkStatus.OK}


def test_the_times_fit_into_the_night() -> None:
    """With second looks and delivery a run ends in the four hours that its timer gives it."""
    from syncer.net.deadlines import ANSWER_DEADLINE_S
    from syncer.nextcloud.places import SECOND_LOOK_LIMIT_S
    from syncer.nextcloud.share_reader import RUN_LIMIT_S, SHARE_LIMIT_S
    from syncer.web.linkcheck import RUN_LIMIT_S as LINKS_LIMIT_S

    assert ANSWER_DEADLINE_S < SHARE_LIMIT_S < RUN_LIMIT_S
    assert RUN_LIMIT_S + LINKS_LIMIT_S + SECOND_LOOK_LIMIT_S < 3.5 * 3600
