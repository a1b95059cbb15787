"""A whole tree is taken only when it hangs together."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from syncer.errors import Protocol
from syncer.nextcloud.dav.multistatus import DavEntry, EntryKind
from syncer.nextcloud.tree import MAX_DEPTH, TreeBuilder


def entries(*paths: str) -> Iterable[DavEntry]:
    """Yield the root and these, folders where a slash stands behind; each folder holds bytes."""
    yield DavEntry("", "/", EntryKind.FOLDER, 9)
    for path in paths:
        kind = EntryKind.FOLDER if path.endswith("/") else EntryKind.FILE
        yield DavEntry(path.rstrip("/"), f"/{path}", kind, 9)


def way_down(levels: int) -> list[str]:
    """Name a folder on each level, one in the other."""
    return ["/".join(["a"] * depth) + "/" for depth in range(1, levels + 1)]


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        (["a.txt", "a.txt"], "duplicate-entry"),
        (["a/", "a/"], "duplicate-entry"),
        (["a/", "a"], "duplicate-entry"),
        (["a/b.txt"], "orphan-entry"),
        (["a/", "a/b/c/"], "orphan-entry"),
        (["a", "a/b.txt"], "orphan-entry"),
        (way_down(MAX_DEPTH + 1), "too-deep"),
        ([*way_down(MAX_DEPTH), way_down(MAX_DEPTH)[-1] + "x.txt"], "too-deep"),
    ],
)
def test_what_does_not_hang_together_is_refused(paths: list[str], code: str) -> None:
    """A path twice, one below no folder, and one too deep: no whole tree was told."""
    with pytest.raises(Protocol) as caught:
        TreeBuilder().add_tree(entries(*paths))
    assert caught.value.code == code


def test_as_deep_as_it_may_be() -> None:
    """The deepest level itself is taken, and doubted: a limit of the server may lie there."""
    builder = TreeBuilder()
    doubted = builder.add_tree(entries(*way_down(MAX_DEPTH)))
    assert [entry.path for entry in doubted] == [way_down(MAX_DEPTH)[-1].rstrip("/")]


def test_what_another_limit_could_explain_is_doubted() -> None:
    """Folders without content: one that counts bytes, or lies as deep as anything told."""
    builder = TreeBuilder()
    told = [*entries("a/", "a/b/", "c/", "d/"), DavEntry("e", "/e/", EntryKind.FOLDER, 0)]
    assert [entry.path for entry in builder.add_tree(told)] == ["a/b", "c", "d"]


def test_an_empty_share() -> None:
    """A root that counts no bytes and shows nothing is doubted all the same: nothing is deeper."""
    builder = TreeBuilder()
    root = DavEntry("", "/", EntryKind.FOLDER, 0)
    assert builder.add_tree([root]) == [root]
