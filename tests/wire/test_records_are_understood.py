"""Every recorded answer of Nextcloud 32, replayed to our client, is read as what it means."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from syncer.errors import RemoteError
from syncer.net.deadlines import Patience
from syncer.nextcloud.dav.client import NextcloudClient, open_connections
from syncer.nextcloud.dav.multistatus import DavEntry, Depth, EntryKind
from syncer.nextcloud.server import (
    DavSource,
    Endpoint,
    TokenState,
    is_nextcloud,
    judge_share_page,
    name_root,
    read_delay_ms,
    read_version,
)
from syncer.nextcloud.tree import TreeBuilder
from tests.wire.records import Record, read_records

RECORDS = {record.name: record for record in read_records()}
# Record → how many folders and files are listed, or the code of the error.
LISTINGS: dict[str, tuple[int, int] | str] = {
    "new-root-depth-0": (1, 0),
    "new-root-depth-1": (3, 0),
    "new-root-depth-infinity": (10, 10),
    "new-missing-folder": "not-found",
    "new-dead-token": "share-not-found",
    "new-password-missing": "not-authenticated",
    "new-password-wrong": "not-authenticated",
    "new-password-ok": (1, 1),
    "new-file-drop": "upload-only",
    "new-single-file-share": (0, 1),
    "new-target-deleted": "not-found",
    "new-special-names": (1, 5),
    "new-team-folder-infinity": (4, 13),
    "legacy-root-depth-1": (3, 0),
    "legacy-missing-folder": "not-found",
    "legacy-dead-token": "not-authenticated",
    "legacy-password-missing": "not-authenticated",
    "legacy-file-drop": "upload-only",
    "legacy-target-deleted": "not-found",
    "legacy-no-authorization": "not-authenticated",
}
PAGES = {
    "page-alive": TokenState.LIVES,
    "page-folder-gone": TokenState.LIVES,
    "page-dir-gone": TokenState.LIVES,
    "page-dead": TokenState.GONE,
    "page-target-deleted": TokenState.GONE,
    "page-password": TokenState.ASKS_PASSWORD,
    "page-file-drop": TokenState.LIVES,
    "page-single-file": TokenState.LIVES,
}


@contextmanager
def replay(record: Record) -> Iterator[NextcloudClient]:
    """Answer everything with one record, in chunks where it came in chunks."""
    body = record.body or b""
    chunked = record.headers.get("transfer-encoding") == "chunked"

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self.send_response(record.status)
            for name, value in record.headers.items():
                if name not in ("content-length", "transfer-encoding"):
                    self.send_header(name, value)
            if chunked:
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                for start in range(0, len(body), 700):
                    piece = body[start : start + 700]
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.write(b"0\r\n\r\n")
            else:
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        do_GET = do_PROPFIND = answer  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    connections = open_connections(
        f"http://127.0.0.1:{server.server_port}",
        ca_file=None,
        workers=1,
        patience=Patience(),
        sleep=lambda _: None,
        allow_private=True,
    )
    try:
        yield NextcloudClient(connections, record.login)
    finally:
        connections.adapter.close()
        server.shutdown()
        thread.join()
        server.server_close()


def read_listing(record: Record) -> tuple[DavEntry, ...]:
    """Read a listing as the walk does."""
    endpoint = Endpoint.LEGACY if record.name.startswith("legacy") else Endpoint.NEW
    token = record.target.split("/")[4] if endpoint is Endpoint.NEW else ""
    with replay(record) as client:
        source = DavSource(client, name_root(endpoint, "", token))
        if record.depth == "infinity":
            return tuple(source.stream_tree())
        return source.list_folder(record.target, Depth(record.depth or "1"))


@pytest.mark.parametrize("name", LISTINGS)
def test_listings_and_refusals(name: str) -> None:
    """Each listing is whole, each refusal has its meaning."""
    expected = LISTINGS[name]
    if isinstance(expected, str):
        with pytest.raises(RemoteError) as caught:
            read_listing(RECORDS[name])
        assert caught.value.code == expected
        return
    kinds = [entry.kind for entry in read_listing(RECORDS[name])]
    assert (kinds.count(EntryKind.FOLDER), kinds.count(EntryKind.FILE)) == expected


def test_the_etags_of_a_team_folder_are_kept() -> None:
    """Those of its root and of every folder, so that an unchanged one costs one request."""
    builder = TreeBuilder()
    builder.add_tree(read_listing(RECORDS["new-team-folder-infinity"]))
    tree = builder.finish()
    assert len(tree.folders) > 1
    assert all(folder.etag for folder in tree.folders)
    assert tree.mounts == ()


def test_a_team_folder_is_marked_on_every_entry() -> None:
    """On the mount and on all below it, files too."""
    assert {entry.mount for entry in read_listing(RECORDS["new-team-folder-infinity"])} == {"group"}
    assert {entry.mount for entry in read_listing(RECORDS["new-root-depth-infinity"])} == {""}


@pytest.mark.parametrize("name", PAGES)
def test_pages_tell_the_state_of_a_token(name: str) -> None:
    """By status and redirect alone; the page of a folder that is gone proves nothing."""
    record = RECORDS[name]
    token = urlsplit(record.target).path.split("/")[2]
    with replay(record) as client:
        assert judge_share_page(client.read_page(record.target), token) is PAGES[name]


def test_status_and_capabilities() -> None:
    """The version, that it is a Nextcloud, and how long this address is made to wait."""
    with replay(RECORDS["status"]) as client:
        assert read_version(client, "") == "32.0.1"
        assert is_nextcloud(client, "") is True
    with replay(RECORDS["capabilities-anonymous"]) as client:
        assert read_delay_ms(client, "") == 3200
        assert is_nextcloud(client, "") is False
    with replay(RECORDS["page-login-id"]) as client:
        assert is_nextcloud(client, "") is False


def test_every_record_is_read_by_something() -> None:
    """Here, in the tests of what an account knows, or only by readers' browsers (downloads)."""
    elsewhere = {"status", "capabilities-anonymous", "account-search-id", "account-shares"}
    of_readers = {
        name for name in RECORDS if name.startswith(("download-", "direct-", "page-login"))
    }
    assert set(RECORDS) == {*LISTINGS, *PAGES, *elsewhere, *of_readers}
