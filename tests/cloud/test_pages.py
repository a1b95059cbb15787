"""The cloud's pages, as a browser, a link checker or the share reader's last GET sees them."""

from __future__ import annotations

import pytest
import requests

from tests.cloud.server import CloudServer
from tests.cloud.throttle import Bucket, Throttle

pytestmark = pytest.mark.usefixtures("start_afresh")


def get(server: CloudServer, path: str) -> requests.Response:
    """Ask for a page, redirects not followed."""
    return requests.get(f"{server.base_url}{path}", allow_redirects=False, timeout=10)


def test_status_page(server: CloudServer) -> None:
    """The version is public, in the recorded form."""
    answer = get(server, "/status.php")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.text == (
        '{"installed":true,"maintenance":false,"needsDbUpgrade":false,"version":"29.0.1.1",'
        '"versionstring":"29.0.1","edition":"","productname":"Nextcloud","extendedSupport":false}'
    )


def test_capabilities_tell_the_delay(server: CloudServer) -> None:
    """Four failed attempts, in any bucket, are a delay of 1600 ms."""
    path = "/ocs/v2.php/cloud/capabilities?format=json"
    assert get(server, path).json()["ocs"]["data"]["version"]["major"] == 29
    server.cloud.throttle = Throttle()
    for bucket in (Bucket.PAGE, Bucket.PAGE, Bucket.NEW_DAV, Bucket.LEGACY_DAV):
        server.cloud.throttle.count_failure("127.0.0.1", bucket)
    data = get(server, path).json()["ocs"]["data"]
    server.cloud.throttle = Throttle(unit_s=0)
    assert data["capabilities"]["bruteforce"]["delay"] == 1600


def test_a_proxy_can_hide_both(server: CloudServer) -> None:
    """Then neither version nor delay is to be had."""
    server.cloud.moods.status_page = False
    assert get(server, "/status.php").status_code == 403
    assert get(server, "/ocs/v2.php/cloud/capabilities").status_code == 403


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/s/Open000000000001", 200),
        ("/index.php/s/Open000000000001", 200),
        ("/s/Drop000000000001", 200),
        ("/s/Single0000000001", 200),
        ("/s/Nowhere", 404),
        ("/s/Ended00000000001", 404),
        ("/s/Closed0000000001", 303),
        ("/s/Closed0000000001?path=/Nope", 303),
        ("/s/Closed0000000001/authenticate/showShare", 200),
        ("/f/1", 401),
        ("/apps/files/?dir=/", 401),
        ("/remote.php/dav/files/a/", 401),
        ("/", 200),
        ("/login", 200),
        ("/elsewhere", 404),
        ("/public.php/other", 404),
    ],
)
def test_pages_have_their_status(server: CloudServer, path: str, status: int) -> None:
    """A live share is 200, a dead one 404, a protected one sends to its login."""
    assert get(server, path).status_code == status


def test_a_protected_share_redirects_to_its_login(server: CloudServer) -> None:
    """The address is absolute and the server's own."""
    answer = get(server, "/s/Closed0000000001")
    assert answer.headers["Location"] == (
        f"{server.base_url}/s/Closed0000000001/authenticate/showShare"
    )


@pytest.mark.parametrize(
    ("version", "query", "status"),
    [
        ("27.0.2", "?path=%2FAftaler", 200),
        ("27.0.2", "?path=%2FNope", 404),
        ("27.0.2", "?dir=/Nope", 200),
        ("27.0.2", "?dir=/Nope&path=/Nope", 404),
        ("30.0.4", "?path=/Nope", 404),
        ("31.0.0", "?path=/Nope", 200),
        ("31.0.0", "?dir=/Nope", 200),
    ],
)
def test_the_status_of_a_folder_page_by_version(
    server: CloudServer, version: str, query: str, status: int
) -> None:
    """Up to 30 `path` is looked at and `dir` is not; from 31 the page is always fine."""
    server.cloud.version = version
    assert get(server, f"/s/Open000000000001{query}").status_code == status


def test_the_page_shows_names_escaped(server: CloudServer) -> None:
    """It lists the folder that its version reads out of the link."""
    server.cloud.version = "31.0.0"
    page = get(server, "/s/Open000000000001?dir=/Aftaler").content.decode()
    assert '<title>Nextcloud</title><meta property="og:title" content="Delt">' in page
    assert "100% #1 a+b &amp; æøå (x) 😀.txt" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/s/Open000000000001/download?path=/Aftaler&files=Partneraftale.pdf", 200),
        ("/s/Open000000000001/download/Aftaler/Partneraftale.pdf", 200),
        ("/s/Single0000000001/download/Partneraftale.pdf", 200),
        ("/s/Single0000000001/download", 200),
        ("/s/Open000000000001/download?path=/Aftaler&files=Nope.pdf", 404),
        ("/s/View000000000001/download?path=/Aftaler&files=Partneraftale.pdf", 404),
    ],
)
def test_downloads(server: CloudServer, path: str, status: int) -> None:
    """A file of the share is sent; what is only for viewing is not."""
    answer = get(server, path)
    assert answer.status_code == status
    assert (answer.headers["Content-Type"] == "application/pdf") == (status == 200)


@pytest.mark.parametrize(
    ("query", "status", "content_type"),
    [
        ("?accept=zip", 200, "application/zip"),
        ('?accept=zip&files=["Tom mappe"]', 200, "application/zip"),
        ('?accept=zip&files=["Partneraftale.pdf"]', 404, "application/xml; charset=utf-8"),
        ("?accept=zip&files=Partneraftale.pdf", 200, "text/html; charset=UTF-8"),
        ("", 200, "text/html; charset=UTF-8"),
    ],
)
def test_a_folder_is_sent_as_an_archive_from_31(
    server: CloudServer, query: str, status: int, content_type: str
) -> None:
    """What is not asked for in the server's own form is answered with nothing, and 200."""
    server.cloud.version = "31.0.4"
    answer = get(server, f"/public.php/dav/files/Open000000000001/{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, content_type)
    if content_type.startswith("text/html"):
        assert not answer.content


def test_dead_pages_count_and_end_in_429(server: CloudServer) -> None:
    """The pages have a count of their own."""
    for _ in range(11):
        assert get(server, "/s/Nowhere").status_code == 404
    assert get(server, "/s/Open000000000001").status_code == 429
    assert server.cloud.throttle.failures(bucket=Bucket.PAGE) == 11
    assert server.cloud.throttle.failures(bucket=Bucket.NEW_DAV) == 0
