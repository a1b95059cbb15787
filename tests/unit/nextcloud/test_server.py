"""What the pages of a Nextcloud prove: its version, its throttle, and the state of a token."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest

from syncer.errors import RemoteError, Transient
from syncer.nextcloud.dav.client import Page
from syncer.nextcloud.server import (
    Endpoint,
    TokenState,
    choose_endpoint,
    find_share_name,
    is_nextcloud,
    judge_share_page,
    name_credentials,
    name_root,
    read_delay_ms,
    read_version,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syncer.nextcloud.dav.client import NextcloudClient

READY = '{"installed": true, "versionstring": "31.0.4"}'


class Pages:
    """Answers every page alike, and notes which were asked for, and with which headers."""

    def __init__(self, answer: Page | RemoteError) -> None:
        """Answer with a page, or fail."""
        self.answer = answer
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def read_page(self, path: str, *, headers: Sequence[str] = ()) -> Page:
        """Note the request."""
        self.asked.append((path, tuple(headers)))
        if isinstance(self.answer, RemoteError):
            raise self.answer
        return self.answer


def answering(body: str, status: int = 200, error: RemoteError | None = None) -> NextcloudClient:
    """Return a client that gets this answer."""
    return cast("NextcloudClient", Pages(error or Page(status, "", body.encode())))


@pytest.mark.parametrize(
    ("status", "body", "version"),
    [
        (200, READY, "31.0.4"),
        (200, '{"versionstring": "31"}', "31"),
        (200, '{"versionstring": 31}', None),
        (200, '{"versionstring": "31.0 beta"}', None),
        (200, '{"versionstring": ""}', None),
        (200, '{"maintenance": false, "versionstring": "31.0.4"}', "31.0.4"),
        (200, '{"maintenance": "true", "versionstring": "31.0.4"}', "31.0.4"),
        (200, "{}", None),
        (200, "[]", None),
        (200, "<html>", None),
        (200, "[" * 100_000, None),
        (404, READY, None),
        (302, READY, None),
    ],
)
def test_a_version_is_believed_where_the_page_says_one(
    status: int, body: str, version: str | None
) -> None:
    """Anything else is a page that somebody put in front: the version is unknown."""
    assert read_version(answering(body, status), "") == version


def test_a_server_in_maintenance_says_so() -> None:
    """It has a version all the same, and nothing can be read of it."""
    with pytest.raises(RemoteError, match="maintenance"):
        read_version(answering('{"maintenance": true, "versionstring": "31.0.4"}'), "")


@pytest.mark.parametrize(
    ("status", "body", "error", "known"),
    [
        (200, READY, None, True),
        (200, '{"installed": true}', None, False),
        (200, '{"versionstring": "31.0.4"}', None, False),
        (200, "<html>", None, False),
        (302, "", None, None),
        (399, "", None, None),
        (400, "", None, False),
        (404, READY, None, False),
        (0, "", RemoteError("maintenance"), True),
        (0, "", Transient("timeout"), None),
    ],
)
def test_a_nextcloud_is_known_by_both_words_of_its_status(
    status: int, body: str, error: RemoteError | None, known: bool | None
) -> None:
    """A redirect and no answer decide nothing; a page of another product does."""
    assert is_nextcloud(answering(body, status, error), "") is known


def _delay(value: object) -> str:
    return json.dumps({"ocs": {"data": {"capabilities": {"bruteforce": {"delay": value}}}}})


@pytest.mark.parametrize(
    ("body", "delay_ms"),
    [
        (_delay(1_600), 1_600),
        (_delay(0), 0),
        (_delay(value=True), None),
        (_delay("1600"), None),
        (_delay(None), None),
        ('{"ocs": {"data": []}}', None),
        ("<html>", None),
    ],
)
def test_the_delay_of_the_throttle(body: str, delay_ms: int | None) -> None:
    """A number of milliseconds; what is none is unknown, and so is a server that says nothing."""
    assert read_delay_ms(answering(body), "") == delay_ms
    assert read_delay_ms(answering(body, error=Transient("timeout")), "") is None


def test_each_page_is_below_the_webroot() -> None:
    """The capabilities need the header of the OCS interface."""
    pages = Pages(Page(404, "", b""))
    client = cast("NextcloudClient", pages)
    read_version(client, "/sky")
    is_nextcloud(client, "/sky")
    read_delay_ms(client, "/sky")
    capabilities = "/sky/ocs/v2.php/cloud/capabilities?format=json"
    assert pages.asked == [
        ("/sky/status.php", ()),
        ("/sky/status.php", ()),
        (capabilities, ("OCS-APIRequest: true",)),
    ]


@pytest.mark.parametrize(
    ("status", "location", "state"),
    [
        (404, "", TokenState.GONE),
        (410, "", TokenState.UNCLEAR),
        (200, "", TokenState.LIVES),
        (201, "", TokenState.UNCLEAR),
        (299, "/s/T/authenticate", TokenState.UNCLEAR),
        (300, "/s/T/authenticate", TokenState.ASKS_PASSWORD),
        (303, "/index.php/s/T/authenticate/showShare", TokenState.ASKS_PASSWORD),
        (399, "/s/T/authenticate", TokenState.ASKS_PASSWORD),
        (400, "/s/T/authenticate", TokenState.UNCLEAR),
        (303, "/s/OTHER/authenticate", TokenState.UNCLEAR),
        (303, "/login", TokenState.UNCLEAR),
    ],
)
def test_a_token_is_gone_or_locked_only_by_the_page_of_its_own(
    status: int, location: str, state: TokenState
) -> None:
    """Only 404 denies, and only the way to its own password page asks for one."""
    assert judge_share_page(Page(status, location, b""), "T") is state
    assert judge_share_page(Page(status, location, b"", "Wall"), "T") is TokenState.UNCLEAR


@pytest.mark.parametrize(
    ("version", "token", "endpoint"),
    [
        ("28.9.9", "T", Endpoint.LEGACY),
        ("29.0.0", "T", Endpoint.NEW),
        ("31.9.9", "a-b", Endpoint.LEGACY),
        ("31.9.9", "a_b", Endpoint.LEGACY),
        ("32.0.0", "a-b", Endpoint.NEW),
        (None, "a-b", Endpoint.LEGACY),
        (None, "T", None),
    ],
)
def test_the_endpoint_by_version_and_token(
    version: str | None, token: str, endpoint: Endpoint | None
) -> None:
    """The new one where it takes the token; what is unknown is tried."""
    assert choose_endpoint(version, token) is endpoint


@pytest.mark.parametrize(
    ("endpoint", "password", "credentials", "root"),
    [
        (Endpoint.LEGACY, None, ("T", ""), "/sky/public.php/webdav"),
        (Endpoint.LEGACY, "æ:1", ("T", "æ:1"), "/sky/public.php/webdav"),
        (Endpoint.NEW, None, None, "/sky/public.php/dav/files/T"),
        (Endpoint.NEW, "", None, "/sky/public.php/dav/files/T"),
        (Endpoint.NEW, "æ:1", ("anonymous", "æ:1"), "/sky/public.php/dav/files/T"),
    ],
)
def test_each_endpoint_has_its_place_and_its_login(
    endpoint: Endpoint, password: str | None, credentials: tuple[str, str] | None, root: str
) -> None:
    """The new one gets no Authorization without a password: an empty one is a failed try."""
    assert name_credentials(endpoint, "T", password) == credentials
    assert name_root(endpoint, "/sky", "T") == root


@pytest.mark.parametrize(
    ("status", "title", "name"),
    [
        (200, "R&amp;D.pdf ", "R&D.pdf"),
        (200, "a&#10;b", None),
        (200, "A/b.pdf", None),
        (404, "a.pdf", None),
    ],
)
def test_the_name_of_a_share_is_on_its_own_page(status: int, title: str, name: str | None) -> None:
    """One that no file can have is none."""
    body = f'<meta property="og:title" content="{title}">'.encode()
    assert find_share_name(Page(status, "", body)) == name


def test_a_page_with_bytes_that_are_no_text_has_a_name_all_the_same() -> None:
    """Themes write what they want around it."""
    body = b'\xff\xfe<meta property="og:title" content="a.pdf">\xc3'
    assert find_share_name(Page(200, "", body)) == "a.pdf"
