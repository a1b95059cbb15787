"""Downloads from servers with every answer: the listed file, whole, or an error and no file."""

from __future__ import annotations

import hashlib
import io
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest

from syncer.errors import NotFound, Protocol, RemoteError, StoreError, Throttled, Transient
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
)
from syncer.net.deadlines import Patience
from syncer.nextcloud.download import Downloads, open_downloads
from syncer.nextcloud.targets import HostSettings, ShareTarget
from syncer.surroundings import Surroundings
from tests.hostile.hostile_server import Asked, HostileServer

CONTENT = bytes(range(256)) * 400
FILE = RemoteFile("A/Aftale.docx", size_bytes=len(CONTENT), file_id=7, etag='"e1"')

NOTHING: Mapping[str, None] = {}

Reply = Callable[[Asked, socket.socket], None]


@pytest.fixture
def start() -> Iterator[Callable[[Reply], HostileServer]]:
    """Start servers that answer as told."""
    servers: list[HostileServer] = []

    def run(reply: Reply) -> HostileServer:
        servers.append(HostileServer(reply))
        return servers[-1]

    yield run
    for server in servers:
        server.close()


def fetch(server: HostileServer, file: RemoteFile = FILE) -> bytes:
    """Fetch a file once, and return what was written."""
    target = io.BytesIO()
    with open_share(server) as downloads:
        downloads.fetch(f"{server.host}/Tok00000001", file, target, lambda _: None)
    return target.getvalue()


def open_share(
    server: HostileServer, *, single: bool = False, missing: Mapping[str, None] | None = NOTHING
) -> AbstractContextManager[Downloads]:
    """Open the share of a server that was read a moment ago, all but what is `missing`."""
    identity = f"{server.host}/Tok00000001"
    share = Share(
        id=identity,
        kind=ShareKind.PUBLIC,
        name="x",
        base_url=server.base_url,
        endpoint="new",
        server_version="31.0.4",
        status=ShareStatus.OK,
        listing=ListingKind.INFINITY,
        tree=ShareTree(files=(FILE,), folders=(), single_file=single),
    )
    host = HostSettings(server.host, server.base_url, may_be_private=True)
    return open_downloads(
        [ShareTarget(identity, "Tok00000001", host)],
        {} if missing is None else {identity: _take_away(share, missing)},
        Surroundings(sleep=lambda _: None),
        limit_s=60,
        patience=Patience(read_s=2, connect_s=2),
    )


def _take_away(share: Share, missing: Mapping[str, None]) -> Share:
    changes: Any = missing
    return replace(share, **changes)


def reply(
    body: bytes = CONTENT, status: str = "200 OK", *, length: int | None = None, **headers: str
) -> Reply:
    """Return an answer that is always the same."""
    given = {"ETag": '"e1"', **{name.replace("_", "-"): value for name, value in headers.items()}}

    def answer(_asked: Asked, connection: socket.socket) -> None:
        size = len(body) if length is None else length
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}"]
        lines += [f"{name}: {value}" for name, value in given.items()]
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        if size > len(body):
            connection.shutdown(socket.SHUT_RDWR)

    return answer


def test_a_file_is_fetched_whole(start: Callable[[Reply], HostileServer]) -> None:
    """One request, at the share's own endpoint, its name quoted."""
    server = start(reply())
    assert fetch(server, replace(FILE, path="A/Å æ#.docx")) == CONTENT
    (asked,) = server.asked
    assert asked.path == "/public.php/dav/files/Tok00000001/A/%C3%85%20%C3%A6%23.docx"


@pytest.mark.parametrize(
    "wrong",
    [
        reply(b"<!doctype html><html></html>"),
        reply(ETag='"e2"'),
        reply(CONTENT + b"more"),
        reply(CONTENT[:-1]),
        reply(Content_Encoding="gzip"),
        reply(status="206 Partial Content", Content_Range=f"bytes 0-9/{len(CONTENT)}"),
        reply(b"", "204 No Content"),
        reply(OC_Checksum="SHA1:" + "0" * 40),
    ],
    ids=["html", "etag", "longer", "shorter", "gzip", "unasked-range", "no-content", "checksum"],
)
def test_another_answer_is_not_the_file(
    wrong: Reply, start: Callable[[Reply], HostileServer]
) -> None:
    """An HTML page, another etag, length, coding or checksum: an error, at the first try."""
    server = start(wrong)
    with pytest.raises(Protocol):
        fetch(server)
    assert len(server.asked) == 1


@pytest.mark.parametrize("name", ["sha1", "md5", "sha256"])
def test_the_servers_checksum_is_checked(
    name: str, start: Callable[[Reply], HostileServer]
) -> None:
    """The strongest of those that the server gives."""
    digest = hashlib.new(name, CONTENT).hexdigest()
    sums = f"{name.upper()}:{digest} ADLER32:00000000"
    assert fetch(start(reply(OC_Checksum=sums))) == CONTENT


def cut_at(*places: int, second: Reply | None = None) -> Reply:
    """Return a server that cuts its answers at some places, and honours ranges."""
    cuts = list(places)

    def answer(asked: Asked, connection: socket.socket) -> None:
        begin = int(asked.range.removeprefix("bytes=").rstrip("-") or 0)
        if begin and second is not None:
            second(asked, connection)
            return
        body = CONTENT[begin:]
        shown = body[: cuts.pop(0) - begin] if cuts else body
        status = "206 Partial Content" if begin else "200 OK"
        where = f"bytes {begin}-{len(CONTENT) - 1}/{len(CONTENT)}"
        sums = "SHA1:" + hashlib.sha1(CONTENT, usedforsecurity=False).hexdigest()
        reply(shown, status, length=len(body), Content_Range=where, OC_Checksum=sums)(
            asked, connection
        )

    return answer


def test_a_cut_download_is_resumed(start: Callable[[Reply], HostileServer]) -> None:
    """Only what is missing is asked for again, and the checksum is of the whole."""
    server = start(cut_at(50_000, 80_000))
    assert fetch(server) == CONTENT
    assert [asked.range for asked in server.asked] == ["", "bytes=50000-", "bytes=80000-"]


@pytest.mark.parametrize("cut", range(1, len(CONTENT), len(CONTENT) // 50))
def test_any_cut_is_resumed(cut: int, start: Callable[[Reply], HostileServer]) -> None:
    """Fifty places."""
    assert fetch(start(cut_at(cut))) == CONTENT


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (reply(), CONTENT),
        (reply(status="206 Partial Content", ETag='"e2"'), Protocol),
        (reply(status="206 Partial Content", Content_Range="bytes 7-99/100"), Protocol),
        (
            reply(CONTENT[50_000:], "206 Partial Content", Content_Range="bytes 50000-99999/1"),
            Protocol,
        ),
        (reply(b"<html>", ETag='"e2"'), Protocol),
    ],
    ids=["ignores-range", "other-etag", "other-begin", "other-whole", "html"],
)
def test_a_server_that_switches_answers(
    second: Reply, expected: bytes | type[Exception], start: Callable[[Reply], HostileServer]
) -> None:
    """The rest is taken only from the same file; a whole answer starts again."""
    server = start(cut_at(50_000, second=second))
    if isinstance(expected, bytes):
        assert fetch(server) == expected
    else:
        with pytest.raises(expected):
            fetch(server)


def test_without_an_etag_nothing_is_resumed(start: Callable[[Reply], HostileServer]) -> None:
    """The second try asks for everything: the file may be another one."""
    server = start(cut_at(50_000))
    assert fetch(server, replace(FILE, etag=None)) == CONTENT
    assert [asked.range for asked in server.asked] == ["", ""]


def test_it_ends_after_three_tries(start: Callable[[Reply], HostileServer]) -> None:
    """A server that always cuts gives an error that may pass."""
    server = start(cut_at(10, 20, 30, 40))
    with pytest.raises(Transient):
        fetch(server)
    assert len(server.asked) == 3


def test_a_throttled_server_is_left_alone(start: Callable[[Reply], HostileServer]) -> None:
    """After its refusal no other file is asked for."""
    throttled = (
        b'<?xml version="1.0"?><d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
        b"<s:exception>OCP\\Security\\Bruteforce\\MaxDelayReached</s:exception></d:error>"
    )
    server = start(reply(throttled, "503 Service Unavailable"))
    with open_share(server) as downloads:
        for _ in range(3):
            with pytest.raises(Throttled):
                downloads.fetch(f"{server.host}/Tok00000001", FILE, io.BytesIO(), lambda _: None)
    assert len(server.asked) == 1


def test_a_silent_server_is_left_alone_after_three_files(
    start: Callable[[Reply], HostileServer],
) -> None:
    """Each file is tried three times, and the fourth not at all."""
    server = start(cut_at(*range(1, 90)))
    with open_share(server) as downloads:
        for _ in range(5):
            with pytest.raises(RemoteError):
                downloads.fetch(f"{server.host}/Tok00000001", FILE, io.BytesIO(), lambda _: None)
    assert len(server.asked) == 9


def test_a_full_disk_is_no_fault_of_the_server(start: Callable[[Reply], HostileServer]) -> None:
    """An error of the target is told apart, and nothing is tried again."""

    class Full(io.BytesIO):
        def write(self, _data: object, /) -> int:
            raise OSError(28, "No space left on device")

    server = start(reply())
    with open_share(server) as downloads, pytest.raises(StoreError):
        downloads.fetch(f"{server.host}/Tok00000001", FILE, Full(), lambda _: None)
    assert len(server.asked) == 1


def test_a_size_that_is_not_listed_is_told_before_the_first_byte(
    start: Callable[[Reply], HostileServer],
) -> None:
    """Whoever asked for the file may refuse it; one that is listed was known before."""

    class TooLarge(Exception):  # noqa: N818
        pass

    sizes: list[int] = []

    def refuse(size_bytes: int) -> None:
        sizes.append(size_bytes)
        raise TooLarge

    server = start(reply(b"x", length=5_000_000_000))
    target = io.BytesIO()
    share = f"{server.host}/Tok00000001"
    with open_share(server) as downloads, pytest.raises(TooLarge):
        downloads.fetch(share, replace(FILE, size_bytes=None), target, lambda _: None, refuse)
    assert (sizes, target.getvalue(), len(server.asked)) == ([5_000_000_000], b"", 1)
    server = start(reply())
    with open_share(server) as downloads:
        share = f"{server.host}/Tok00000001"
        downloads.fetch(share, FILE, target, lambda _: None, refuse)
    assert target.getvalue() == CONTENT


def test_a_length_of_thousands_of_digits_is_none(start: Callable[[Reply], HostileServer]) -> None:
    """Nobody knows how much comes, so nothing is read."""

    def answer(_asked: Asked, connection: socket.socket) -> None:
        lines = ["HTTP/1.1 200 OK", f"Content-Length: {'9' * 5_000}", 'ETag: "e1"', "", ""]
        connection.sendall("\r\n".join(lines).encode())

    with pytest.raises(Protocol, match="wrong-length"):
        fetch(start(answer), replace(FILE, size_bytes=None))


def test_a_share_that_was_not_read_is_not_asked() -> None:
    """There is no endpoint to ask."""
    with pytest.raises(RemoteError):
        Downloads({}).fetch("x/Tok", FILE, io.BytesIO(), lambda _: None)


@pytest.mark.parametrize("missing", [{"endpoint": None}, {"tree": None}, None])
def test_a_share_of_which_nothing_was_read_is_passed_over(
    missing: Mapping[str, None] | None, start: Callable[[Reply], HostileServer]
) -> None:
    """One that gave no endpoint or no tree, or that is of another run: its files are not asked."""
    server = start(reply())
    with (
        open_share(server, missing=missing) as downloads,
        pytest.raises(RemoteError, match="not-reached"),
    ):
        downloads.fetch(f"{server.host}/Tok00000001", FILE, io.BytesIO(), lambda _: None)
    assert server.asked == []


@pytest.mark.parametrize("single", [False, True])
def test_a_file_that_is_gone_is_asked_for_once(
    single: bool, start: Callable[[Reply], HostileServer]
) -> None:
    """Its name has no other form to try, and a single file is the root itself."""
    missing = (
        b'<?xml version="1.0"?><d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
        b"<s:exception>Sabre\\DAV\\Exception\\NotFound</s:exception></d:error>"
    )
    server = start(reply(missing, "404 Not Found"))
    with open_share(server, single=single) as downloads, pytest.raises(NotFound):
        downloads.fetch(f"{server.host}/Tok00000001", FILE, io.BytesIO(), lambda _: None)
    (asked,) = server.asked
    rest = "" if single else "/A/Aftale.docx"
    assert asked.path == f"/public.php/dav/files/Tok00000001{rest}"
