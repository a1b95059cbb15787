"""One Nextcloud: its version, the endpoint of its public shares, the state of a token.

Source: `nextcloud.md`, sections 1 and 2.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never
from urllib.parse import quote

from syncer.errors import RemoteError
from syncer.nextcloud.dav.client import Connections, NextcloudClient
from syncer.nextcloud.dav.multistatus import DavEntry, Depth

_FIRST_MAJOR_WITH_NEW = 29
# On 29 to 31 the new endpoint answers "out of base uri" for a custom token with a hyphen.
_FIRST_MAJOR_WITH_HYPHENS = 32
# The page tells its share's name to other sites (Open Graph); over DAV the root has none.
_OG_TITLE = re.compile(r'<meta property="og:title" content="([^"]{1,1000})"')
_VERSION = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,5}){0,3}")


class Endpoint(StrEnum):
    """Where a Nextcloud serves its public shares."""

    LEGACY = "legacy"
    """`/public.php/webdav/`, the token as the user's name: every version."""
    NEW = "new"
    """`/public.php/dav/files/TOKEN/`: from 29."""


class TokenState(StrEnum):
    """What the share's page says of a token."""

    GONE = "gone"
    ASKS_PASSWORD = "asks-password"  # noqa: S105 - a state, not a password
    LIVES = "lives"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class DavSource:
    """The listings of one share, through one endpoint: the walk's `TreeSource`.

    `root` is the decoded path of the share's root on the server, without a slash behind.
    """

    client: NextcloudClient
    root: str

    def list_folder(self, href: str | None, depth: Depth) -> tuple[DavEntry, ...]:
        """List one folder, the share's root for None; raises `RemoteError`."""
        href = quote(self.root + "/", safe="/") if href is None else href
        return self.client.list_folder(href, depth, root=self.root)

    def stream_tree(self) -> Iterator[DavEntry]:
        """List everything below the root in one answer; raises `RemoteError`."""
        return self.client.stream_tree(quote(self.root + "/", safe="/"), root=self.root)

    def list_path(self, path: str) -> tuple[DavEntry, ...]:
        """List a folder by the path that somebody wrote; raises `RemoteError`."""
        return self.list_folder(self._quote(path), Depth.ONE)

    def look_at(self, path: str) -> DavEntry:
        """Return what a path is, asked for by itself (Depth: 0); raises `RemoteError`."""
        return self.list_folder(self._quote(path), Depth.ZERO)[0]

    def _quote(self, path: str) -> str:
        return quote(f"{self.root}/{path}", safe="/")


def read_version(client: NextcloudClient, webroot: str) -> str | None:
    """Ask `status.php`, which needs no login and never counts as a failed try.

    Returns:
        The version ("27.0.2"); None where a proxy hides the page.

    Raises:
        RemoteError: no answer came, or "maintenance".
    """
    page = client.read_page(f"{webroot}/status.php")
    status = _read_json(page.body) if page.status == 200 else {}
    if status.get("maintenance") is True:
        raise RemoteError("maintenance")
    version = status.get("versionstring")
    return version if isinstance(version, str) and _VERSION.fullmatch(version) else None


def read_delay_ms(client: NextcloudClient, webroot: str) -> int | None:
    """Return how long the server makes this address wait for its failed tries, None if unknown.

    The capabilities tell it to anybody, and asking does not count as a try.
    """
    path = f"{webroot}/ocs/v2.php/cloud/capabilities?format=json"
    try:
        page = client.read_page(path, headers=("OCS-APIRequest: true",))
    except RemoteError:
        return None
    answer: object = _read_json(page.body)
    for key in ("ocs", "data", "capabilities", "bruteforce", "delay"):
        answer = answer.get(key) if isinstance(answer, dict) else None
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else None


def choose_endpoint(version: str | None, token: str) -> Endpoint | None:
    """Return the endpoint to use; None when the version is unknown and a probe must tell."""
    major = read_major(version)
    if major is None:
        return None
    if major < _FIRST_MAJOR_WITH_NEW:
        return Endpoint.LEGACY
    if "-" in token and major < _FIRST_MAJOR_WITH_HYPHENS:
        return Endpoint.LEGACY
    return Endpoint.NEW


def read_major(version: str | None) -> int | None:
    """Return the first number of a version, None when there is none."""
    if version is None or not _VERSION.fullmatch(version):
        return None
    return int(version.partition(".")[0])


def name_root(endpoint: Endpoint, webroot: str, token: str) -> str:
    """Return the decoded path of a share's root on the server."""
    match endpoint:
        case Endpoint.LEGACY:
            return f"{webroot}/public.php/webdav"
        case Endpoint.NEW:
            return f"{webroot}/public.php/dav/files/{token}"
        case _:
            assert_never(endpoint)


def name_credentials(
    endpoint: Endpoint, token: str, password: str | None
) -> tuple[str, str] | None:
    """Return user and password for a share; None when none may be sent.

    The legacy endpoint wants the token even without a password; the new one must not get an
    Authorization when there is none, and has no challenge for one that is sent late.
    """
    match endpoint:
        case Endpoint.LEGACY:
            return token, password or ""
        case Endpoint.NEW:
            return ("anonymous", password) if password else None
        case _:
            assert_never(endpoint)


def open_account(connections: Connections, user: str, password: str) -> DavSource:
    """Return the listings of all files of an account; nothing is asked yet."""
    root = f"{connections.webroot}/remote.php/dav/files/{user}"
    return DavSource(NextcloudClient(connections, (user, password)), root)


def read_token_state(client: NextcloudClient, page_path: str, token: str) -> TokenState:
    """Ask the share's page what became of a token; one GET, which settles a 401.

    Raises:
        RemoteError: no answer came.
    """
    page = client.read_page(page_path)
    if page.status == 404:
        return TokenState.GONE
    if page.status == 200:
        return TokenState.LIVES
    # Some other login that stands before the server may bear that word in its address, too.
    if 300 <= page.status < 400 and f"/s/{token}/authenticate" in page.location:
        return TokenState.ASKS_PASSWORD
    return TokenState.UNCLEAR


def read_share_name(client: NextcloudClient, page_path: str) -> str | None:
    """Return the name that the page of a share shows, None when it shows none.

    Over DAV the root of a share has no name; for a single file that is the file's.

    Raises:
        RemoteError: no answer came.
    """
    page = client.read_page(page_path)
    title = _OG_TITLE.search(page.body.decode(errors="replace"))
    if page.status != 200 or title is None:
        return None
    name = unicodedata.normalize("NFC", html.unescape(title[1])).strip()
    return name if name.isprintable() and "/" not in name else None


def _read_json(body: bytes) -> dict[str, object]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
