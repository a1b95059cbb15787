"""A Nextcloud of any version: links with rights, passwords and ends, accounts, and odd behaviour.

Everything may be changed while the server runs; each answer is made under a lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from syncer.demo.cloud import DemoCloud, PublicShare
from syncer.demo.file_tree import Node
from tests.cloud.file_tree import FileTree
from tests.cloud.throttle import Throttle

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
    """One level, without notice: as sabre does when it is not switched on."""
    CUT_OFF = "cut-off"
    """A 207 that ends in the middle: as a streaming server whose process was killed."""


@dataclass(frozen=True, slots=True)
class Link(PublicShare):
    """A public link; its node stays the same through rename and move.

    Attributes:
        expires_at: None never ends.
    """

    rights: Rights = Rights.READ
    expires_at: datetime | None = None

    @property
    def writable(self) -> bool:
        """Whether anyone with the link can change the files."""
        return self.rights is Rights.WRITE


@dataclass(slots=True)
class Moods:
    """Ways in which a server can be unhelpful; by default it is not.

    Attributes:
        failing: path in the account → status that answers for it and everything below it; a
            `Depth: infinity` from above fails as a whole.
        hidden_from_accounts: folders whose files no search of an account finds.
        hidden_properties: prefixed names ("oc:fileid") that are answered with 404.
        infinity: how `Depth: infinity` is answered.
        maintenance: 503 for all but `status.php`, which says so.
        links_allowed: whether public links are switched on.
        federation: when off, all but GET needs `X-Requested-With: XMLHttpRequest`.
        trusted: when off, the server does not accept its own address: 400.
        status_page: when off, a proxy hides `status.php` and the capabilities.
        link_limit: how many links may be made through the OCS interface; 429 for the next.
        searches: when off, a SEARCH is a method that the server does not know.
        rewrites: when off, pages have `/index.php` in their address, and 404 without it.
    """

    failing: dict[str, int] = field(default_factory=dict)
    hidden_from_accounts: set[str] = field(default_factory=set)
    hidden_properties: set[str] = field(default_factory=set)
    infinity: Infinity = Infinity.FULL
    maintenance: bool = False
    links_allowed: bool = True
    federation: bool = True
    trusted: bool = True
    status_page: bool = True
    link_limit: int | None = None
    rewrites: bool = True
    searches: bool = True


class Cloud(DemoCloud):
    """An account with its public links. Paths are relative to the account, `/` between names.

    Args:
        version: decides endpoints and the behaviour of pages.
        throttle: counts failed attempts; `Throttle(unit_s=0)` for tests that must not wait.
        now: the clock, for changes and expiry.

    Attributes:
        moods: how helpful the server is.
        accounts: user → password; all of them own the same files.
        links_by_id: id → token of the links made through the OCS interface.

    Raises:
        TreeError: by a change of a path that does not exist, or is taken.
    """

    tree: FileTree

    def __init__(
        self,
        version: str = "27.0.2",
        *,
        throttle: Throttle | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Create an empty account without links."""
        super().__init__(version)
        self.tree = FileTree(now)
        self.throttle = throttle if throttle is not None else Throttle()
        self.moods = Moods()
        self.accounts: dict[str, str] = {}
        self.links_by_id: dict[str, str] = {}
        self.lock = threading.RLock()
        self._now = now
        self._links: dict[str, Link] = {}
        self._mounts: dict[Node, str] = {}

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
        password: str | None = None,
        rights: Rights = Rights.READ,
        expires_at: datetime | None = None,
    ) -> Link:
        """Make a link to a file or folder, or change the one with that token."""
        with self.lock:
            link = Link(token, self.tree.get(path), password, rights, expires_at)
            self._links[token] = link
        return link

    def unshare(self, token: str) -> None:
        """Remove a link; `KeyError` when no link has that token."""
        with self.lock:
            del self._links[token]

    def find_share(self, token: str) -> Link | None:
        """Return the working link of a token: not an expired one, and none with links off."""
        with self.lock:
            link = self._links.get(token)
        if link is None or not self.moods.links_allowed:
            return None
        if link.expires_at is not None and link.expires_at <= self._now():
            return None
        return link

    def list_links(self) -> tuple[Link, ...]:
        """Return every link, also one that has ended, by token."""
        with self.lock:
            return tuple(link for _, link in sorted(self._links.items()))

    def is_hidden(self, node: Node) -> bool:
        """Return whether the accounts do not see a node (`moods.hidden_from_accounts`)."""
        path = self.tree.path_of(node)
        return any(_is_in(path, folder) for folder in self.moods.hidden_from_accounts)

    def find_in_share(self, share: PublicShare, path: str) -> Node | None:
        """Return the node at a path of a share; None also when the shared node was deleted."""
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
        """Replace the content of a file."""
        with self.lock:
            self.tree.write(self.tree.get(path), content, modified_at)

    def write_unseen(self, path: str, content: bytes) -> None:
        """Change a file without the server's knowledge: on disk, or on a mounted storage.

        The file has the new content and size; no etag changes, not even its own.
        """
        with self.lock:
            node = self.tree.get(path)
            node.content, node.size_bytes = content, len(content)

    def touch(self, path: str, modified_at: datetime | None = None) -> None:
        """Change a file without changing its size."""
        with self.lock:
            self.tree.touch(path, modified_at)

    def move(self, path: str, to: str) -> None:
        """Rename or move a file or folder."""
        with self.lock:
            self.tree.move(path, to)

    def delete(self, path: str) -> None:
        """Remove a file, or a folder with all that is in it."""
        with self.lock:
            self.tree.delete(path)

    def mount(self, path: str, kind: str = "external") -> None:
        """Make a folder the root of a mounted storage: "external", "group" or "shared"."""
        with self.lock:
            self._mounts[self.tree.get(path)] = kind

    def storage_type(self, node: Node) -> str:
        """Return the type of the mount that contains the node; "" for the owner's storage."""
        return next(
            (self._mounts[one] for one in (node, *node.ancestors()) if one in self._mounts), ""
        )

    def failure_within(self, node: Node, *, below: bool) -> int | None:
        """Return the status with which a request for a node fails, None when it does not.

        Args:
            node: the one that is requested.
            below: whether the request also covers everything below it.
        """
        path = self.tree.path_of(node)
        for folder, status in sorted(self.moods.failing.items()):
            if _is_in(path, folder) or (below and _is_in(folder, path)):
                return status
        return None


def _is_in(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")
