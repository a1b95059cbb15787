"""What a share's page settles, and what it leaves open."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syncer.model.shares import Share, ShareStatus, name_token
from syncer.nextcloud.server import Endpoint, choose_endpoint, read_major
from syncer.nextcloud.shares import HostSettings, ShareTarget, read_shares
from syncer.store.database import open_database
from syncer.store.shares import ShareStore

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
REFUSED = (
    '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
    "<s:exception>Sabre\\DAV\\Exception\\NotAuthenticated</s:exception></d:error>"
)
SINGLE = (
    '<d:multistatus xmlns:d="DAV:"><d:response><d:href>/public.php/webdav/</d:href><d:propstat>'
    "<d:prop><d:resourcetype/></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
    "</d:response></d:multistatus>"
)
Reply = tuple[int, dict[str, str], str]
READER = Callable[[Reply, Reply], Share]


@pytest.fixture
def read(tmp_path: Path) -> Iterator[READER]:
    """Give a reading of one share on a server with one DAV answer and one page."""
    replies: dict[str, Reply] = {"GET /status.php": (200, {}, '{"versionstring": "27.0.2"}')}

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status, headers, body = replies.get(
                f"{self.command} {self.path}", replies[self.command]
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_PROPFIND = handle_any  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    database = open_database(tmp_path)

    def read_it(listing: Reply, page: Reply) -> Share:
        replies.update({"PROPFIND": listing, "GET": page})
        host = f"127.0.0.1:{server.server_port}"
        target = ShareTarget(f"{host}/T", "T", HostSettings(host, f"http://{host}"))
        (share,) = read_shares(
            [target],
            memory=ShareStore(database.connection),
            full=False,
            now=lambda: NOW,
            sleep=lambda _: None,
            stop=threading.Event(),
            on_progress=lambda *_: None,
        )
        return share

    yield read_it
    server.shutdown()
    thread.join()
    server.server_close()
    database.connection.close()


@pytest.mark.parametrize(
    ("page", "status", "code"),
    [
        ((404, {}, ""), ShareStatus.GONE, "share-gone"),
        (
            (303, {"Location": "/s/T/authenticate/showShare"}, ""),
            ShareStatus.NEEDS_PASSWORD,
            "share-password-missing",
        ),
        ((200, {}, "<html>"), ShareStatus.UNREADABLE, "share-page-lives"),
        ((302, {"Location": "/login"}, ""), ShareStatus.UNREADABLE, "server-wants-login"),
        ((403, {}, ""), ShareStatus.UNREADABLE, "server-wants-login"),
        ((502, {}, ""), ShareStatus.UNREADABLE, "server-status"),
        ((429, {}, ""), ShareStatus.THROTTLED, "server-throttled"),
        ((503, {"X-Nextcloud-Maintenance-Mode": "1"}, ""), ShareStatus.UNREADABLE,
         "server-maintenance"),
    ],
)  # fmt: skip
def test_a_401_is_settled_by_the_page(
    page: Reply, status: ShareStatus, code: str, read: READER
) -> None:
    """Only a page that is gone or asks for a password settles it; all else is "not checked"."""
    share = read((401, {}, REFUSED), page)
    assert share.reason is not None
    assert (share.status, share.reason.code) == (status, code)
    assert share.settled == (status in (ShareStatus.GONE, ShareStatus.NEEDS_PASSWORD))


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ((200, {}, '<meta property="og:title" content="R&amp;d o\u0308 😀.pdf">'), "R&d ö 😀.pdf"),
        ((200, {}, "<title>Noget andet</title>"), name_token("T")),
        ((200, {}, '<meta property="og:title" content="../../ud">'), name_token("T")),
        ((200, {}, '<meta property="og:title" content="a&#10;b">'), name_token("T")),
        (
            (200, {"Content-Encoding": "gzip"}, '<meta property="og:title" content="a">'),
            name_token("T"),
        ),
        ((404, {}, '<meta property="og:title" content="a">'), name_token("T")),
        ((502, {}, ""), name_token("T")),
    ],
)
def test_a_single_file_is_named_by_its_page(page: Reply, name: str, read: READER) -> None:
    """Where the page does not tell, what stands for the token does; the file is there anyway."""
    share = read((207, {}, SINGLE), page)
    assert share.status is ShareStatus.OK
    assert share.tree is not None
    assert [file.path for file in share.tree.files] == [name]
    again = read((207, {}, SINGLE), page)
    assert again.tree == share.tree


@pytest.mark.parametrize(
    ("version", "token", "endpoint"),
    [
        ("24.0.5", "T", Endpoint.LEGACY),
        ("28.0.14", "T", Endpoint.LEGACY),
        ("29.0.0", "T", Endpoint.NEW),
        ("31.0.4", "eget-navn", Endpoint.LEGACY),
        ("32.0.0", "eget-navn", Endpoint.NEW),
        (None, "T", None),
        ("ukendt", "T", None),
    ],
)
def test_choice_of_endpoint(version: str | None, token: str, endpoint: Endpoint | None) -> None:
    """The new one from 29 on, but not for a token with a hyphen before 32."""
    assert choose_endpoint(version, token) is endpoint


def test_major() -> None:
    """The first number of a version."""
    assert read_major("31.0.4") == 31
    assert read_major("31") == 31
    assert read_major("") is None
