"""One Nextcloud: its version, the endpoints of its files, the state of a token.

Source: `docs/nextcloud.md`, sections 1 and 2.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from syncer.errors import NotFound, Protocol, RemoteError
from syncer.model.normal_forms import normalize
from syncer.nextcloud.dav.client import Connections, NextcloudClient, Page, Receiver
from syncer.nextcloud.dav.multistatus import DavEntry, Depth
from syncer.nextcloud.dav.search import read_search, write_search

_FIRST_MAJOR_WITH_NEW = 29
# Before, the new endpoint answers "out of base uri" for a custom token with `-` or `_`.
_FIRST_MAJOR_WITH_ODD_TOKENS = 32
_OG_TITLE = re.compile(r'<meta property="og:title" content="([^"]{1,1000})"')
_VERSION = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,5}){0,3}")


class Endpoint(StrEnum):
    """Where a Nextcloud serves its public shares."""

    LEGACY = "legacy"
    """`/public.php/webdav/`, the token as the user's name: every version."""
    NEW = "new"
    """`/public.php/dav/files/TOKEN/`: from 29."""


class TokenState(StrEnum):
    """The state of a token according to the share's page."""

    GONE = "gone"
    ASKS_PASSWORD = "asks-password"  # noqa: S105 - a state, not a password
    LIVES = "lives"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class DavSource:
    """The files of a share or an account; each method raises `RemoteError`.

    `root` is the decoded path of its root on the server, without a slash at the end. Paths are
    relative to it. Source of the methods that write: RFC 4918 (MKCOL, PUT, MOVE).
    """

    client: NextcloudClient
    root: str

    def list_folder(self, href: str | None, depth: Depth) -> tuple[DavEntry, ...]:
        """List one folder, the share's root for None."""
        href = quote(self.root + "/", safe="/") if href is None else href
        return self.client.list_folder(href, depth, root=self.root)

    def stream_tree(self) -> Iterator[DavEntry]:
        """List the whole tree in one answer."""
        return self.client.stream_tree(quote(self.root + "/", safe="/"), root=self.root)

    def list_path(self, path: str) -> tuple[DavEntry, ...]:
        """List a folder by its path (Depth: 1)."""
        return self.list_folder(self._quote(path), Depth.ONE)

    def look_at(self, path: str) -> DavEntry:
        """Return the entry of a path (Depth: 0); raises `NotFound` without one."""
        return self.list_folder(self._quote(path), Depth.ZERO)[0]

    def find_path(self, file_id: int) -> str | None:
        """Return the path of a file id in an account; None when the account does not see it."""
        base, _, user = self.root.rpartition("/files/")
        body = self.client.search(quote(f"{base}/", safe="/"), write_search(user, file_id))
        return read_search(body, self.root)

    def receive(self, path: str | None, receiver: Receiver) -> None:
        """Read a file, the root itself for None; raises as `NextcloudClient.receive` does."""
        href = quote(self.root, safe="/") if path is None else self._quote(path)
        self.client.receive(href, receiver)

    def put(self, path: str, content: bytes) -> None:
        """Write a file in an existing folder; an existing file is replaced."""
        self.client.change("upload", self._quote(path), content=content)

    def move(self, path: str, to: str) -> None:
        """Move a file; an existing file is replaced."""
        destination = f"Destination: {self.client.get_url(self._quote(to))}"
        self.client.change("move", self._quote(path), headers=(destination, "Overwrite: T"))

    def make_folder(self, path: str) -> None:
        """Create a folder and those above it, unless it exists."""
        try:
            self.look_at(path)
        except NotFound:
            if not path:
                raise
            self.make_folder(path.rpartition("/")[0])
            self.client.change("mkdir", self._quote(path))

    def _quote(self, path: str) -> str:
        return quote(f"{self.root}/{path}", safe="/")


def read_version(client: NextcloudClient, webroot: str) -> str | None:
    """Ask `status.php`, which needs no login and never counts as a failed try.

    Returns:
        The version ("27.0.2"); None when a proxy hides the page.

    Raises:
        RemoteError: no answer came, or "maintenance".
    """
    page = client.read_page(f"{webroot}/status.php")
    status = _read_json(page.body) if page.status == 200 else {}
    if status.get("maintenance") is True:
        raise RemoteError("maintenance")
    version = status.get("versionstring")
    return version if isinstance(version, str) and _VERSION.fullmatch(version) else None


def is_nextcloud(client: NextcloudClient, webroot: str) -> bool | None:
    """Return whether the status page is that of a Nextcloud; None when no answer decides it.

    A page that is missing or refused, or is no Nextcloud's JSON, is that of another product.
    """
    try:
        page = client.read_page(f"{webroot}/status.php")
    except RemoteError as error:
        return True if error.code == "maintenance" else None
    if page.status == 200:
        return {"installed", "versionstring"} <= _read_json(page.body).keys()
    return None if page.status < 400 else False


def read_delay_ms(client: NextcloudClient, webroot: str) -> int | None:
    """Return how long the server delays this address for its failed tries, None if unknown.

    The capabilities are public, and asking for them does not count as a try.
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
    """Return the endpoint to use; None when only trying can tell: the version is unknown.

    The legacy one, which every version has, takes every token.
    """
    major = read_major(version)
    if not token.isalnum() and (major is None or major < _FIRST_MAJOR_WITH_ODD_TOKENS):
        return Endpoint.LEGACY
    if major is None:
        return None
    return Endpoint.LEGACY if major < _FIRST_MAJOR_WITH_NEW else Endpoint.NEW


def read_major(version: str | None) -> int | None:
    """Return the first number of a version, None for an unknown one."""
    if version is None or not _VERSION.fullmatch(version):
        return None
    return int(version.partition(".")[0])


def name_root(endpoint: Endpoint, webroot: str, token: str) -> str:
    """Return the decoded path of a share's root on the server."""
    if endpoint is Endpoint.LEGACY:
        return f"{webroot}/public.php/webdav"
    return f"{webroot}/public.php/dav/files/{token}"


def name_credentials(
    endpoint: Endpoint, token: str, password: str | None
) -> tuple[str, str] | None:
    """Return user and password for a share; None when none may be sent.

    The legacy endpoint needs the token even without a password. The new one must not get an
    Authorization without a password, and asks for none with a challenge.
    """
    if endpoint is Endpoint.LEGACY:
        return token, password or ""
    return ("anonymous", password) if password else None


def open_account(connections: Connections, user: str, password: str) -> DavSource:
    """Return the files of an account; nothing is asked yet."""
    root = f"{connections.webroot}/remote.php/dav/files/{user}"
    return DavSource(NextcloudClient(connections, (user, password)), root)


def open_share(
    connections: Connections, endpoint: Endpoint, token: str, password: str | None
) -> DavSource:
    """Return the files of a public share through one endpoint; nothing is asked yet."""
    client = NextcloudClient(connections, name_credentials(endpoint, token, password))
    return DavSource(client, name_root(endpoint, connections.webroot, token))


def open_link(connections: Connections, token: str, password: str | None) -> DavSource:
    """Return the files of a public share through the endpoint that its server has.

    Raises:
        RemoteError: the server did not say which one that is.
    """
    version = read_version(NextcloudClient(connections, None), connections.webroot)
    endpoint = choose_endpoint(version, token)
    source = open_share(connections, endpoint or Endpoint.NEW, token, password)
    try:
        if endpoint is None:
            source.look_at("")
    except Protocol:
        return open_share(connections, Endpoint.LEGACY, token, password)
    return source


def judge_share_page(page: Page, token: str) -> TokenState:
    """Return the state of a token by the share's page.

    What a bot wall answers in its place proves nothing.
    """
    if page.wall is not None:
        return TokenState.UNCLEAR
    if page.status == 404:
        return TokenState.GONE
    if page.status == 200:
        return TokenState.LIVES
    # The address of another login in front of the server may have that word too.
    if 300 <= page.status < 400 and f"/s/{token}/authenticate" in page.location:
        return TokenState.ASKS_PASSWORD
    return TokenState.UNCLEAR


def find_share_name(page: Page) -> str | None:
    """Return the name of a share on its page, for a single file its name; None without one.

    Over DAV the root of a share has no name.
    """
    title = _OG_TITLE.search(page.body.decode(errors="replace"))
    if page.status != 200 or title is None:
        return None
    name = normalize("NFC", html.unescape(title[1])).strip()
    return name if name.isprintable() and "/" not in name else None


def _read_json(body: bytes) -> dict[str, object]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
