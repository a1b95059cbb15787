"""One answer of a server, byte by byte, and all that is read of it."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from syncer import __version__
from syncer.net.failures import Cause
from syncer.web import fetch
from syncer.web.addresses import parse_address
from syncer.web.answers import Absence, Anchors, Answer, Failure, WebRequest
from syncer.web.fetch import Transport
from tests.hostile.hostile_server import Asked, HostileServer

# Without the time: names of cases are the same in every process.
pack = partial(gzip.compress, mtime=0)
NOW = datetime(2026, 5, 4, 3, 15, tzinfo=UTC)
# Long enough and with enough names to be complete without its scripts.
PAGE = b"<h1 id=a>A</h1><p>" + b"Something to read. " * 40 + b"<h2 id=b>B</h2><h2 id=c>C</h2>"
HTML = b"Content-Type: text/html; charset=utf-8"
WALL = b"<title>Just a moment...</title>"
FOUND = Anchors(frozenset({"a"}), Absence.PROVEN)
UNREAD = Anchors(frozenset({"a"}), Absence.UNREAD)
NOTHING_READ = Anchors(frozenset(), Absence.UNREAD)
NO_HTML = Anchors(frozenset(), Absence.NOT_HTML)
ASKED_FOR = frozenset({"a", "x"})

Ask = Callable[..., Answer | Failure]


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """Give a server whose answer is set by the test."""
    running = HostileServer(lambda *_: None)
    yield running
    running.close()


@pytest.fixture
def ask(server: HostileServer) -> Iterator[Ask]:
    """Give a function that gets one answer, sent as it is; then the connection is closed."""
    transport = Transport(threads=1, may_be_private=lambda _: True, now=lambda: NOW)

    def run(raw: bytes, *, anchors: frozenset[str] = ASKED_FOR, **more: object) -> Answer | Failure:
        def reply(_asked: Asked, connection: socket.socket) -> None:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_RDWR)

        server.answer = reply
        address = parse_address(f"{server.base_url}/x?y#z")
        assert address is not None
        return transport.send(WebRequest(address, anchors, **more), 5.0)  # type: ignore[arg-type]

    yield run
    transport.close()


def answer(
    body: bytes, *headers: bytes, status: bytes = b"200 OK", framed: bool = True, html: bool = True
) -> bytes:
    """Write an answer."""
    lines = [b"HTTP/1.1 " + status, b"Connection: close", *([HTML] if html else []), *headers]
    lines += [b"Content-Length: %d" % len(body)] if framed else []
    return b"\r\n".join([*lines, b"", body])


def chunk(body: bytes) -> bytes:
    """Write a body as one chunk and its end."""
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


GZIP, PACKED = b"Content-Encoding: gzip", pack(PAGE)


@pytest.mark.parametrize(
    ("raw", "anchors"),
    [
        (answer(PAGE), FOUND),
        (answer(PAGE, status=b"206 Partial Content"), UNREAD),
        (answer(PAGE, status=b"299 Fine"), UNREAD),
        (answer(PAGE, b"Content-Encoding: identity"), FOUND),
        (answer(PAGE, b"Content-Encoding: "), FOUND),
        (answer(PACKED, GZIP), FOUND),
        (answer(PACKED, b"Content-Encoding:  X-GZIP "), FOUND),
        (answer(zlib.compress(PAGE), b"Content-Encoding: deflate"), FOUND),
        (answer(PACKED + pack(b" "), GZIP), FOUND),
        (answer(PACKED[:-1], GZIP), UNREAD),
        (answer(PAGE, b"Content-Encoding: br"), NOTHING_READ),
        (answer(PAGE, b"Content-Encoding: gzip, gzip"), NOTHING_READ),
        (answer(PAGE, framed=False), UNREAD),
        (answer(chunk(PAGE), b"Transfer-Encoding: Chunked ", framed=False), FOUND),
        (answer(chunk(PAGE)[:-9], b"Transfer-Encoding: chunked", framed=False), UNREAD),
        (answer(PAGE, b"Refresh: 0; url=/y"), Anchors(frozenset({"a"}), Absence.BY_SCRIPT)),
        (answer(PAGE, html=False), FOUND),
        (answer(b"\xef\xbb\xbf\n " + PAGE, html=False), FOUND),
        (answer(b"x" + PAGE, html=False), NO_HTML),
        (answer(PAGE, b"Content-Type: text/plain", html=False), NO_HTML),
        (answer(PAGE, status=b"404 Not Found"), None),
        (answer(PAGE, status=b"300 Choose"), None),
    ],
)
def test_what_is_read_of_a_page(raw: bytes, anchors: Anchors | None, ask: Ask) -> None:
    """Its anchors, and whether a missing one is proven to be so: only by a page that came whole."""
    assert ask(raw) == Answer(int(raw[9:12]), anchors=anchors)
    assert ask(raw, anchors=frozenset()) == Answer(int(raw[9:12]))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (answer(b"", b"Location: /y", status=b"301 Moved"), Answer(301, location="/y")),
        (
            answer(b"", b"Location: /y\r\nLocation: /y", status=b"301 Moved"),
            Answer(301, location="/y"),
        ),
        (answer(b"", b"Location: /y\r\nLocation: /z", status=b"301 Moved"), Answer(301)),
        (
            answer(b"", "Location: /å".encode(), status=b"302 Found"),
            Answer(302, location="/å"),
        ),
        (
            answer(b"", "Location: /å".encode("latin-1"), status=b"302 Found"),
            Answer(302, location="/å"),
        ),
        (answer(b"", b"Retry-After: 7", status=b"429 Slow"), Answer(429, retry_after_s=7.0)),
        (
            answer(b"", b'ETag: "v1"', b"Last-Modified: then"),
            Answer(200, etag='"v1"', last_modified="then"),
        ),
        (answer(WALL), Answer(200, wall="Cloudflare")),
        (answer(WALL, html=False), Answer(200, wall="Cloudflare")),
        (answer(WALL, b"Content-Type: text/plain", html=False), Answer(200)),
        (answer(WALL.rjust(65_536), status=b"403 No"), Answer(403, wall="Cloudflare")),
        (answer(WALL.replace(b"...", b"..").rjust(65_536), status=b"403 No"), Answer(403)),
        (answer(b"<title>just a moment...".rjust(65_537), status=b"403 No"), Answer(403)),
        (answer(WALL, b"cf-mitigated: challenge"), Answer(200, wall="Cloudflare")),
        (answer(WALL, b"x-datadome: x", status=b"403 No"), Answer(403, wall="DataDome")),
    ],
)  # fmt: skip
def test_what_is_read_of_a_head_and_a_wall(raw: bytes, expected: Answer, ask: Ask) -> None:
    """A redirect, a wait, validators, and the marks of a wall in the first 64 KiB of a page."""
    assert ask(raw, anchors=frozenset()) == expected


def test_a_page_is_read_in_pieces(ask: Ask) -> None:
    """The search ends with the last anchor; of too much, packed or not, nothing is proven."""
    late = PAGE.replace(b"id=b", b"id=x") + b" " * 200_000
    both = Anchors(frozenset({"a", "x"}), Absence.PROVEN)
    assert ask(answer(late)) == ask(answer(pack(late), GZIP)) == Answer(200, anchors=both)
    cut = answer(late)[:-1]
    assert ask(cut) == Answer(200, anchors=both)
    last = pack(PAGE + b" " * 200_000 + b"<h2 id=x>")
    assert ask(answer(last + pack(b" "), GZIP)) == Answer(200, anchors=both)


@pytest.mark.parametrize("over", [0, 1])
def test_a_page_that_is_too_long_denies_nothing(
    over: int, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its bytes as sent."""
    monkeypatch.setattr(fetch, "_MAX_RAW_BYTES", len(PAGE) - over)
    assert ask(answer(PAGE)) == Answer(200, anchors=NOTHING_READ if over else FOUND)


def test_what_is_asked(ask: Ask, server: HostileServer) -> None:
    """Cookies of an answer come back with the next request of the same trail, and only there."""
    first = ask(answer(b"", b"Set-Cookie: k=v; Path=/"), etag='"1"', last_modified="then")
    assert isinstance(first, Answer)
    assert [(cookie.name, cookie.value) for cookie in first.cookies] == [("k", "v")]
    second = ask(answer(b""), cookies=first.cookies)
    assert isinstance(second, Answer)
    assert second.cookies == first.cookies
    plain = {
        "host": server.host,
        "user-agent": f"Mozilla/5.0 (compatible; os2-syncer/{__version__}; link check)",
        "accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "accept-language": "da,en;q=0.7",
        "accept-encoding": "gzip",
    }
    assert [(asked.method, asked.path, asked.headers) for asked in server.asked] == [
        ("GET", "/x?y", {**plain, "if-none-match": '"1"', "if-modified-since": "then"}),
        ("GET", "/x?y", {**plain, "cookie": "k=v"}),
    ]


def test_an_answer_that_is_none_is_told(ask: Ask) -> None:
    """By its cause."""
    assert ask(b"nej\r\n\r\n") == Failure(Cause.NOT_HTTP)
    assert ask(b"") == Failure(Cause.DROPPED)
