"""Answers in the form in which a real Nextcloud was recorded, read as what they mean.

The bodies are our own, written after the recordings: same elements, statuses and messages.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from syncer.errors import NeedsPassword, NotFound, RemoteError, Throttled
from syncer.net.deadlines import Patience
from syncer.nextcloud.dav.client import NextcloudClient, open_connections
from syncer.nextcloud.dav.multistatus import DavEntry, Depth, EntryKind
from syncer.nextcloud.server import (
    DavSource,
    Endpoint,
    name_credentials,
    name_root,
    read_delay_ms,
    read_version,
)

TOKEN = "Di5cTQdSABd6ak4"
NAMESPACES = (
    'xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" xmlns:oc="http://owncloud.org/ns" '
    'xmlns:nc="http://nextcloud.org/ns"'
)
LEGACY, NEW = "/public.php/webdav/", f"/public.php/dav/files/{TOKEN}/"
FOLDER = (
    "<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:resourcetype><d:collection/>"
    "</d:resourcetype><d:getetag>&quot;6b03ac5447ca0&quot;</d:getetag><d:getlastmodified>Mon, 23 "
    "Nov 2026 03:00:36 GMT</d:getlastmodified><oc:fileid>{id}</oc:fileid><oc:size>{size}</oc:size>"
    "<oc:permissions>RG</oc:permissions></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
    "<d:propstat><d:prop><d:getcontentlength/><d:getcontenttype/></d:prop><d:status>HTTP/1.1 404 "
    "Not Found</d:status></d:propstat></d:response>"
)
FILE = (
    "<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:resourcetype/><d:getetag>&quot;"
    "6002503a673b42e3&quot;</d:getetag><d:getlastmodified>Mon, 23 Nov 2026 03:00:36 GMT"
    "</d:getlastmodified><d:getcontentlength>{size}</d:getcontentlength><d:getcontenttype>"
    "text/plain</d:getcontenttype><oc:fileid>{id}</oc:fileid><oc:size>{size}</oc:size>"
    "<oc:permissions>RG</oc:permissions></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
    "</d:response>"
)


def multistatus(*responses: str) -> str:
    """Write a listing as Nextcloud does."""
    return (
        f'<?xml version="1.0"?>\n<d:multistatus {NAMESPACES}>{"".join(responses)}</d:multistatus>'
    )


def folder(href: str, file_id: int = 52, size: int = 775) -> str:
    """Write a folder's response."""
    return FOLDER.format(href=href, id=file_id, size=size)


def file(href: str, file_id: int = 73, size: int = 70) -> str:
    """Write a file's response."""
    return FILE.format(href=href, id=file_id, size=size)


def refusal(exception: str, message: str) -> str:
    """Write an error document as sabre/dav does."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<d:error xmlns:d="DAV:" '
        f'xmlns:s="http://sabredav.org/ns">\n  <s:exception>{exception}</s:exception>\n'
        f"  <s:message>{message}</s:message>\n</d:error>\n"
    )


@dataclass
class Recorder:
    """Gives one answer to everything, and keeps what was asked."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def replay(recorder: Recorder) -> Iterator[str]:
    """Serve the recorder on loopback; gives the base URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            recorder.asked.append((self.command, self.path, headers))
            raw = recorder.body.encode()
            self.send_response(recorder.status)
            for name, value in recorder.headers.items():
                self.send_header(name, value)
            self.send_header("Set-Cookie", "oc_sessionPassphrase=abc; path=/; HttpOnly")
            self.send_header("Content-Type", "application/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_PROPFIND = handle_any  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(
    recorder: Recorder,
    endpoint: Endpoint,
    *,
    depth: Depth = Depth.ONE,
    href: str | None = None,
    password: str | None = None,
) -> tuple[DavEntry, ...]:
    """Ask a recorder as the walk does."""
    with replay(recorder) as base_url:
        connections = open_connections(
            base_url,
            ca_file=None,
            workers=1,
            patience=Patience(),
            sleep=lambda _: None,
            allow_private=True,
        )
        client = NextcloudClient(connections, name_credentials(endpoint, TOKEN, password))
        source = DavSource(client, name_root(endpoint, "", TOKEN))
        try:
            if depth is Depth.INFINITY:
                return tuple(source.stream_tree())
            return source.list_folder(href, depth)
        finally:
            connections.adapter.close()


@pytest.mark.parametrize(("endpoint", "root"), [(Endpoint.LEGACY, LEGACY), (Endpoint.NEW, NEW)])
def test_listings(endpoint: Endpoint, root: str) -> None:
    """The root alone, a folder's content, and a whole tree, with lower-case escapes."""
    special = "100%25%20%231%20sp%c3%b8rgsm%c3%a5l%20%26%20svar%20%2b%20(x).txt"
    alone = Recorder(207, multistatus(folder(root)))
    (entry,) = ask(alone, endpoint, depth=Depth.ZERO)
    assert entry == DavEntry(
        path="",
        href=root,
        kind=EntryKind.FOLDER,
        size_bytes=775,
        modified_at=datetime(2026, 11, 23, 3, 0, 36, tzinfo=UTC),
        file_id=52,
        etag='"6b03ac5447ca0"',
        permissions="RG",
    )
    one = Recorder(207, multistatus(folder(f"{root}Mappe/"), file(f"{root}Mappe/{special}")))
    entries = ask(one, endpoint, href=f"{root}Mappe/")
    assert [entry.path for entry in entries] == [
        "Mappe",
        "Mappe/100% #1 spørgsmål & svar + (x).txt",
    ]
    assert entries[1].href == f"{root}Mappe/{special}"
    assert entries[1].kind is EntryKind.FILE
    assert entries[1].size_bytes == 70
    tree = Recorder(207, multistatus(folder(root), folder(f"{root}A/"), file(f"{root}A/b%20c.pdf")))
    entries = ask(tree, endpoint, depth=Depth.INFINITY)
    assert [entry.path for entry in entries] == ["", "A", "A/b c.pdf"]


@pytest.mark.parametrize(("endpoint", "root"), [(Endpoint.LEGACY, LEGACY), (Endpoint.NEW, NEW)])
def test_single_file_share(endpoint: Endpoint, root: str) -> None:
    """The root is the file itself, though its href ends in a slash."""
    (entry,) = ask(Recorder(207, multistatus(file(root, 57, 80))), endpoint)
    assert (entry.path, entry.kind, entry.size_bytes) == ("", EntryKind.FILE, 80)


NOT_AUTHENTICATED = "Sabre\\DAV\\Exception\\NotAuthenticated"
UNAVAILABLE = "Sabre\\DAV\\Exception\\ServiceUnavailable"
LOCKED_OUT = "OCP\\Security\\Bruteforce\\MaxDelayReached"
REFUSALS = [
    (Endpoint.LEGACY, 401, NOT_AUTHENTICATED, "Username or password was incorrect"),
    (Endpoint.LEGACY, 401, NOT_AUTHENTICATED, "Cannot authenticate over ajax calls"),
    (Endpoint.LEGACY, 401, NOT_AUTHENTICATED, "No 'Authorization: Basic' header found."),
    (Endpoint.NEW, 401, NOT_AUTHENTICATED, ""),
]


@pytest.mark.parametrize(("endpoint", "status", "exception", "message"), REFUSALS)
def test_not_let_in(endpoint: Endpoint, status: int, exception: str, message: str) -> None:
    """A dead token, an expired share and a missing password look alike over DAV."""
    recorder = Recorder(status, refusal(exception, message))
    with pytest.raises(NeedsPassword):
        ask(recorder, endpoint)
    assert len(recorder.asked) == 1


@pytest.mark.parametrize(
    ("endpoint", "status", "exception", "message", "code"),
    [
        (Endpoint.NEW, 503, UNAVAILABLE, "Sabre\\DAV\\Exception\\NotFound: ", "share-not-found"),
        (
            Endpoint.LEGACY,
            404,
            "Sabre\\DAV\\Exception\\NotFound",
            "File with name Nope could not be located",
            "not-found",
        ),
        (Endpoint.LEGACY, 404, "Sabre\\DAV\\Exception\\NotFound", "", "not-found"),
        (
            Endpoint.NEW,
            404,
            "Sabre\\DAV\\Exception\\NotFound",
            "File with name Nope could not be located",
            "not-found",
        ),
    ],
)
def test_not_there(
    endpoint: Endpoint, status: int, exception: str, message: str, code: str
) -> None:
    """A dead token of the new endpoint, and a path that is gone: claims, not yet proofs."""
    recorder = Recorder(status, refusal(exception, message))
    with pytest.raises(NotFound) as caught:
        ask(recorder, endpoint)
    assert caught.value.code == code
    assert len(recorder.asked) == 1


@pytest.mark.parametrize(
    ("endpoint", "status", "exception", "message"),
    [
        (Endpoint.LEGACY, 500, LOCKED_OUT, "Reached maximum delay"),
        (Endpoint.NEW, 503, UNAVAILABLE, f"{LOCKED_OUT}: Reached maximum delay"),
    ],
)
def test_locked_out(endpoint: Endpoint, status: int, exception: str, message: str) -> None:
    """A lock-out is no failure of the share, and is not tried again."""
    recorder = Recorder(status, refusal(exception, message))
    with pytest.raises(Throttled) as caught:
        ask(recorder, endpoint)
    assert caught.value.code == "throttled"
    assert len(recorder.asked) == 1


@pytest.mark.parametrize("endpoint", list(Endpoint))
def test_file_drop(endpoint: Endpoint) -> None:
    """A share where files can only be put says so."""
    body = refusal("Sabre\\DAV\\Exception\\MethodNotAllowed", "Only PUT is allowed on files drop")
    with pytest.raises(RemoteError) as caught:
        ask(Recorder(405, body), endpoint)
    assert caught.value.code == "upload-only"


@pytest.mark.parametrize("body", ["<html></html>", refusal(UNAVAILABLE, "Maintenance mode")])
def test_maintenance(body: str) -> None:
    """Maintenance is told by its header, whatever the body, and is not tried again."""
    recorder = Recorder(503, body, {"X-Nextcloud-Maintenance-Mode": "1", "Retry-After": "120"})
    with pytest.raises(RemoteError) as caught:
        ask(recorder, Endpoint.LEGACY)
    assert caught.value.code == "maintenance"
    assert len(recorder.asked) == 1


@pytest.mark.parametrize(
    ("endpoint", "password", "authorization"),
    [
        (Endpoint.LEGACY, None, "Basic RGk1Y1RRZFNBQmQ2YWs0Og=="),
        (Endpoint.LEGACY, "æøå", "Basic RGk1Y1RRZFNBQmQ2YWs0OsOmw7jDpQ=="),
        (Endpoint.NEW, None, None),
        (Endpoint.NEW, "hemmelig", "Basic YW5vbnltb3VzOmhlbW1lbGln"),
    ],
)
def test_what_is_sent(endpoint: Endpoint, password: str | None, authorization: str | None) -> None:
    """Each endpoint gets the credentials it wants, sent at once, as UTF-8, and no cookies."""
    root = LEGACY if endpoint is Endpoint.LEGACY else NEW
    recorder = Recorder(207, multistatus(folder(root)))
    ask(recorder, endpoint, depth=Depth.ZERO, password=password)
    ((method, path, headers),) = recorder.asked
    assert (method, path) == ("PROPFIND", root)
    assert headers.get("authorization") == authorization
    assert headers["depth"] == "0"
    assert headers["accept"] == "application/xml"
    assert headers["x-requested-with"] == "XMLHttpRequest"
    assert headers["accept-encoding"] == "identity"
    assert headers["user-agent"].startswith("os2-syncer/")
    assert "cookie" not in headers


@pytest.mark.parametrize(
    ("body", "version"),
    [
        ('{"installed":true,"maintenance":false,"versionstring":"27.0.2"}', "27.0.2"),
        ('{"installed":true,"maintenance":false}', None),
        ('{"versionstring":"<script>"}', None),
        ("<html></html>", None),
        ("[1]", None),
        ("[" * 100_000, None),
    ],
)
def test_status_page(body: str, version: str | None) -> None:
    """The version is read from `status.php`, and unknown where something else stands there."""
    with replay(Recorder(200, body)) as base_url:
        connections = open_connections(
            base_url,
            ca_file=None,
            workers=1,
            patience=Patience(),
            sleep=lambda _: None,
            allow_private=True,
        )
        assert read_version(NextcloudClient(connections, None), "") == version
        connections.adapter.close()


@pytest.mark.parametrize(
    ("status", "body", "delay_ms"),
    [
        (200, '{"ocs":{"data":{"capabilities":{"bruteforce":{"delay":1600}}}}}', 1600),
        (200, '{"ocs":{"data":{"capabilities":[]}}}', None),
        (200, '{"ocs":{"data":{"capabilities":{"bruteforce":{"delay":true}}}}}', None),
        (200, "nej", None),
        (503, "nej", None),
    ],
)
def test_delay_gauge(status: int, body: str, delay_ms: int | None) -> None:
    """The capabilities tell how long this address is made to wait; no answer tells nothing."""
    recorder = Recorder(status, body)
    with replay(recorder) as base_url:
        connections = open_connections(
            base_url,
            ca_file=None,
            workers=1,
            patience=Patience(),
            sleep=lambda _: None,
            allow_private=True,
        )
        assert read_delay_ms(NextcloudClient(connections, None), "") == delay_ms
        connections.adapter.close()
    assert recorder.asked[0][2]["ocs-apirequest"] == "true"
