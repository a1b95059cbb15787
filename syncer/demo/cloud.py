"""What the demo server shows: one account's files, the links that share them, and its moods.

Everything may be changed while the server runs; a lock keeps each answer of one piece.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from syncer.demo.file_tree import FileTree, Node
from syncer.demo.throttle import Throttle

_OLDEST_WITH_NEW_ENDPOINT = 29


class Rights(StrEnum):
    """What a public link allows."""

    READ = "read"
    WRITE = "write"
    VIEW_ONLY = "view-only"
    """Listed as usual; a download is refused."""
    UPLOAD_ONLY = "upload-only"
    """A file drop: nothing but PUT."""


class Infinity(StrEnum):
    """How `Depth: infinity` is answered."""

    FULL = "full"
    REFUSED = "refused"
    """412, as ownCloud 10 does."""
    CLAMPED = "clamped"
    """One level, without a word: as sabre does when it is not switched on."""
    CUT_OFF = "cut-off"
    """A 207 that ends in the middle: as a streaming server whose process was killed."""


@dataclass(frozen=True, slots=True)
class PublicShare:
    """A public link.

    Attributes:
        node: what it shares; stays the same through rename and move.
        expires_at: None never ends.
    """

    token: str
    node: Node
    rights: Rights = Rights.READ
    password: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None

    @property
    def writable(self) -> bool:
        """Whether anyone with the link can change the files."""
        return self.rights is Rights.WRITE


@dataclass(slots=True)
class Moods:
    """Ways in which a server can be unhelpful. By default it is not.

    Attributes:
        failing: path in the account → status with which it and all below it is answered; a
            `Depth: infinity` from above fails as a whole.
        hidden_properties: prefixed names ("oc:fileid") that are answered with 404.
        infinity: how `Depth: infinity` is answered.
        maintenance: 503 for all but `status.php`, which says so.
        links_allowed: whether public links are switched on.
        federation: when off, all but GET needs `X-Requested-With: XMLHttpRequest`.
        trusted: when off, the address by which it is asked is none of its own: 400.
        status_page: when off, a proxy hides `status.php` and the capabilities.
    """

    failing: dict[str, int] = field(default_factory=dict)
    hidden_properties: set[str] = field(default_factory=set)
    infinity: Infinity = Infinity.FULL
    maintenance: bool = False
    links_allowed: bool = True
    federation: bool = True
    trusted: bool = True
    status_page: bool = True


def read_clock() -> datetime:
    """Return the present time, aware, UTC."""
    return datetime.now(UTC)


class Cloud:
    """A Nextcloud's account with its public links.

    Paths are relative to the account, `/` between the names, none in front or behind.

    Args:
        version: as `status.php` tells it; decides endpoints and the pages' behaviour.
        throttle: counts failed tries; `Throttle(unit_s=0)` for tests that must not wait.
        now: the clock, for changes and expiry.

    Attributes:
        moods: how helpful the server is.
        web_pages: addresses without scheme ("github.com/x") of the wide web that the server
            answers for below `/web/`, so that a demo or test needs no network; others are 404.
        accounts: user → password of those who may log in; all own the same files.
        links_by_id: id → token of the links made through the OCS interface.

    Errors: a change of a path that is not there, or that is taken, raises `TreeError`.
    """

    def __init__(
        self,
        version: str = "27.0.2",
        *,
        throttle: Throttle | None = None,
        now: Callable[[], datetime] = read_clock,
    ) -> None:
        """Start with an empty account and no link."""
        self.version = version
        self.throttle = throttle if throttle is not None else Throttle()
        self.moods = Moods()
        self.web_pages: set[str] = set()
        self.accounts: dict[str, str] = {}
        self.links_by_id: dict[str, str] = {}
        self.lock = threading.RLock()
        self.tree = FileTree(now)
        self._now = now
        self._shares: dict[str, PublicShare] = {}

    @property
    def version_numbers(self) -> tuple[int, ...]:
        """The version, comparable."""
        return tuple(int(part) for part in self.version.split("."))

    @property
    def major(self) -> int:
        """The first number of the version."""
        return self.version_numbers[0]

    @property
    def has_new_endpoint(self) -> bool:
        """Whether `/public.php/dav/files/TOKEN/` exists: since Nextcloud 29."""
        return self.major >= _OLDEST_WITH_NEW_ENDPOINT

    def share(
        self,
        token: str,
        path: str = "",
        *,
        rights: Rights = Rights.READ,
        password: str | None = None,
        expires_at: datetime | None = None,
    ) -> PublicShare:
        """Make a link to a file or folder, or change the one of that token."""
        with self.lock:
            share = PublicShare(token, self.tree.get(path), rights, password, expires_at)
            self._shares[token] = share
        return share

    def unshare(self, token: str) -> None:
        """Remove a link; `KeyError` when there is none of that token."""
        with self.lock:
            del self._shares[token]

    def find_share(self, token: str) -> PublicShare | None:
        """Return the living link of a token: not one that has ended, nor with links off."""
        with self.lock:
            share = self._shares.get(token)
        if share is None or not self.moods.links_allowed:
            return None
        if share.expires_at is not None and share.expires_at <= self._now():
            return None
        return share

    def find_in_share(self, share: PublicShare, path: str) -> Node | None:
        """Return what lies at a path of a share; None also when the shared thing is gone."""
        with self.lock:
            return share.node.find(path) if self.tree.holds(share.node) else None

    def add_file(self, path: str, content: bytes = b"", modified_at: datetime | None = None) -> int:
        """Add a file with the folders above it; return its id."""
        with self.lock:
            return self.tree.add_file(path, content, modified_at).file_id

    def add_folder(self, path: str, modified_at: datetime | None = None) -> int:
        """Add an empty folder with those above it; return its id."""
        with self.lock:
            return self.tree.add_folder(path, modified_at).file_id

    def write(self, path: str, content: bytes, modified_at: datetime | None = None) -> None:
        """Give a file new content."""
        with self.lock:
            self.tree.write(self.tree.get(path), content, modified_at)

    def write_unseen(self, path: str, content: bytes) -> None:
        """Change a file behind the server's back: on disk, or on a mounted storage.

        The file is as it is now; no etag tells of it, its own neither.
        """
        with self.lock:
            node = self.tree.get(path)
            node.content, node.size_bytes = content, len(content)

    def touch(self, path: str, modified_at: datetime | None = None) -> None:
        """Change a file, its size apart."""
        with self.lock:
            self.tree.touch(path, modified_at)

    def move(self, path: str, to: str) -> None:
        """Rename or move a file or folder."""
        with self.lock:
            self.tree.move(path, to)

    def delete(self, path: str) -> None:
        """Remove a file, or a folder with all that it holds."""
        with self.lock:
            self.tree.delete(path)

    def mount(self, path: str, kind: str = "external") -> None:
        """Let a folder be the root of a mounted storage."""
        with self.lock:
            self.tree.get(path).mount_type = kind

    def failure_within(self, node: Node, *, below: bool) -> int | None:
        """Return the status with which a request for a node fails, None when it does not.

        Args:
            node: what is asked for.
            below: whether what lies below it is asked for too.
        """
        if not self.moods.failing:
            return None
        with self.lock:
            path = self.tree.path_of(node)
        for folder, status in sorted(self.moods.failing.items()):
            if lies_in(path, folder) or (below and lies_in(folder, path)):
                return status
        return None


def lies_in(path: str, folder: str) -> bool:
    """Whether a path is that folder or lies below it."""
    return not folder or path == folder or path.startswith(f"{folder}/")
