"""A whole tree is taken only when it hangs together."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from syncer.errors import Protocol
from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile, RemoteFolder, ShareTree, UnreadFolder
from syncer.nextcloud.dav.multistatus import DavEntry, EntryKind
from syncer.nextcloud.tree import MAX_DEPTH, TreeBuilder, add_files, slice_below


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


def list_one(builder: TreeBuilder, root: DavEntry, *children: DavEntry) -> list[str]:
    """Add the listing of a folder; return the paths of the folders to read next."""
    return [entry.path for entry in builder.add_listing((root, *children), root.path)]


def folder(path: str, size: int | None = 9, href: str = "") -> DavEntry:
    """Describe a folder."""
    return DavEntry(path, href or f"/{path}/", EntryKind.FOLDER, size, etag=f"e{path}")


@pytest.mark.parametrize(("size", "is_lost"), [(1, True), (9_000, True), (0, False), (None, False)])
def test_a_folder_that_counts_bytes_and_shows_nothing_is_unread(
    size: int | None, is_lost: bool
) -> None:
    """So a Nextcloud answers whose storage fails: what is in it is not gone."""
    builder = TreeBuilder()
    assert list_one(builder, folder("", size)) == []
    reason = Reason("folder-shows-nothing", {"size_bytes": size})
    assert builder.finish().unread == ((UnreadFolder("", reason),) if is_lost else ())
    shown = TreeBuilder()
    list_one(shown, folder("", size), DavEntry("a", "/a", EntryKind.FILE))
    assert shown.finish().complete


def test_a_folder_that_was_never_scanned_and_shows_nothing_is_unread() -> None:
    """The server does not know yet what is in it: nothing of it is gone."""
    builder = TreeBuilder()
    list_one(builder, folder("", None)._replace(is_unscanned=True))
    assert builder.finish().unread == (UnreadFolder("", Reason("folder-not-scanned")),)
    shown = TreeBuilder()
    entry = DavEntry("a", "/a", EntryKind.FILE)
    list_one(shown, folder("", None)._replace(is_unscanned=True), entry)
    assert shown.finish().complete


def test_a_listing_is_taken_as_a_whole_or_not_at_all() -> None:
    """The same address twice, or a file in the place of the folder, is no listing of it."""
    builder = TreeBuilder()
    with pytest.raises(Protocol, match="duplicate-entry"):
        list_one(builder, folder(""), folder("b"), folder("b"))
    with pytest.raises(Protocol, match="not-a-folder"):
        list_one(builder, DavEntry("", "/", EntryKind.FILE))
    assert (builder.entry_count, builder.folder_count) == (0, 0)


def test_what_is_in_a_folder_is_told_apart() -> None:
    """Folders to read, in the order of the answer; what is unclear, or was not read, is unread."""
    builder = TreeBuilder()
    unclear = DavEntry("u", "/u", EntryKind.UNKNOWN)
    file = DavEntry("x", "/x", EntryKind.FILE, 1)
    twin = folder("a", href="/%61/")
    found = list_one(builder, folder(""), folder("b"), file, unclear, folder("a"), twin)
    assert found == ["b", "a"]
    tree = builder.finish()
    assert [each.path for each in tree.folders] == ["", "a", "b"]
    assert [each.path for each in tree.files] == ["x"]
    assert tree.unread == (
        UnreadFolder("a", Reason("folder-names-collide")),
        UnreadFolder("u", Reason("entry-unclear")),
    )
    assert {each.path: each.etag for each in tree.folders} == {"": None, "a": None, "b": "eb"}


def test_the_first_reason_counts() -> None:
    """A folder is unread once."""
    builder = TreeBuilder()
    for code in ("server-timeout", "run-stopped"):
        builder.mark_unread("a", Reason(code))
    assert builder.finish().unread == (UnreadFolder("a", Reason("server-timeout")),)


@pytest.mark.parametrize(("most", "is_full"), [(3, True), (4, False)])
def test_paths_are_counted_in_bytes(
    most: int, is_full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they are kept: letters beyond ASCII have two and more."""
    monkeypatch.setattr("syncer.nextcloud.tree.MAX_PATH_BYTES", most)
    builder = TreeBuilder()
    list_one(builder, folder(""), DavEntry("æ", "/1", EntryKind.FILE), folder("ab", href="/2/"))
    assert builder.is_full is is_full


def test_what_is_below_a_folder_is_a_slice() -> None:
    """Neither the folder itself, nor names that begin as it does."""
    paths = ("A", "A b", "A-/x", "A/", "A/x", "A/\U0010ffff", "A0", "B")
    found = slice_below(tuple(RemoteFile(path) for path in paths), "A")
    assert [file.path for file in found] == ["A/", "A/x", "A/\U0010ffff"]


def test_files_are_added_with_the_way_to_them() -> None:
    """What is known already stays as it is; the order is by path."""
    known = RemoteFile("B/x", 1)
    tree = ShareTree((known,), (RemoteFolder(""), RemoteFolder("B", 7)))
    added = add_files(
        tree, (DavEntry(path, "/", EntryKind.FILE, 2) for path in ("C/D/y", "B/x", "A"))
    )
    assert added.files == (RemoteFile("A", 2), known, RemoteFile("C/D/y", 2))
    assert added.folders == tuple(
        RemoteFolder(path, number)
        for path, number in (("", None), ("B", 7), ("C", None), ("C/D", None))
    )
