"""A folder on a Nextcloud that may be written: behind a link with upload right, or an account's.

Source: RFC 4918 (MKCOL, PUT, MOVE) and `nextcloud.md`, section 1, for the addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from syncer.errors import NotFound, Protocol
from syncer.nextcloud import server
from syncer.nextcloud.dav.client import Connections, NextcloudClient
from syncer.nextcloud.dav.multistatus import DavEntry
from syncer.nextcloud.server import (
    DavSource,
    Endpoint,
    choose_endpoint,
    name_credentials,
    name_root,
    read_version,
)


@dataclass(frozen=True, slots=True)
class WritableTree:
    """Files behind one address; paths are relative to it, `/` between the names.

    Every method raises `RemoteError` for what the server does not do.
    """

    source: DavSource
    origin: str

    def look_at(self, path: str) -> DavEntry:
        """Return what is at a path, asked for by itself; `NotFound` when nothing is."""
        return self.source.look_at(path)

    def put(self, path: str, content: bytes) -> None:
        """Write a file, over one that is there; the folder above it must be there."""
        self.source.client.change("upload", self._quote(path), content=content)

    def move(self, path: str, to: str) -> None:
        """Move a file, over one that is there."""
        destination = f"Destination: {self.origin}{self._quote(to)}"
        self.source.client.change("move", self._quote(path), headers=(destination, "Overwrite: T"))

    def make_folder(self, path: str) -> None:
        """Make a folder and those above it; nothing happens when it is there."""
        try:
            self.look_at(path)
        except NotFound:
            if not path:
                raise
            self.make_folder(path.rpartition("/")[0])
            self.source.client.change("mkdir", self._quote(path))

    def _quote(self, path: str) -> str:
        return quote(f"{self.source.root}/{path}", safe="/")


def open_link(connections: Connections, token: str, password: str | None) -> WritableTree:
    """Return the tree behind a share link, through the endpoint that its server has.

    Raises:
        RemoteError: the server did not say which it has.
    """
    version = read_version(NextcloudClient(connections, None), connections.webroot)
    endpoint = choose_endpoint(version, token)
    if endpoint is not None:
        return _open(connections, endpoint, token, password)
    tree = _open(connections, Endpoint.NEW, token, password)
    try:
        tree.look_at("")
    except Protocol:
        return _open(connections, Endpoint.LEGACY, token, password)
    return tree


def open_account(connections: Connections, user: str, password: str) -> WritableTree:
    """Return all files of an account; nothing is asked yet."""
    return WritableTree(server.open_account(connections, user, password), connections.origin)


def _open(
    connections: Connections, endpoint: Endpoint, token: str, password: str | None
) -> WritableTree:
    client = NextcloudClient(connections, name_credentials(endpoint, token, password))
    root = name_root(endpoint, connections.webroot, token)
    return WritableTree(DavSource(client, root), connections.origin)
