"""The share back ends that one behaviour suite is run against.

Each lets a test change some files, share a path, and read the share as a run of syncer does. What
a back end cannot do does not stand in its `features`; a test asks for what it needs.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from syncer.demo.file_tree import Node
from syncer.model.shares import (
    ACCOUNT_NAME,
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
    name_account,
)
from syncer.nextcloud.local import read_local_share
from syncer.nextcloud.memory import ShareMemory
from syncer.nextcloud.share_reader import HostSettings, ShareTarget, read_shares
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud, Rights
from tests.cloud.server import CloudServer
from tests.cloud.throttle import Throttle

NOW = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FAR_AHEAD = timedelta(days=30)


class Feature(StrEnum):
    """What a back end can do beyond holding files."""

    IDS = "file ids that stay through rename and move"
    ETAGS = "etags that rise to all parents"
    SINGLE_FILE = "a share of one file"
    LINKS = "links with rights and passwords, which can die"
    EXPIRY = "a link that has ended by itself"
    MOODS = "a server that can be told to misbehave"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a link allows, and whom; `ended` is one that has run out, `ends` will one day."""

    rights: Rights = Rights.READ
    password: str | None = None
    ended: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """What the reader of a share knows and wants."""

    password: str | None = None
    memory: ShareMemory | None = None
    full: bool = False


FREELY = Terms()
STRANGER = Visitor()


class Backend(Protocol):
    """What the suite asks of each. Paths are relative to the account, `/` between."""

    @property
    def features(self) -> frozenset[Feature]:
        """What it can do."""

    def add_file(self, path: str, content: bytes = b"") -> None:
        """Add a file, with the folders above it."""

    def add_folder(self, path: str) -> None:
        """Add an empty folder, with those above it."""

    def write(self, path: str, content: bytes) -> None:
        """Give a file new content."""

    def move(self, path: str, to: str) -> None:
        """Rename or move a file or folder; the folder that it goes to is there."""

    def share(self, path: str, terms: Terms = FREELY) -> str:
        """Share a path; return the token."""

    def unshare(self, token: str) -> None:
        """Remove a link."""

    def read(self, token: str, visitor: Visitor = STRANGER) -> Share:
        """Read the share as a run of syncer does."""


class ReferenceBackend:
    """The truth: a tree in memory, put into the words of the model without any wire."""

    features = frozenset({Feature.IDS, Feature.ETAGS, Feature.SINGLE_FILE})

    def __init__(self, version: str = "29.0.1") -> None:
        """Start with an empty account."""
        self.cloud = Cloud(version, throttle=Throttle(unit_s=0), now=lambda: NOW)
        self._numbers = count(1)

    def add_file(self, path: str, content: bytes = b"") -> None:
        """Add a file, with the folders above it."""
        self.cloud.add_file(path, content)

    def add_folder(self, path: str) -> None:
        """Add an empty folder, with those above it."""
        self.cloud.add_folder(path)

    def write(self, path: str, content: bytes) -> None:
        """Give a file new content."""
        self.cloud.write(path, content)

    def move(self, path: str, to: str) -> None:
        """Rename or move a file or folder."""
        self.cloud.move(path, to)

    def share(self, path: str, terms: Terms = FREELY) -> str:
        """Share a path; return the token."""
        token = f"Contract{next(self._numbers):07d}"
        self.cloud.share(
            token,
            path,
            rights=terms.rights,
            password=terms.password,
            expires_at=LONG_AGO if terms.ended else NOW + FAR_AHEAD if terms.ends else None,
        )
        return token

    def unshare(self, token: str) -> None:
        """Remove a link."""
        self.cloud.unshare(token)

    def read(self, token: str, visitor: Visitor = STRANGER) -> Share:  # noqa: ARG002 - no door
        """Take the share out of the tree: nothing to ask, nothing to remember."""
        link = self.cloud.find_share(token)
        assert link is not None
        return Share(
            id=f"reference/{token}",
            kind=ShareKind.PUBLIC,
            name=link.node.name,
            base_url="",
            endpoint=None,
            server_version=None,
            status=ShareStatus.OK,
            listing=ListingKind.INFINITY,
            tree=describe_tree(link.node),
        )


class DemoBackend(ReferenceBackend):
    """The demo server, asked over HTTP as any Nextcloud."""

    features = frozenset(Feature)

    def __init__(self, version: str) -> None:
        """Prepare the cloud; the server is started by whoever sets `server`."""
        super().__init__(version)
        self.server: CloudServer | None = None

    @property
    def running(self) -> CloudServer:
        """The server, which has been started."""
        assert self.server is not None
        return self.server

    def read(self, token: str, visitor: Visitor = STRANGER) -> Share:
        """Ask the server."""
        return read_share(self.running.base_url, token, visitor)


class LocalBackend:
    """A folder on disk, as the desktop client synchronises it. Sharing is naming a folder."""

    features: frozenset[Feature] = frozenset()

    def __init__(self, root: Path) -> None:
        """Keep the files below a folder."""
        self._root = root

    def add_file(self, path: str, content: bytes = b"") -> None:
        """Add a file, with the folders above it."""
        self.add_folder(path.rpartition("/")[0])
        self.write(path, content)

    def add_folder(self, path: str) -> None:
        """Add an empty folder, with those above it."""
        (self._root / path).mkdir(parents=True, exist_ok=True)

    def write(self, path: str, content: bytes) -> None:
        """Give a file new content."""
        (self._root / path).write_bytes(content)

    def move(self, path: str, to: str) -> None:
        """Rename or move a file or folder."""
        shutil.move(self._root / path, self._root / to)

    def share(self, path: str, terms: Terms = FREELY) -> str:  # noqa: ARG002 - no door
        """Use the path as the token."""
        return path

    def unshare(self, token: str) -> None:
        """Do nothing: there are no links."""

    def read(self, token: str, visitor: Visitor = STRANGER) -> Share:  # noqa: ARG002 - no door
        """Read the folder."""
        return read_local_share(f"local/{token}", self._root / token)


class AccountBackend(DemoBackend):
    """The demo server, asked as the owner of its files. Sharing is naming a folder."""

    features = frozenset({Feature.IDS, Feature.ETAGS})

    def __init__(self, version: str) -> None:
        """Prepare a cloud with an account whose name and password are no plain words."""
        super().__init__(version)
        self._login = ("natte ugle@æ", "app-kode-æ:1")
        self.cloud.accounts[self._login[0]] = self._login[1]

    def share(self, path: str, terms: Terms = FREELY) -> str:  # noqa: ARG002 - no door
        """Use the path as the token."""
        return path

    def read(self, token: str, visitor: Visitor = STRANGER) -> Share:
        """Ask the server for that folder."""
        return read_folder(self.running.base_url, self._login, token, visitor)


def read_share(base_url: str, token: str, visitor: Visitor) -> Share:
    """Read one share over the network, as the pipeline does."""
    host = urlsplit(base_url).netloc
    settings = HostSettings(host=host, base_url=base_url, may_be_private=True)
    return _read(
        ShareTarget(id=f"{host}/{token}", token=token, host=settings, password=visitor.password),
        visitor,
    )


def read_folder(base_url: str, login: tuple[str, str], folder: str, visitor: Visitor) -> Share:
    """Read a folder of an account, as the pipeline does, and tell it as a share of its own."""
    host = urlsplit(base_url).netloc
    settings = HostSettings(
        host=host, base_url=base_url, folders={ACCOUNT_NAME: (folder,)}, may_be_private=True
    )
    user, password = login
    share = _read(
        ShareTarget(
            id=name_account(host),
            token=ACCOUNT_NAME,
            host=settings,
            password=password,
            user=user,
        ),
        visitor,
    )
    assert (share.kind, share.endpoint) == (ShareKind.ACCOUNT, "account")
    return share if share.tree is None else replace(share, tree=_cut_to(share.tree, folder))


def _cut_to(tree: ShareTree, folder: str) -> ShareTree:
    """Return a folder of a tree as a tree; what lies beside it must be the way to it."""
    start = len(folder) + 1
    below = [one for one in tree.folders if f"{one.path}/".startswith(f"{folder}/")]
    assert all(folder.startswith(one.path) for one in tree.folders if one not in below)
    assert all(file.path.startswith(f"{folder}/") for file in tree.files)
    return ShareTree(
        files=tuple(replace(file, path=file.path[start:]) for file in tree.files),
        folders=tuple(replace(one, path=one.path[start:]) for one in below),
        unread=tuple(replace(one, path=one.path[start:]) for one in tree.unread),
    )


def _read(target: ShareTarget, visitor: Visitor) -> Share:
    (share,) = read_shares(
        [target],
        memory=visitor.memory,
        full=visitor.full,
        around=Surroundings(
            now=lambda: NOW, sleep=_wait_for_nothing, on_progress=lambda _stage, _done, _total: None
        ),
    )
    return share


def _wait_for_nothing(_seconds: float) -> None:
    """Let no test sleep."""


def describe_tree(root: Node) -> ShareTree:
    """Put a shared node and all below it into the words of the model."""
    if not root.is_folder:
        return ShareTree(files=(_describe_file(root, root.name),), folders=(), single_file=True)
    files: list[RemoteFile] = []
    folders: list[RemoteFolder] = []
    for path, node in _walk(root, ""):
        if node.is_folder:
            folders.append(RemoteFolder(path, node.file_id, _quote(node), node.modified_at))
        else:
            files.append(_describe_file(node, path))
    return ShareTree(
        files=tuple(sorted(files, key=lambda file: file.path)),
        folders=tuple(sorted(folders, key=lambda folder: folder.path)),
    )


def _walk(node: Node, path: str) -> Iterator[tuple[str, Node]]:
    yield path, node
    for member in node.members:
        name = unicodedata.normalize("NFC", member.name)
        yield from _walk(member, f"{path}/{name}" if path else name)


def _describe_file(node: Node, path: str) -> RemoteFile:
    return RemoteFile(path, node.size_bytes, node.modified_at, node.file_id, _quote(node))


def _quote(node: Node) -> str:
    return f'"{node.etag}"'
