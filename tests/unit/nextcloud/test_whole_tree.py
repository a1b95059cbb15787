"""Whole trees: what is kept of each entry, and which etags may be believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile, RemoteFolder, ShareTree, UnreadFolder
from syncer.nextcloud.dav.multistatus import DavEntry, EntryKind
from syncer.nextcloud.tree import (
    RememberedTree,
    TreeBuilder,
    add_files,
    count_depth,
    doubt_everything,
)

AT = datetime(2026, 5, 4, tzinfo=UTC)
# Path (of a folder with a slash at its end), and the mount that it is in.
TOLD = (
    ("", ""), ("z.txt", ""), ("N/", ""), ("N/S/", "shared"), ("N/S/T/", "shared"), ("N/x.txt", ""),
    ("G/", "group"), ("G/H/", "group"), ("G/H/E/", "external"), ("G/I/", "group"),
    ("Ext/", "external"), ("Ext/B/", "external"), ("Ext/B/b.txt", "external"),
    ("Ext/C/", ""), ("Ext2/", ""),
)  # fmt: skip


def entry(place: str, mount: str = "", number: int = 1) -> DavEntry:
    """Describe an entry with all that a server tells."""
    path = place.rstrip("/")
    kind = EntryKind.FOLDER if place.endswith("/") or not place else EntryKind.FILE
    return DavEntry(
        path, f"/{place}", kind, size_bytes=number, modified_at=AT, file_id=number,
        etag=f'"{path}"', mount=mount,
    )  # fmt: skip


ENTRIES = [entry(place, mount, number) for number, (place, mount) in enumerate(TOLD, 1)]


def make_tree(*mute: str) -> ShareTree:
    """Return what is told, without the etags of these folders."""
    files = [one for one in ENTRIES if one.kind is EntryKind.FILE]
    folders = [one for one in ENTRIES if one.kind is EntryKind.FOLDER]
    return ShareTree(
        files=tuple(
            RemoteFile(one.path, one.size_bytes, AT, one.file_id, one.etag)
            for one in sorted(files, key=lambda one: one.path)
        ),
        folders=tuple(
            RemoteFolder(one.path, one.file_id, None if one.path in mute else one.etag, AT)
            for one in sorted(folders, key=lambda one: one.path)
        ),
        mounts=("Ext", "G", "G/H/E", "N/S"),
    )


MUTE = ("", "Ext", "Ext/B", "Ext/C", "G", "G/H", "G/H/E", "N", "N/S", "N/S/T")


def test_a_tree_is_as_it_was_told() -> None:
    """Sorted, with the mounts; above, at and in a storage that tells no changes without etags."""
    whole = TreeBuilder()
    assert [one.path for one in whole.add_tree(ENTRIES)] == [
        "Ext/C", "Ext2", "G/H/E", "G/I", "N/S/T",
    ]  # fmt: skip
    assert whole.finish() == make_tree(*MUTE)
    assert (whole.entry_count, whole.folder_count) == (len(TOLD), 12)
    parts = TreeBuilder()
    for path in (
        "",
        "N",
        "N/S",
        "N/S/T",
        "G",
        "G/H",
        "G/H/E",
        "G/I",
        "Ext",
        "Ext/B",
        "Ext/C",
        "Ext2",
    ):
        depth = count_depth(path)
        inside = [
            one
            for one in reversed(ENTRIES)
            if one.path == path
            or (one.path.rpartition("/")[0] == path and count_depth(one.path) == depth + 1)
        ]
        parts.add_listing(inside, path)
    empty = ("N/S/T", "G/H/E", "G/I", "Ext/C", "Ext2")
    unread = tuple(
        UnreadFolder(
            path,
            Reason(
                "folder-shows-nothing",
                {"size_bytes": next(one.size_bytes for one in ENTRIES if one.path == path)},
            ),
        )
        for path in sorted(empty)
    )
    assert parts.finish() == replace(make_tree(*MUTE, "G/I", "Ext2"), unread=unread)


def test_without_mounts_an_unread_folder_alone_takes_etags() -> None:
    """Its own, and those above it."""
    builder = TreeBuilder()
    for place in ("", "A/", "A/B/", "A/B/C/", "A/D/"):
        builder._add_child(entry(place))
    builder.mark_unread("A/B", Reason("x"))
    tree = builder.finish()
    assert {folder.path: folder.etag is None for folder in tree.folders} == {
        "": True, "A": True, "A/B": True, "A/B/C": False, "A/D": False,
    }  # fmt: skip
    assert tree.unread == (UnreadFolder("A/B", Reason("x")),)


def test_an_unchanged_folder_brings_what_is_remembered_in_it() -> None:
    """Its files, folders and team folders, and nothing beside it."""
    tree = ShareTree(
        files=(RemoteFile("A"), RemoteFile("A b/x"), RemoteFile("A/x", 1), RemoteFile("B/x")),
        folders=tuple(RemoteFolder(path, 7, "e") for path in ("", "A", "A b", "A/T", "B")),
        mounts=("A b/M", "A/T", "B/M"),
    )
    builder = TreeBuilder()
    builder.add_way_to(entry(""), ["A/T"])
    builder.graft(entry("A/"), RememberedTree(tree))
    assert builder.finish() == ShareTree(
        files=(RemoteFile("A/x", 1),),
        folders=(RemoteFolder("", 1, '""', AT), RemoteFolder("A"), RemoteFolder("A/T", 7, "e")),
        mounts=("A/T",),
    )


@pytest.mark.parametrize(
    ("known", "told", "knows"),
    [
        (RemoteFolder("A", 1, '"A"'), entry("A/"), True),
        (RemoteFolder("A", 1, '"A"'), entry("A/", "group"), True),
        (RemoteFolder("A", 1, '"A"'), entry("A/", "shared"), False),
        (RemoteFolder("A", 2, '"A"'), entry("A/"), False),
        (RemoteFolder("A", None, '"A"'), entry("A/")._replace(file_id=None), False),
        (RemoteFolder("A", 1, '"x"'), entry("A/"), False),
        (RemoteFolder("A", 1, None), entry("A/")._replace(etag=None), False),
        (RemoteFolder("B", 1, '"A"'), entry("A/"), False),
    ],
)
def test_when_a_folder_is_known_to_be_unchanged(
    known: RemoteFolder, told: DavEntry, knows: bool
) -> None:
    """By path, etag and id, none of them unknown, and where its storage tells changes."""
    assert RememberedTree(ShareTree((), (known,))).knows(told) is knows


def test_a_doubted_tree_proves_no_absence() -> None:
    """The root is unread, for the newest reason; what else is unread stays so."""
    old = (UnreadFolder("", Reason("x")), UnreadFolder("A", Reason("y")))
    tree = ShareTree((), (RemoteFolder("", 1, "e"), RemoteFolder("B", 2, "f")), old)
    assert doubt_everything(tree, Reason("z")) == ShareTree(
        (),
        (RemoteFolder("", 1, None), RemoteFolder("B", 2, "f")),
        (UnreadFolder("", Reason("z")), UnreadFolder("A", Reason("y"))),
    )


@pytest.mark.parametrize(
    ("limit", "most", "is_full"),
    [
        ("MAX_ENTRIES", 3, True), ("MAX_ENTRIES", 4, False), ("MAX_FOLDERS", 2, True),
        ("MAX_FOLDERS", 3, False),
    ],
)  # fmt: skip
def test_a_share_may_be_so_large(
    limit: str, most: int, is_full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its entries, and by its folders."""
    monkeypatch.setattr(f"syncer.nextcloud.tree.{limit}", most)
    builder = TreeBuilder()
    builder.add_listing([entry(""), entry("a"), entry("b/")], "")
    assert builder.is_full is is_full


def test_a_file_below_a_known_folder_is_added_as_it_was_told() -> None:
    """With all that the server tells of it."""
    tree = ShareTree((), (RemoteFolder(""),))
    assert add_files(tree, [entry("x", number=5)]).files == (RemoteFile("x", 5, AT, 5, '"x"'),)


def test_two_names_that_differ_in_their_form_alone_are_two_files() -> None:
    """The second keeps the form in which the server has it; folders are not told apart."""
    first, second = (
        DavEntry("M/\u00e5", f"/M/{name}", EntryKind.FILE) for name in ("%C3%A5", "a%CC%8A")
    )
    builder = TreeBuilder()
    builder.add_listing([entry("M/"), first, second], "M")
    assert [file.path for file in builder.finish().files] == ["M/a\u030a", "M/\u00e5"]
