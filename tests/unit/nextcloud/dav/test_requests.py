"""Each kind of request: what is sent, which answer it takes, and when it is sent again."""

from __future__ import annotations

import base64
import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from syncer import __version__
from syncer.errors import Protocol, RemoteError, Throttled, Transient
from syncer.net.deadlines import Patience
from syncer.nextcloud.budget import STEP, RunBudget, ShareBudget
from syncer.nextcloud.dav import client as dav
from syncer.nextcloud.dav.client import NextcloudClient, open_connections
from syncer.nextcloud.dav.multistatus import Depth
from tests.unit.nextcloud.dav.test_client import GOOD, ROOT, UNKNOWN, Reply, serve

PROPERTIES = (
    '<?xml version="1.0"?>'
    '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"'
    ' xmlns:nc="http://nextcloud.org/ns"><d:prop><d:resourcetype/><d:getetag/>'
    "<d:getlastmodified/><d:getcontentlength/><oc:fileid/><oc:size/><oc:permissions/>"
    "<nc:mount-type/></d:prop></d:propfind>"
)
OURS = {
    "User-Agent": f"os2-syncer/{__version__}",
    "X-Requested-With": "XMLHttpRequest",
    "Accept-Encoding": "identity",
    "Connection": "keep-alive",
}
XML = {"Accept": "application/xml", "Content-Type": "application/xml; charset=utf-8"}
SEARCH_XML = {"Accept": "application/xml", "Content-Type": "text/xml; charset=utf-8"}
ANY = {"Accept": "*/*"}


class Kept:
    """Receives a file, of at most so many bytes, and notes all that it is told."""

    def __init__(self, most: int = 999) -> None:
        """Take so much."""
        self.most = most
        self.told: list[object] = []

    def list_headers(self) -> list[str]:
        """Ask for a part."""
        return ["Range: bytes=7-"]

    def begin(self, status: int, _headers: object) -> int:
        """Note the status."""
        self.told.append(status)
        return self.most

    def write(self, chunk: bytes) -> None:
        """Note the content."""
        self.told.append(chunk)

    def end(self) -> None:
        """Note the end."""
        self.told.append("end")


@contextmanager
def connect(
    *replies: Reply,
    login: tuple[str, str] | None = None,
    slept_s: list[float] | None = None,
    patience: Patience | None = None,
    budget: ShareBudget | None = None,
) -> Iterator[tuple[NextcloudClient, list[dict[str, str]]]]:
    """Give a client of a server that gives these replies, and what that was asked."""
    with serve(*replies) as (base_url, asked):
        connections = open_connections(
            base_url,
            ca_file=None,
            workers=1,
            patience=patience or Patience(read_s=5),
            sleep=(slept_s if slept_s is not None else []).append,
            allow_private=True,
        )
        connections = replace(connections, budget=budget or connections.budget)
        yield NextcloudClient(connections, login), asked
        connections.adapter.close()


Ask = Callable[[NextcloudClient], Any]


def _list(depth: Depth) -> Ask:
    return lambda client: client.list_folder(f"{ROOT}/", depth, root=ROOT)


def _stream(client: NextcloudClient) -> Any:
    return list(client.stream_tree(f"{ROOT}/", root=ROOT))


def _page(client: NextcloudClient) -> Any:
    return client.read_page("/s/T", headers=("X-Y: z",))


def _search(client: NextcloudClient) -> Any:
    return client.search("/dav/", b"<x/>")


def _receive(client: NextcloudClient) -> Any:
    kept = Kept()
    client.receive("/f", kept)
    return kept.told


def _put(client: NextcloudClient) -> Any:
    return client.change("upload", "/f", content=b"abc")


def _move(client: NextcloudClient) -> Any:
    return client.change("move", "/f", headers=("Destination: /g", "Overwrite: T"))


@pytest.mark.parametrize(
    ("ask", "status", "sent"),
    [
        (_list(Depth.ZERO), 207, {"method": "PROPFIND", "Depth": "0", "body": PROPERTIES, **XML}),
        (_list(Depth.ONE), 207, {"method": "PROPFIND", "Depth": "1", "body": PROPERTIES, **XML}),
        (_stream, 207, {"method": "PROPFIND", "Depth": "infinity", "body": PROPERTIES, **XML}),
        (_page, 200, {"method": "GET", "path": "/s/T", "X-Y": "z", **ANY}),
        (_search, 207, {"method": "SEARCH", "path": "/dav/", "body": "<x/>", **SEARCH_XML}),
        (_receive, 206, {"method": "GET", "path": "/f", "Range": "bytes=7-", **ANY}),
        (_put, 201, {"method": "PUT", "path": "/f", "body": "abc", **ANY}),
        (
            _move, 201,
            {"method": "MOVE", "path": "/f", "Destination": "/g", "Overwrite": "T", **ANY},
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("login", [None, ("søren", "kode-æ")])
def test_what_is_sent(
    ask: Ask, status: int, sent: dict[str, str], login: tuple[str, str] | None
) -> None:
    """All of it, the login in UTF-8; the second request brings no cookie of the first."""
    reply = (status, {"Set-Cookie": "a=b"}, GOOD)
    with connect(reply, login=login) as (client, asked):
        ask(client)
        ask(client)
        assert client.requests_sent == 2
    expected = {"path": f"{ROOT}/", "body": "", **OURS, **sent}
    if login is not None:
        word = base64.b64encode(":".join(login).encode()).decode()
        expected["Authorization"] = f"Basic {word}"
    for one in asked:
        assert {
            name: value
            for name, value in one.items()
            if name not in ("Host", "port", "Content-Length")
        } == expected


@pytest.mark.parametrize(
    ("ask", "reply", "code"),
    [
        (_list(Depth.ONE), (200, {}, GOOD), "http-status"),
        (_list(Depth.ONE), (207, {"Content-Encoding": "gzip"}, GOOD), "compressed"),
        (_list(Depth.ONE), (302, {"Location": "/login"}, b""), "redirected"),
        (_search, (200, {}, GOOD), "http-status"),
        (_search, (302, {"Location": "/login"}, b""), "redirected"),
        (_receive, (200, {"Content-Encoding": "br"}, b"x"), "compressed"),
        (_receive, (200, {}, b"x" * 1_000), "too-big"),
        (_receive, (404, {}, b"x"), "http-status"),
        (_put, (302, {"Location": "/login"}, b""), "redirected"),
        (_put, (403, {}, b""), "http-status"),
    ],
)
def test_which_answers_are_none(ask: Ask, reply: Reply, code: str) -> None:
    """They are asked for once, and say why."""
    with connect(reply) as (client, asked):
        with pytest.raises(Protocol) as caught:
            ask(client)
        assert len(asked) == 1
    assert caught.value.code == code


def test_a_file_is_received_in_parts() -> None:
    """As many bytes as may follow, and not one more; a coding that changes nothing is fine."""
    with connect((206, {"Content-Encoding": "Identity"}, b"x" * 999)) as (client, _):
        assert _receive(client) == [206, b"x" * 999, "end"]


@pytest.mark.parametrize("bound", ["MAX_PAGE_BYTES", "MAX_ERROR_BYTES"])
def test_of_a_page_only_the_start_is_read(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal's too; of one that is compressed nothing, as nobody asked for that."""
    monkeypatch.setattr(dav, bound, 3)
    status = 200 if bound == "MAX_PAGE_BYTES" else 404
    replies: tuple[Reply, ...] = (
        (status, {}, b"abcdef"),
        (status, {"Content-Encoding": "gzip"}, b"abcdef"),
    )
    with connect(*replies) as (client, _):
        assert [_page(client).body, _page(client).body] == [b"abc", b""]


def test_a_page_in_maintenance_is_no_answer() -> None:
    """Its 503 may be any page; a login page is one."""
    with connect((503, {"X-Nextcloud-Maintenance-Mode": "1"}, b""), (401, {}, UNKNOWN)) as (
        client, _,
    ):  # fmt: skip
        with pytest.raises(RemoteError, match="maintenance"):
            _page(client)
        assert _page(client).status == 401


THROTTLED = UNKNOWN.replace(b"Sabre\\DAV\\Exception\\NotAuthenticated", b"MaxDelayReached")


@pytest.mark.parametrize(
    ("status", "body", "wait", "tries"),
    [
        (429, b"", "30", 3),
        (429, b"", "31", 1),
        (429, b"", None, 3),
        (503, b"", "30", 3),
        (503, b"", "31", 1),
        (503, THROTTLED, "1", 1),
        (429, THROTTLED, None, 1),
    ],
)
def test_how_often_a_refusal_is_tried(
    status: int, body: bytes, wait: str | None, tries: int
) -> None:
    """For half a minute the server may keep us waiting; its lock-out is never tried."""
    slept_s: list[float] = []
    reply = (status, {} if wait is None else {"Retry-After": wait}, body)
    with connect(reply, slept_s=slept_s) as (client, asked):
        with pytest.raises(Throttled if status == 429 or body else Transient):
            _list(Depth.ZERO)(client)
        assert (len(asked), len(slept_s)) == (tries, tries - 1)
    assert wait is None or set(slept_s) <= {float(wait)}


def test_a_whole_tree_is_asked_for_once() -> None:
    """What came of it may be used already."""
    with connect((502, {}, b"")) as (client, asked):
        with pytest.raises(Transient):
            _stream(client)
        assert len(asked) == 1


@pytest.mark.parametrize(("left_s", "tries"), [(1.0, 3), (-1.0, 0)])
def test_no_wait_is_longer_than_the_time_that_is_left(left_s: float, tries: int) -> None:
    """When that is over nothing is sent."""
    slept_s: list[float] = []
    patience = Patience(read_s=5).within(left_s)
    reply = (503, {"Retry-After": "9"}, b"")
    with connect(reply, slept_s=slept_s, patience=patience) as (client, asked):
        with pytest.raises(RemoteError) as caught:
            _list(Depth.ZERO)(client)
        assert (len(asked), client.requests_sent) == (tries, tries)
    assert (caught.value.code == "out-of-time") is (tries == 0)
    assert all(0 <= seconds < 1 for seconds in slept_s)


def test_a_stop_ends_the_tries(caplog: pytest.LogCaptureFixture) -> None:
    """What came before it is the error; each wait is told in the log."""
    patience = Patience(read_s=5)
    caplog.set_level(logging.INFO, "syncer")
    with connect((502, {}, b""), patience=patience) as (client, asked):
        client._sleep = lambda _: patience.stop.set()
        with pytest.raises(RemoteError, match="stopped"):
            _page(client)
        assert len(asked) == 1
    assert [record.getMessage() for record in caplog.records] == [
        "another try after http-status (1 of 3)"
    ]


def test_how_long_a_client_waits_for_a_server() -> None:
    """Of each connection and each piece of an answer."""
    assert Patience().ends_at == math.inf
    with connect((207, {}, GOOD), patience=Patience(connect_s=3, read_s=4)) as (client, _):
        assert client.timeout == (3, 4)


@pytest.mark.parametrize("ask", [_list(Depth.ZERO), _stream, _page, _search, _receive, _put])
def test_a_server_that_is_not_there(ask: Ask) -> None:
    """It is tried as often as one that fails, and no error of a library comes out."""
    connections = open_connections(
        "http://127.0.0.1:1",
        ca_file=None,
        workers=1,
        patience=Patience(),
        sleep=lambda _: None,
        allow_private=True,
    )
    client = NextcloudClient(connections, None)
    with pytest.raises(RemoteError, match="not-reached"):
        ask(client)
    assert client.requests_sent == (1 if ask is _stream else 3)
    connections.adapter.close()


def test_a_listing_that_has_arrived_counts_no_more() -> None:
    """What it had room for while it arrived is there for the next one, also after a refusal."""
    part = GOOD[GOOD.index(b"<d:response>") : GOOD.index(b"</d:multistatus>")]
    files = b"".join(part.replace(b"webdav/<", b"webdav/%d/<" % at) for at in range(2 * STEP + 2))
    whole: Reply = (207, {}, GOOD.replace(part, part + files))
    broken: Reply = (207, {}, GOOD.replace(part, part + files)[:-20])
    budget = RunBudget(1, 2 * STEP).open()
    with connect(whole, broken, whole, budget=budget) as (client, _):
        assert len(_list(Depth.ONE)(client)) == 2 * STEP + 3
        with pytest.raises(RemoteError):
            _list(Depth.ONE)(client)
        assert len(_list(Depth.ONE)(client)) == 2 * STEP + 3
