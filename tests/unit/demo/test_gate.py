"""The demo's own server: links to read on the newer endpoint, and the pages around them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from syncer.demo.cloud import GONE_TOKEN, LOCKED_TOKEN, TOKEN
from syncer.demo.session import open_demo

FILES = "/public.php/dav/files/"
FOLDER = f"{FILES}{TOKEN}/Foreningen/"


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """Serve the demo."""
    with open_demo() as demo:
        yield demo.base_url


@pytest.mark.parametrize(
    ("method", "path", "login", "status"),
    [
        ("PROPFIND", f"{FILES}{TOKEN}/", None, 207),
        ("PROPFIND", f"{FILES}{TOKEN}/Nope", None, 404),
        ("PROPFIND", f"{FILES}{GONE_TOKEN}/", None, 503),
        ("PROPFIND", f"{FILES}{LOCKED_TOKEN}/", None, 401),
        ("PROPFIND", f"{FILES}{LOCKED_TOKEN}/", ("anonymous", "forkert"), 401),
        ("PROPFIND", f"{FILES}{LOCKED_TOKEN}/", ("anonymous", "kun-for-indviede"), 207),
        ("GET", f"{FILES}{LOCKED_TOKEN}/L%C3%B8noversigt.xlsx", None, 401),
        ("GET", FOLDER, None, 403),
        ("PUT", f"{FILES}{TOKEN}/ny.txt", None, 403),
        ("DELETE", f"{FILES}{TOKEN}/Foreningen", None, 403),
        ("GET", "/public.php/webdav/", None, 404),
        ("GET", "/status.php", None, 200),
        ("GET", f"/index.php/s/{TOKEN}", None, 200),
        ("GET", f"/s/{TOKEN}?path=/Nope", None, 404),
        ("GET", f"/s/{GONE_TOKEN}", None, 404),
        ("GET", f"/s/{LOCKED_TOKEN}", None, 303),
        ("GET", "/f/4711", None, 401),
        ("GET", "/web/www.os2.eu/vedtaegter/", None, 200),
    ],
)
def test_statuses(
    base_url: str, method: str, path: str, login: tuple[str, str] | None, status: int
) -> None:
    """Each request has the status that a Nextcloud 29 gives."""
    answer = requests.request(
        method, f"{base_url}{path}", auth=login, allow_redirects=False, timeout=10
    )
    assert answer.status_code == status


def test_files_can_be_read(base_url: str) -> None:
    """The listing has the size and etag of the file that GET sends; HEAD sends no body."""
    path = f"{base_url}{FILES}{TOKEN}/Foreningen/Bestyrelsen/Referater/Referat%202026-01-14.pdf"
    listing = requests.request("PROPFIND", path, headers={"Depth": "0"}, timeout=10).text
    answer, head = requests.get(path, timeout=10), requests.head(path, timeout=10)
    assert (len(answer.content), len(head.content)) == (33_120, 0)
    assert head.headers["Content-Length"] == "33120"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["ETag"].strip('"') in listing
    assert "<d:getcontentlength>33120</d:getcontentlength>" in listing


def test_it_listens_on_loopback_only(base_url: str) -> None:
    """No other machine can reach it."""
    assert base_url.startswith("http://127.0.0.1:")
