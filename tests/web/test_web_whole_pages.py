"""An anchor is denied only by a page that came whole and could be read."""

from __future__ import annotations

import gzip
import zlib
from functools import partial
from typing import TYPE_CHECKING

import pytest

from syncer.model.links import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.loopback_web import Visit, Web

# Without the time: names of cases are the same in every process.
pack = partial(gzip.compress, mtime=0)
OK, BROKEN, UNKNOWN = LinkStatus.OK, LinkStatus.BROKEN, LinkStatus.UNCHECKED
UNREAD = "link-anchor-page-unread"
START = b"<h1 id=top>Page</h1><p>" + b"Something to read. " * 40
WHOLE = START + b"<h2 id=late>Late</h2>"


def find_late(web: Web, raw: bytes) -> tuple[LinkStatus, str | None]:
    """Check a link to `#late` on a page whose answer is sent byte by byte."""

    def serve(visit: Visit) -> None:
        visit.write(raw)

    verdict = web.check_one(web.put("a.test", "/x#late", serve))
    return verdict.status, None if verdict.reason is None else verdict.reason.code


def answer(body: bytes, *headers: bytes, status: bytes = b"200 OK", framed: bool = True) -> bytes:
    """Write an answer with a page."""
    lines = [b"HTTP/1.1 " + status, b"Content-Type: text/html; charset=utf-8", *headers]
    if framed:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([*lines, b"", body])


def chunk(body: bytes) -> bytes:
    """Write a body as one chunk and its end."""
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def flush_without_end(body: bytes) -> bytes:
    """Compress all of a body, and leave out the end of the stream."""
    packer = zlib.compressobj(wbits=31)
    return packer.compress(body) + packer.flush(zlib.Z_SYNC_FLUSH)


GZIP, CHUNKED = b"Content-Encoding: gzip", b"Transfer-Encoding: chunked"


@pytest.mark.parametrize(
    "raw",
    [
        answer(pack(START)[:-8], GZIP),
        answer(pack(START)[:-1], GZIP),
        answer(flush_without_end(START), GZIP),
        answer(chunk(pack(START)[:-8]), GZIP, CHUNKED, framed=False),
        answer(b"", GZIP),
        answer(pack(START) + pack(START)[:-8], GZIP),
        answer(pack(START) + b"more", GZIP),
        answer(pack(START)[:-8] + b"\0" * 8, GZIP),
    ],
    ids=["no trailer", "half a trailer", "flushed", "in chunks", "empty", "second", "more", "crc"],
)
def test_compressed_page_without_its_end_denies_nothing(web: Web, raw: bytes) -> None:
    """The framing of HTTP is whole in each, and the compressed stream is not."""
    assert find_late(web, raw) == (UNKNOWN, UNREAD)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (pack(START) + pack(b"<h2 id=late>Late</h2>"), OK),
        (pack(START) + pack(b"<h2 id=b>B</h2>"), BROKEN),
        (pack(START + b" " * 200_000), BROKEN),
    ],
    ids=["in the second member", "in neither member", "one member"],
)
def test_compressed_page_is_read_to_the_end_of_all_its_members(
    web: Web, body: bytes, status: LinkStatus
) -> None:
    """Streams of gzip may follow each other; together they are the page."""
    assert find_late(web, answer(body, GZIP))[0] is status


@pytest.mark.parametrize(
    "raw",
    [
        answer(START, framed=False),
        answer(START, b"Content-Length: 9x", framed=False),
        answer(pack(WHOLE), b"Transfer-Encoding: gzip"),
        answer(chunk(pack(WHOLE)), b"Transfer-Encoding: gzip, chunked", framed=False),
    ],
    ids=["no length", "no number", "gzip", "gzip in chunks"],
)
def test_page_whose_end_is_not_told_denies_nothing(web: Web, raw: bytes) -> None:
    """Without a length or chunks its end looks like that of a connection that was cut."""
    assert find_late(web, raw) == (UNKNOWN, UNREAD)


def test_page_whose_end_is_not_told_has_the_anchors_in_it(web: Web) -> None:
    """What was found is there."""
    assert find_late(web, answer(WHOLE, framed=False)) == (OK, None)


@pytest.mark.parametrize("framed", [True, False])
def test_page_behind_tls_needs_its_length_too(
    web: Web, serve_tls: Callable[..., int], framed: bool
) -> None:
    """The server ends the connection without TLS's own goodbye, as many do."""

    def serve(visit: Visit) -> None:
        visit.write(answer(START, framed=framed))

    port = serve_tls("a.test")
    web.put("a.test", "/x", serve)
    verdict = web.check_one(f"https://a.test:{port}/x#late")
    assert verdict.status is (BROKEN if framed else UNKNOWN)


@pytest.mark.parametrize(
    "status",
    [
        *(b"202 Accepted", b"203 Changed on the way", b"204 No Content"),
        *(b"205 Reset Content", b"206 Partial Content", b"226 IM Used"),
    ],
)
def test_good_answer_that_is_not_the_page_denies_no_anchor(web: Web, status: bytes) -> None:
    """A part that nobody asked for, a promise, nothing at all: only 200 is the page."""
    body = b"" if status.startswith((b"204", b"205")) else START
    assert find_late(web, answer(body, status=status)) == (UNKNOWN, UNREAD)


def test_page_that_its_headers_refresh_may_have_the_anchor_elsewhere(web: Web) -> None:
    """`Refresh` as a header moves readers on as it does in the page."""
    raw = answer(START, b"Refresh: 0; url=/other")
    assert find_late(web, raw) == (UNKNOWN, "link-anchor-by-script")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"%PDF-1.7\n1 0 obj<<>>endobj", UNKNOWN),
        (b"just text", UNKNOWN),
        (b"", UNKNOWN),
        (b"\xef\xbb\xbf \n<!doctype html>" + START, BROKEN),
        (b"<p>" + WHOLE, OK),
    ],
    ids=["PDF", "text", "nothing", "page", "page with the anchor"],
)
def test_body_without_a_type_is_a_page_only_if_it_begins_as_one(
    web: Web, body: bytes, status: LinkStatus
) -> None:
    """Browsers look at its first bytes, too."""
    raw = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
    told, code = find_late(web, raw + body)
    assert told is status
    assert code == {UNKNOWN: "link-anchor-not-html", BROKEN: "link-anchor-missing"}.get(status)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", "\ufeff<h2 id=læ–s>".encode("utf-16-be")),
        ("text/html; charset=utf-8", "<h2 id=læ–s>".encode("utf-16")),
        ("text/html; charset=iso-8859-1", "<h2 id=læ–s>".encode("utf-8-sig")),
        ("text/html; charset=iso-8859-1", "<h2 id=læ–s>".encode("cp1252")),
        ("text/html; charset=us-ascii", "<h2 id=læ–s>".encode("cp1252")),
    ],
    ids=["UTF-16", "UTF-16 over the header", "UTF-8 over the header", "Latin-1", "ASCII"],
)
def test_page_in_another_charset_has_its_anchor(web: Web, kind: str, body: bytes) -> None:
    """It is read as browsers read it, by its mark or what its label means to them."""
    url = web.put("a.test", "/x", web.page(body=body, headers={"Content-Type": kind}))
    assert web.check_one(url + "#l%C3%A6%E2%80%93s").status is OK


def test_anchor_in_a_charset_that_nothing_names_is_not_denied(web: Web) -> None:
    """A browser may guess it; an anchor in plain letters is in the page or not."""
    page = web.page(body=b"<h2 id=l\xe6s>" + START, headers={"Content-Type": "text/html"})
    url = web.put("a.test", "/x", page)
    assert web.check_one(url + "#l%C3%A6s").status is UNKNOWN
    assert web.check_one(url + "#late").status is BROKEN
