"""The transport: what is sent, what is tried again, and what never leaks."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from syncer.errors import (
    NeedsPassword,
    NotFound,
    Protocol,
    RemoteError,
    Throttled,
    Transient,
)
from syncer.net.deadlines import Patience
from syncer.nextcloud.dav import answers
from syncer.nextcloud.dav.answers import (
    explain_error,
    read_refusal,
    read_retry_after,
    read_sabre_error,
)
from syncer.nextcloud.dav.client import Connections, NextcloudClient, open_connections
from syncer.nextcloud.dav.multistatus import Depth

ROOT = "/public.php/webdav"
GOOD = (
    b'<d:multistatus xmlns:d="DAV:"><d:response><d:href>/public.php/webdav/</d:href><d:propstat>'
    b"<d:prop><d:resourcetype><d:collection/></d:resourcetype></d:prop>"
    b"<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"
)
UNKNOWN = (
    b'<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
    b"<s:exception>Sabre\\DAV\\Exception\\NotAuthenticated</s:exception></d:error>"
)

Reply = tuple[int, dict[str, str], bytes]


@contextmanager
def serve(*replies: Reply) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Give the replies one after the other, the last again and again."""
    asked: list[dict[str, str]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            status, headers, body = replies[min(len(asked), len(replies) - 1)]
            about = {"method": self.command, "path": self.path, "body": sent}
            about["port"] = str(self.client_address[1])
            asked.append({**about, **dict(self.headers.items())})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PROPFIND = do_SEARCH = do_PUT = do_MOVE = do_MKCOL = handle_any  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def connect() -> Iterator[Callable[..., Connections]]:
    """Open connections that are closed at the end; waits are noted, not waited."""
    opened: list[Connections] = []

    def open_them(base_url: str, slept_s: list[float] | None = None) -> Connections:
        opened.append(
            open_connections(
                base_url,
                ca_file=None,
                workers=2,
                patience=Patience(read_s=5),
                sleep=(slept_s if slept_s is not None else []).append,
                allow_private=True,
            )
        )
        return opened[-1]

    yield open_them
    for connections in opened:
        connections.adapter.close()


def ask(connections: Connections) -> int:
    """List the root; returns how many requests that took."""
    client = NextcloudClient(connections, None)
    client.list_folder(ROOT + "/", Depth.ZERO, root=ROOT)
    return client.requests_sent


@pytest.mark.parametrize("status", [408, 423, 425, 500, 502, 503, 504])
def test_a_passing_trouble_is_tried_again(status: int, connect: Callable[..., Connections]) -> None:
    """Three tries at most, with growing waits; the third may be right."""
    slept_s: list[float] = []
    with serve((status, {}, b""), (status, {}, b""), (207, {}, GOOD)) as (base_url, _):
        assert ask(connect(base_url, slept_s)) == 3
    assert len(slept_s) == 2
    # By chance a little longer each time, so that many that were refused together come apart.
    assert 0.5 < slept_s[0] <= 1.0 < slept_s[1] <= 1.5


def test_a_trouble_that_stays_is_raised_after_three_tries(
    connect: Callable[..., Connections],
) -> None:
    """The error of the last try comes out, with its status."""
    with serve((502, {}, b"")) as (base_url, asked):
        with pytest.raises(Transient) as caught:
            ask(connect(base_url))
        assert len(asked) == 3
    assert (caught.value.code, caught.value.status) == ("http-status", 502)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 412, 501, 507])
def test_what_will_not_change_is_asked_once(
    status: int, connect: Callable[..., Connections]
) -> None:
    """No second request, above all not for a 401, which counts as a failed try."""
    with serve((status, {}, b"")) as (base_url, asked):
        with pytest.raises(RemoteError):
            ask(connect(base_url))
        assert len(asked) == 1


def test_a_wait_that_the_server_asks_for_is_kept(connect: Callable[..., Connections]) -> None:
    """`Retry-After` is waited out exactly."""
    slept_s: list[float] = []
    with serve((429, {"Retry-After": "7"}, b""), (207, {}, GOOD)) as (base_url, _):
        assert ask(connect(base_url, slept_s)) == 2
    assert slept_s == [7.0]


def test_a_wait_that_is_too_long_is_not_waited(connect: Callable[..., Connections]) -> None:
    """A server that wants to be left alone for an hour is."""
    with serve((429, {"Retry-After": "3600"}, b"")) as (base_url, asked):
        with pytest.raises(Throttled):
            ask(connect(base_url))
        assert len(asked) == 1


def test_connections_are_used_again(connect: Callable[..., Connections]) -> None:
    """Refusals and listings alike leave their connection fit for the next request."""
    with serve((403, {}, b"nej" * 1000), (207, {}, GOOD)) as (base_url, asked):
        connections = connect(base_url)
        with pytest.raises(Protocol):
            ask(connections)
        for _ in range(5):
            ask(connections)
    assert len({each["port"] for each in asked}) == 1


def test_netrc_is_nobodys_business(
    connect: Callable[..., Connections], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Credentials that lie around for a host do not go to a public share of it."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login privat password hemmelig\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with serve((207, {}, GOOD)) as (base_url, asked):
        ask(connect(base_url))
    assert "Authorization" not in asked[0]


def test_a_proxy_of_the_environment_is_used(
    connect: Callable[..., Connections], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`http_proxy` holds, and `no_proxy` takes it back."""
    with serve((207, {}, GOOD)) as (proxy_url, asked):
        monkeypatch.setenv("http_proxy", proxy_url)
        monkeypatch.setenv("no_proxy", "inde.example.dk")
        ask(connect("http://boks.example.dk"))
        assert asked[0]["path"] == f"http://boks.example.dk{ROOT}/"
        assert connect("http://inde.example.dk").proxies == {}


def test_names_are_asked_for_as_they_were_listed(connect: Callable[..., Connections]) -> None:
    """Whatever stands in an href is escaped anew, and means the same bytes."""
    with serve((403, {}, b"")) as (base_url, asked):
        client = NextcloudClient(connect(base_url), None)
        for href in ("/a%20b/", "/A%cc%8a/", "/#1?x=y/", "/100%25/", "/a+b&c/", "/(x)~:@/"):
            with pytest.raises(Protocol):
                client.list_folder(ROOT + href, Depth.ONE, root=ROOT)
    assert [each["path"].removeprefix(ROOT) for each in asked] == [
        "/a%20b/",
        "/A%CC%8A/",
        "/%231%3Fx%3Dy/",
        "/100%25/",
        "/a%2Bb%26c/",
        "/%28x%29~%3A%40/",
    ]


def test_a_page_is_read_whatever_its_status(connect: Callable[..., Connections]) -> None:
    """A 404 of a page is an answer; where a 303 leads is told and not followed."""
    with serve((404, {}, b"nej"), (303, {"Location": "/login"}, b"")) as (base_url, asked):
        client = NextcloudClient(connect(base_url), None)
        page = client.read_page("/s/T")
        assert (page.status, page.body) == (404, b"nej")
        page = client.read_page("/s/T")
        assert (page.status, page.location) == (303, "/login")
        assert len(asked) == 2


def test_a_page_of_a_server_in_trouble_is_no_answer(connect: Callable[..., Connections]) -> None:
    """A throttled or failing page settles nothing."""
    with serve((429, {}, b"")) as (base_url, _), pytest.raises(Throttled):
        NextcloudClient(connect(base_url), None).read_page("/s/T")
    with serve((502, {}, b"")) as (base_url, _), pytest.raises(Transient):
        NextcloudClient(connect(base_url), None).read_page("/s/T")


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, GOOD, Protocol("http-status", status=200)),
        (401, UNKNOWN, NeedsPassword("not-authenticated", status=401)),
        (403, b"", Protocol("http-status", status=403)),
        (502, b"", Transient("http-status", status=502)),
    ],
)
def test_a_search_that_is_refused_says_why(
    connect: Callable[..., Connections], status: int, body: bytes, error: RemoteError
) -> None:
    """Only a 207 is an answer to a search; Nextcloud's own words say what a refusal means."""
    with serve((status, {}, body)) as (base_url, _), pytest.raises(type(error)) as caught:
        NextcloudClient(connect(base_url), None).search("/remote.php/dav/", b"<x/>")
    assert (caught.value.code, caught.value.status) == (error.code, error.status)


def test_a_search_returns_the_body_of_a_207(connect: Callable[..., Connections]) -> None:
    """After a refusal that passes it is sent again, whole."""
    with serve((502, {}, b""), (207, {}, GOOD)) as (base_url, asked):
        client = NextcloudClient(connect(base_url), None)
        assert client.search("/remote.php/dav/", b"<x/>") == GOOD
    assert [each["Content-Length"] for each in asked] == ["4", "4"]


def test_a_webroot(connect: Callable[..., Connections]) -> None:
    """The path of the base URL is the webroot; neither has a slash at its end."""
    connections = connect("https://x.dk:8443/sky/")
    assert (connections.origin, connections.webroot) == ("https://x.dk:8443", "/sky")
    assert connections.base_url == "https://x.dk:8443/sky"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("7", 7.0), (" 0 ", 0.0), ("", None), ("-1", None), ("i morgen", None), ("9" * 9, None),
     ("Mon, 23 Nov 2026 03:00:36 GMT", None)],
)  # fmt: skip
def test_retry_after(text: str, seconds: float | None) -> None:
    """Seconds are read; anything else is as if it were not there."""
    assert read_retry_after({"Retry-After": text}) == seconds


@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        ("Mon, 04 May 2026 03:15:00 GMT", 9.0),
        ("Mon, 04 May 2026 03:16:00 GMT", 0.0),
        ("", None),
        ("yesterday", None),
        ("Mon, 04 May 2026 03:15:00", None),
    ],
)
def test_a_date_to_wait_for_counts_from_the_servers_own_clock(
    now: str, seconds: float | None
) -> None:
    """A clock that is wrong by a year makes no wait of a year; without `Date` nobody knows."""
    headers = {"Retry-After": "Mon, 04 May 2026 03:15:09 GMT", "Date": now}
    assert read_retry_after(headers) == seconds


_LATER = {"Retry-After": "7"}
_CLOSED = {"Retry-After": "7", "X-Nextcloud-Maintenance-Mode": "1"}
_DAV = "Sabre\\DAV\\Exception\\"
_ERROR = (
    '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
    "<s:exception>{}</s:exception><s:message>{}</s:message></d:error>"
)


@pytest.mark.parametrize(
    ("status", "headers", "said", "expected"),
    [
        (503, _LATER, "MaxDelayReached|", Throttled("throttled", status=503, retry_after_s=7)),
        (503, {}, "X|MaxDelayReached", Throttled("throttled", status=503)),
        (429, _LATER, "|", Throttled("too-many-requests", status=429, retry_after_s=7)),
        (503, _CLOSED, "|", RemoteError("maintenance", status=503, retry_after_s=7)),
        (503, {}, "X|In maintenance mode.", RemoteError("maintenance", status=503)),
        (401, {}, "NotAuthenticated|", NeedsPassword("not-authenticated", status=401)),
        (401, {}, "|", Protocol("http-status", status=401)),
        (404, {}, f"{_DAV}NotFound|", NotFound("not-found", status=404)),
        (404, {}, "|", Protocol("http-status", status=404)),
        (503, {}, f"X|{_DAV}NotFound: x", NotFound("share-not-found", status=503)),
        (405, {}, "X|No reading on files drop", RemoteError("upload-only", status=405)),
        (405, {}, "|", Protocol("http-status", status=405)),
        (302, {}, "|", Protocol("redirected", status=302)),
        (502, _LATER, "|", Transient("http-status", status=502, retry_after_s=7)),
    ],
)
def test_each_refusal_is_what_it_says(
    status: int, headers: dict[str, str], said: str, expected: RemoteError
) -> None:
    """By Nextcloud's own words first, then by the status, which is kept with the wait it asks."""
    body = b"<html>" if said == "|" else _ERROR.format(*said.split("|")).encode()
    error = read_refusal(status, headers, body)
    assert type(error) is type(expected)
    assert (error.code, error.status, error.retry_after_s) == (
        expected.code, expected.status, expected.retry_after_s,
    )  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        f"<!DOCTYPE html>{_ERROR.format('X', 'y')}",
        "{}",
        "<a/>",
        '<d:error xmlns:d="DAV:"/>',
        "\0",
    ],
)
def test_what_is_no_error_document_of_sabre_says_nothing(body: str) -> None:
    """HTML, JSON, other XML, an error without words, binary data."""
    assert read_sabre_error(body.encode()) == ("", "")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Transient("timeout"), "server-timeout"),
        (Transient("http-status", status=502), "server-status"),
        (Protocol("redirected", status=302), "server-redirects"),
        (Protocol("foreign-href"), "listing-not-webdav"),
        (Protocol("truncated"), "listing-truncated"),
        (read_refusal(405, {}, b""), "server-status"),
    ],
)
def test_each_error_has_a_reason(error: RemoteError, code: str) -> None:
    """What nobody needs to know apart is one reason with a detail."""
    assert explain_error(error).code == code


EXPLAINED = {
    "throttled": "server-throttled",
    "too-many-requests": "server-throttled",
    "maintenance": "server-maintenance",
    "not-authenticated": "server-wants-login",
    "not-found": "server-not-found",
    "share-not-found": "server-not-found",
    "upload-only": "share-upload-only",
    "timeout": "server-timeout",
    "tls-failed": "server-tls-failed",
    "not-reached": "server-not-reached",
    "connection-cut": "server-connection-cut",
    "truncated": "listing-truncated",
    "too-big": "listing-too-big",
    "stopped": "run-stopped",
    "out-of-time": "walk-out-of-time",
    "private-address": "share-private-address",
}


def test_each_code_of_an_error_has_its_own_reason() -> None:
    """None is added to the table without an example here."""
    assert {code: explain_error(RemoteError(code)).code for code in EXPLAINED} == EXPLAINED
    assert answers._REASONS.keys() == EXPLAINED.keys()


def test_nothing_is_sent_after_a_stop() -> None:
    """A run that was told to stop asks for nothing."""
    patience = Patience()
    patience.stop.set()
    connections = open_connections(
        "http://127.0.0.1:9",
        ca_file=None,
        workers=1,
        patience=patience,
        sleep=lambda _: None,
        allow_private=True,
    )
    client = NextcloudClient(connections, None)
    with pytest.raises(RemoteError) as caught:
        client.read_page("/status.php")
    assert (caught.value.code, client.requests_sent) == ("stopped", 0)


def test_an_answer_that_is_too_big(
    connect: Callable[..., Connections], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A listing beyond its bound is given up while it is read."""
    monkeypatch.setattr("syncer.nextcloud.dav.client.MAX_LISTING_BYTES", 100)
    with serve((207, {}, GOOD)) as (base_url, _), pytest.raises(Protocol) as caught:
        ask(connect(base_url))
    assert caught.value.code == "too-big"
