"""The files of the demo cloud: a tree in memory that behaves as Nextcloud's does.

A change gives every folder above it one new etag and leaves all else alone; a file keeps its id
through rename and move (nextcloud.md, sections 3 and 4). The tree knows no lock: `Cloud` holds one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime

_FIRST_FILE_ID = 52
_FIRST_FOLDER_STAMP = 0x6B03AC5447CA0


class TreeError(Exception):
    """A path that is not there, or one that is there already."""


class Node:
    """A file or a folder.

    Attributes:
        children: by name; None for a file.
        content: None for a folder.
        size_bytes: of a folder: of all files below it.
        etag: without quotes.
        mount_type: "" for an ordinary node, "external", "group", "shared" for the root of a mount.
    """

    __slots__ = (
        "children",
        "content",
        "etag",
        "file_id",
        "modified_at",
        "mount_type",
        "name",
        "parent",
        "size_bytes",
    )

    def __init__(self, name: str, file_id: int, parent: Node | None) -> None:
        """Make a node that is neither file nor folder yet; `FileTree` fills it in."""
        self.name = name
        self.file_id = file_id
        self.parent = parent
        self.children: dict[str, Node] | None = None
        self.content: bytes | None = None
        self.size_bytes = 0
        self.etag = ""
        self.modified_at: datetime | None = None
        self.mount_type = ""

    @property
    def storage_type(self) -> str:
        """The type of the mount that it lies in, or is the root of; "" for the owner's storage."""
        return self.mount_type or next(
            (above.mount_type for above in self.ancestors() if above.mount_type), ""
        )

    @property
    def is_folder(self) -> bool:
        """Whether it can hold others."""
        return self.children is not None

    @property
    def members(self) -> list[Node]:
        """What a folder holds, by name; nothing for a file."""
        return [] if self.children is None else [self.children[n] for n in sorted(self.children)]

    def find(self, path: str) -> Node | None:
        """Return the node at a path relative to this one, None where there is none."""
        node = self
        for part in split_path(path):
            below = node.children.get(part) if node.children is not None else None
            if below is None:
                return None
            node = below
        return node

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, a folder before what it holds."""
        yield self
        for member in self.members:
            yield from member.walk()

    def ancestors(self) -> Iterator[Node]:
        """Yield the folders above it, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


class FileTree:
    """A root folder and what is done to it.

    Args:
        now: gives the time of a change whose time is not told.

    Errors: every change raises `TreeError` when its path is not there, or taken.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Start with an empty root."""
        self._now = now
        self._next_id = _FIRST_FILE_ID
        self._changes = 0
        self.root = self._make_node("", None)
        self.root.children = {}
        self._announce(self.root, now())

    def add_file(self, path: str, content: bytes, modified_at: datetime | None = None) -> Node:
        """Add a file, and the folders above it where they are not there yet."""
        node = self._attach(path)
        node.content = b""
        self.write(node, content, modified_at)
        return node

    def add_folder(self, path: str, modified_at: datetime | None = None) -> Node:
        """Add an empty folder, and those above it where they are not there yet."""
        node = self._attach(path)
        node.children = {}
        self._announce(node, modified_at or self._now())
        return node

    def write(self, node: Node, content: bytes, modified_at: datetime | None = None) -> None:
        """Give a file new content, and so a new etag."""
        grown = len(content) - node.size_bytes
        node.content = content
        node.size_bytes += grown
        for above in node.ancestors():
            above.size_bytes += grown
        self._announce(node, modified_at or self._now())

    def touch(self, path: str, modified_at: datetime | None = None) -> None:
        """Change a file without changing its size, or a folder as by a change within it."""
        self._announce(self.get(path), modified_at or self._now())

    def move(self, path: str, to: str) -> Node:
        """Rename or move what is at `path`; its id, its etag and all below it stay as they are."""
        node = self.get(path)
        if split_path(to)[: len(split_path(path))] == split_path(path):
            raise TreeError(f"{to}: within {path}")
        parent, name = self._place(to)
        self._detach(node)
        node.name, node.parent = name, parent
        self._members(parent)[name] = node
        for above in node.ancestors():
            above.size_bytes += node.size_bytes
        self._announce(parent, self._now())
        return node

    def delete(self, path: str) -> None:
        """Remove a file, or a folder with all that it holds."""
        self._detach(self.get(path))

    def get(self, path: str) -> Node:
        """Return the node at a path."""
        node = self.root.find(path)
        if node is None:
            raise TreeError(f"{path}: not there")
        return node

    def path_of(self, node: Node) -> str:
        """Return the path from the root; "" for the root itself."""
        above = [folder.name for folder in node.ancestors() if folder.parent is not None]
        return "/".join([*reversed(above), node.name])

    def holds(self, node: Node) -> bool:
        """Whether the node is still in the tree."""
        return node is self.root or self.root in node.ancestors()

    def _attach(self, path: str) -> Node:
        parent, name = self._place(path)
        node = self._make_node(name, parent)
        self._members(parent)[name] = node
        return node

    def _detach(self, node: Node) -> None:
        parent = node.parent
        if parent is None:
            raise TreeError("the root stays where it is")
        del self._members(parent)[node.name]
        for above in node.ancestors():
            above.size_bytes -= node.size_bytes
        self._announce(parent, self._now())
        node.parent = None

    def _place(self, path: str) -> tuple[Node, str]:
        """Return the folder, made where it is not there, and the free name a path speaks of."""
        *above, name = split_path(path) or ("",)
        folder = self.root
        for part in above:
            below = self._members(folder).get(part)
            if below is None:
                below = self._make_node(part, folder)
                below.children = {}
                self._members(folder)[part] = below
            folder = below
        if not name or name in self._members(folder):
            raise TreeError(f"{path}: taken")
        return folder, name

    def _members(self, folder: Node) -> dict[str, Node]:
        if folder.children is None:
            raise TreeError(f"{self.path_of(folder)}: not a folder")
        return folder.children

    def _make_node(self, name: str, parent: Node | None) -> Node:
        node = Node(name, self._next_id, parent)
        self._next_id += 1
        return node

    def _announce(self, node: Node, at: datetime) -> None:
        """Give the node and every folder above it the etag of this change."""
        self._changes += 1
        stamp = f"{_FIRST_FOLDER_STAMP + self._changes:x}"
        if node.is_folder:
            node.etag = stamp
        else:
            seed = f"{node.file_id} {self._changes}"
            node.etag = hashlib.sha256(seed.encode()).hexdigest()[:32]
        node.modified_at = at
        for above in node.ancestors():
            above.etag = stamp
            above.modified_at = at if above.modified_at is None else max(above.modified_at, at)


def split_path(path: str) -> tuple[str, ...]:
    """Return the names of a path, empty ones left out; `..` is a name like any other."""
    return tuple(part for part in path.split("/") if part)
