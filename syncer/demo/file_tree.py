"""The files of the demo server: a tree in memory with the ids and etags of a Nextcloud.

A change gives the changed node and every folder above it a new etag (docs/nextcloud.md, section 4).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_FIRST_FILE_ID: Final = 52
_FIRST_FOLDER_ETAG: Final = 0x6B03AC5447CA0


@dataclass(slots=True, eq=False)
class Node:
    """A file or a folder.

    Attributes:
        parent: None for the root, and for a node that was removed.
        children: by name; None for a file.
        content: None for a folder.
        size_bytes: of a folder: the sum of all files below it.
        etag: without quotes.
    """

    name: str
    file_id: int
    parent: Node | None
    children: dict[str, Node] | None = None
    content: bytes | None = None
    size_bytes: int = 0
    etag: str = ""
    modified_at: datetime | None = None

    @property
    def is_folder(self) -> bool:
        """Whether it can contain other nodes."""
        return self.children is not None

    @property
    def members(self) -> list[Node]:
        """The nodes in a folder, by name; empty for a file."""
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

    def ancestors(self) -> Iterator[Node]:
        """Yield the folders above it, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


class TreeError(Exception):
    """A path that does not exist, or that is already taken."""


class FileTree:
    """A root folder and the files below it. Paths are relative to the root."""

    def __init__(self) -> None:
        """Create an empty root."""
        self._next_id = _FIRST_FILE_ID
        self._changes = 0
        self.root = self._make_node("", None)
        self.root.children = {}

    def add_file(self, path: str, content: bytes, modified_at: datetime) -> Node:
        """Add a file, and the folders above it that do not exist yet."""
        node = self.attach(path)
        node.content = content
        self.resize(node, len(content))
        self.announce(node, modified_at)
        return node

    def get(self, path: str) -> Node:
        """Return the node at a path; `TreeError` when there is none."""
        node = self.root.find(path)
        if node is None:
            raise TreeError(f"{path}: does not exist")
        return node

    def attach(self, path: str) -> Node:
        """Add a node that is neither file nor folder yet, in folders that are made if needed."""
        *above, name = split_path(path)
        folder = self.root
        for part in above:
            folder = folder.find(part) or self._make_folder(part, folder)
        return self._make_node(name, folder)

    def resize(self, node: Node, size_bytes: int) -> None:
        """Set the size of a file, and change the sizes of the folders above it accordingly."""
        grown = size_bytes - node.size_bytes
        for changed in (node, *node.ancestors()):
            changed.size_bytes += grown

    def announce(self, node: Node, at: datetime) -> None:
        """Set new etags and times on a changed node and every folder above it."""
        self._changes += 1
        folder_etag = f"{_FIRST_FOLDER_ETAG + self._changes:x}"
        seed = f"{node.file_id} {self._changes}"
        file_etag = hashlib.sha256(seed.encode()).hexdigest()[:32]
        node.etag = folder_etag if node.is_folder else file_etag
        node.modified_at = at
        for above in node.ancestors():
            above.etag = folder_etag
            above.modified_at = at if above.modified_at is None else max(above.modified_at, at)

    def _make_folder(self, name: str, parent: Node) -> Node:
        folder = self._make_node(name, parent)
        folder.children = {}
        return folder

    def _make_node(self, name: str, parent: Node | None) -> Node:
        node = Node(name, self._next_id, parent)
        self._next_id += 1
        if parent is not None and parent.children is not None:
            parent.children[name] = node
        return node


def split_path(path: str) -> tuple[str, ...]:
    """Return the names of a path without empty ones; `..` is a name like any other."""
    return tuple(part for part in path.split("/") if part)
