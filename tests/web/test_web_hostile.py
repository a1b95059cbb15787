"""Servers that send too much, too slowly, or nonsense: bounded, and told as what it is."""

from __future__ import annotations

import gzip
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from syncer.model.links import LinkStatus
from syncer.web.fragments import AnchorSearch

if TYPE_CHECKING:
    from tests.web.loopback_web import Page, Visit, Web

MIB = 1024 * 1024


def count_writes(visit: Visit, head: bytes, pieces: int, piece: bytes) -> int:
    """Send a head and then pieces, until the other side has had enough; tell how many went."""
    sent = 0
    try:
        visit.write(head)
        while sent < pieces:
            visit.write(piece)
            sent += 1
    except OSError:
        pass
    return sent


def test_ten_megabyte_page_is_read_to_the_limit(web: Web) -> None:
    """Two MiB are read; an anchor in them is found, and one behind them is not denied."""
    sent: list[int] = []

    def serve(visit: Visit) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1 id=near>"
        sent.append(count_writes(visit, head, 160, b"<p>" + b"x" * 65533))

    url = web.put("a.test", "/x", serve)
    verdicts = web.check([url + "#near", url + "#far"])
    assert verdicts[url + "#near"].status is LinkStatus.OK
    assert verdicts[url + "#far"].status is LinkStatus.UNCHECKED
    reason = verdicts[url + "#far"].reason
    assert reason is not None
    assert reason.code == "link-anchor-page-too-big"
    assert sent == [] or sent[0] < 160


def test_huge_redirect_body_is_not_read(web: Web) -> None:
    """A redirect with 200 MB behind it costs as much as one without."""
    sent: list[int] = []

    def serve(visit: Visit) -> None:
        head = b"HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 209715200\r\n\r\n"
        sent.append(count_writes(visit, head, 200, b"x" * MIB))

    web.put("a.test", "/end", web.page(body=b"<p id=a>"))
    assert web.check_one(web.put("a.test", "/x#a", serve)).status is LinkStatus.OK
    web.over.set()
    assert not sent or sent[0] < 50


def test_packed_bomb_is_cut_off(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """However tightly a page is packed, it is unpacked in small pieces and to the limit only."""
    sizes: list[int] = []
    feed = AnchorSearch.feed

    def watch(search: AnchorSearch, piece: bytes) -> bool:
        sizes.append(len(piece))
        return feed(search, piece)

    monkeypatch.setattr(AnchorSearch, "feed", watch)
    body = gzip.compress(b"<p> " * (50 * MIB // 4), compresslevel=1)
    url = web.put("a.test", "/x#a", web.page(body=body, headers={"Content-Encoding": "gzip"}))
    assert web.check_one(url).status is LinkStatus.UNCHECKED
    assert 0 < max(sizes) <= 65536
    assert sum(sizes) < 3 * MIB


def test_packed_nothing_without_end_is_cut_off(web: Web) -> None:
    """Packing that unpacks to nothing, for ever, is bounded by what was received."""
    sent: list[int] = []
    empty_blocks = b"\x00\x00\x00\xff\xff" * 13107

    def serve(visit: Visit) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
        start = gzip.compress(b"")[:10]
        sent.append(count_writes(visit, head + start, 2000, empty_blocks))

    verdict = web.check_one(web.put("a.test", "/x#a", serve))
    assert verdict.status is LinkStatus.UNCHECKED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-anchor-page-unread"


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX: ",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
    ],
    ids=["headers", "body", "chunk size", "continue"],
)
def test_dripping_answer_ends_with_its_time(web: Web, head: bytes) -> None:
    """A server that sends a byte now and then keeps nobody longer than the time-out."""

    def serve(visit: Visit) -> None:
        try:
            visit.write(head)
            while not web.over.wait(0.05):
                visit.write(b"1")
        except OSError:
            pass

    began_s = time.monotonic()
    verdict = web.check_one(web.put("a.test", "/x#a", serve), timeout_s=0.4)
    assert time.monotonic() - began_s < 10
    assert verdict.status in (LinkStatus.UNCONFIRMED, LinkStatus.UNCHECKED)


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
    ],
    ids=["ssh", "no status"],
)
def test_nonsense_is_no_web_page(web: Web, raw: bytes) -> None:
    """What is no HTTP is said to be none."""
    verdict = web.check_one(web.put("a.test", "/x", lambda visit: visit.write(raw)))
    assert verdict.status is LinkStatus.UNCONFIRMED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-not-http"


END = b"Content-Type: text/html\r\nContent-Length: 8\r\n\r\n<p id=a>"


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 120 + END,
        b"HTTP/1.1 200 OK\r\n" + b"Set-Cookie: a=b; Path=/\r\n" * 110 + END,
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 77_000 + b"\r\n" + END,
        b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n" + END,
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3 + b"HTTP/1.1 200 OK\r\n" + END,
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n" + END,
    ],
    ids=["120 headers", "110 cookies", "77 kB header", "102", "103", "100"],
)
def test_answer_that_browsers_read_is_read(web: Web, raw: bytes) -> None:
    """Many headers, long ones, and interim answers before the final one."""
    url = web.put("a.test", "/x", lambda visit: visit.write(raw))
    assert {one.status for one in web.check([url, url + "#a"]).values()} == {LinkStatus.OK}


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000 + b"\r\n" + END,
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 60_000 + END,
        b"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n" * 12_000 + b"HTTP/1.1 200 OK\r\n" + END,
    ],
    ids=["one", "many", "hints"],
)
def test_headers_beyond_our_bound_are_unchecked(web: Web, raw: bytes) -> None:
    """That we do not read on is our doing, and says nothing about the page."""

    def serve(visit: Visit) -> None:
        with suppress(OSError):
            visit.write(raw)

    began_s = time.monotonic()
    verdict = web.check_one(web.put("a.test", "/x", serve))
    assert time.monotonic() - began_s < 4
    assert verdict.status is LinkStatus.UNCHECKED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-headers-too-long"


def test_hanging_up_is_not_confirmed(web: Web) -> None:
    """A host that hangs up on everything is asked at most four times per address."""
    verdict = web.check_one(web.put("a.test", "/x", lambda _visit: None))
    assert verdict.reason is not None
    assert verdict.reason.code == "link-dropped"
    assert len(web.asked()) <= 4


def test_connection_that_was_closed_meanwhile_is_opened_again(web: Web) -> None:
    """A kept connection that the server closes without a word costs no verdict."""

    def serve(visit: Visit) -> Page:
        visit.handler.close_connection = True
        return web.page(body=b"<p id=a>")

    urls = [web.put("a.test", f"/{number}#a", serve) for number in range(10)]
    verdicts = web.check(urls)
    assert {verdict.status for verdict in verdicts.values()} == {LinkStatus.OK}


def test_cookies_are_bounded(web: Web) -> None:
    """However many cookies a server sets, no more go back than from a browser."""

    def serve(visit: Visit) -> Page | None:
        if visit.path == "/end":
            assert visit.headers.get("Cookie", "").count("=") == 180
            return web.page()
        cookies = b"".join(b"Set-Cookie: c%d=%d\r\n" % (one, one) for one in range(200))
        visit.write(b"HTTP/1.1 302 Found\r\nLocation: /end\r\n" + cookies + b"\r\n")
        return None

    web.put("a.test", "/end", serve)
    assert web.check_one(web.put("a.test", "/x", serve)).status is LinkStatus.OK


def test_passwords_of_the_environment_stay_at_home(
    web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    """Neither `.netrc` nor a password in the address is ever sent."""
    netrc = f"{tmp_path}/netrc"
    with open(netrc, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path as text
        file.write("default login me password secret\n")
    monkeypatch.setenv("NETRC", netrc)
    web.put("a.test", "/x", web.page())
    url = f"http://me:secret@a.test:{web.port}/x"
    assert web.check_one(url).status is LinkStatus.OK
    assert web.visits
    assert all("Authorization" not in visit.headers for visit in web.visits)


def test_proxy_of_the_environment_is_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a proxy in the environment, it gets the whole address, and looks the name up."""
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{web.port}")
    monkeypatch.delenv("no_proxy", raising=False)
    web.pages["far.test", "http://far.test:81/x"] = web.page()
    verdict = web.check_one("http://far.test:81/x", allow_private=False)
    assert verdict.status is LinkStatus.OK
    assert web.lookups == []


def test_dead_proxy_is_not_the_links_fault(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that cannot be reached denies nothing."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    verdict = web.check_one("http://far.test/x")
    assert verdict.status is LinkStatus.UNCHECKED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-proxy-failed"
