"""The demo's tree of files, with every change that a Nextcloud allows.

A change gives every folder above it one new etag and leaves all else alone; a file keeps its id
through rename and move (docs/nextcloud.md, sections 3 and 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from syncer.demo import file_tree
from syncer.demo.file_tree import Node, TreeError, split_path


class FileTree(file_tree.FileTree):
    """A root folder that may change. Not safe for threads: `Cloud` holds a lock.

    Args:
        now: the time of a change without a time of its own.

    Raises:
        TreeError: by every change whose path does not exist, or is taken.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Create an empty root."""
        super().__init__()
        self._now = now
        self.announce(self.root, now())

    def add_file(
        self, path: str, content: bytes = b"", modified_at: datetime | None = None
    ) -> Node:
        """Add a file, and the folders above it that do not exist yet."""
        self._check_free(path)
        return super().add_file(path, content, modified_at or self._now())

    def add_folder(self, path: str, modified_at: datetime | None = None) -> Node:
        """Add an empty folder, and the folders above it that do not exist yet."""
        self._check_free(path)
        node = self.attach(path)
        node.children = {}
        self.announce(node, modified_at or self._now())
        return node

    def write(self, node: Node, content: bytes, modified_at: datetime | None = None) -> None:
        """Replace the content of a file, which gives it a new etag."""
        node.content = content
        self.resize(node, len(content))
        self.announce(node, modified_at or self._now())

    def touch(self, path: str, modified_at: datetime | None = None) -> None:
        """Change a file without changing its size, or a folder as by a change within it."""
        self.announce(self.get(path), modified_at or self._now())

    def move(self, path: str, to: str) -> None:
        """Rename or move a node; its id, its etag and everything below it stay the same."""
        node = self.get(path)
        if split_path(to)[: len(split_path(path))] == split_path(path):
            raise TreeError(f"{to}: within {path}")
        self._check_free(to)
        target = self.attach(to)
        self._detach(node)
        node.name, node.parent = target.name, target.parent
        assert node.parent is not None
        _children(node.parent)[node.name] = node
        for above in node.ancestors():
            above.size_bytes += node.size_bytes
        self.announce(node.parent, self._now())

    def delete(self, path: str) -> None:
        """Remove a file, or a folder with all that is in it."""
        self._detach(self.get(path))

    def path_of(self, node: Node) -> str:
        """Return the path from the root; "" for the root itself."""
        above = [folder.name for folder in node.ancestors() if folder.parent is not None]
        return "/".join([*reversed(above), node.name])

    def holds(self, node: Node) -> bool:
        """Return whether the node is still in the tree."""
        return node is self.root or self.root in node.ancestors()

    def walk(self) -> Iterator[Node]:
        """Yield all nodes, a folder before what is in it."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.members))

    def _detach(self, node: Node) -> None:
        parent = node.parent
        if parent is None:
            raise TreeError("the root cannot be removed")
        del _children(parent)[node.name]
        for above in node.ancestors():
            above.size_bytes -= node.size_bytes
        self.announce(parent, self._now())
        node.parent = None

    def _check_free(self, path: str) -> None:
        names = split_path(path)
        if not names or self.root.find(path) is not None:
            raise TreeError(f"{path}: taken")
        for depth in range(1, len(names)):
            above = self.root.find("/".join(names[:depth]))
            if above is not None and not above.is_folder:
                raise TreeError(f"{path}: not in a folder")


def _children(folder: Node) -> dict[str, Node]:
    assert folder.children is not None
    return folder.children
