"""The demo cloud's files: ids stay, etags rise to all parents and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from syncer.demo.file_tree import TreeError
from tests.cloud.cloud import Cloud
from tests.cloud.file_tree import FileTree

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def tree() -> FileTree:
    """Two branches, one of them four levels deep."""
    tree = FileTree(lambda: NOON)
    tree.add_file("A/B/C/D/dyb.txt", b"12345")
    tree.add_file("A/side.txt", b"1")
    tree.add_file("Z/anden.txt", b"22")
    return tree


def etags(tree: FileTree) -> dict[str, str]:
    """Return every path with its etag."""
    return {tree.path_of(node): node.etag for node in tree.walk()}


def test_a_change_gives_all_parents_one_new_etag(tree: FileTree) -> None:
    """The file and the folders on its way change, no sibling does."""
    before = etags(tree)
    tree.touch("A/B/C/D/dyb.txt", LATER)
    after = etags(tree)
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {"", "A", "A/B", "A/B/C", "A/B/C/D", "A/B/C/D/dyb.txt"}
    assert len({after[path] for path in ("", "A", "A/B")}) == 1
    assert tree.root.modified_at == LATER
    assert tree.get("A/B/C/D/dyb.txt").size_bytes == 5


def test_a_move_keeps_id_and_etag_and_changes_both_sides(tree: FileTree) -> None:
    """A moved folder brings all below it along, unchanged; both parents get a new etag."""
    before, folder, file = etags(tree), tree.get("A/B"), tree.get("A/B/C/D/dyb.txt")
    tree.move("A/B", "Z/Omdøbt")
    assert tree.get("Z/Omdøbt") is folder
    assert tree.get("Z/Omdøbt/C/D/dyb.txt") is file
    assert folder.etag == before["A/B"]
    assert tree.get("A").etag != before["A"]
    assert tree.get("Z").etag != before["Z"]
    assert (tree.get("A").size_bytes, tree.get("Z").size_bytes) == (1, 7)


def test_sizes_are_sums(tree: FileTree) -> None:
    """A folder's size follows every change below it."""
    assert tree.root.size_bytes == 8
    tree.write(tree.get("Z/anden.txt"), b"22222")
    assert tree.root.size_bytes == 11
    tree.delete("A")
    assert tree.root.size_bytes == 5


def test_what_was_deleted_is_no_longer_held(tree: FileTree) -> None:
    """Neither the folder nor what lay in it; the root always is."""
    folder, below = tree.get("A"), tree.get("A/B/C")
    tree.delete("A")
    assert not tree.holds(folder)
    assert not tree.holds(below)
    assert tree.holds(tree.root)


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree.get("Nope"),
        lambda tree: tree.add_file("A/side.txt", b""),
        lambda tree: tree.add_folder(""),
        lambda tree: tree.add_file("A/side.txt/under.txt", b""),
        lambda tree: tree.delete(""),
    ],
)
def test_impossible_changes_are_refused(tree: FileTree, change: object) -> None:
    """A path that is not there, that is taken, or that no file can have."""
    assert callable(change)
    with pytest.raises(TreeError):
        change(tree)


def test_a_move_to_a_taken_place_changes_nothing(tree: FileTree) -> None:
    """Nor does one into itself: the tree is as it was, etags too."""
    before = etags(tree)
    for place in ("Z", "A/B/C/new"):
        with pytest.raises(TreeError):
            tree.move("A/B", place)
    assert etags(tree) == before


def test_a_cloud_changes_under_its_lock() -> None:
    """The cloud's own words do the same, and tell the ids."""
    cloud = Cloud(now=lambda: NOON)
    file_id = cloud.add_file("Delt/x.txt", b"1")
    cloud.add_folder("Delt/Tom")
    cloud.write("Delt/x.txt", b"12")
    cloud.touch("Delt/x.txt")
    cloud.move("Delt/x.txt", "Delt/Tom/y.txt")
    cloud.mount("Delt/Tom", "group")
    node = cloud.tree.get("Delt/Tom/y.txt")
    assert (node.file_id, node.content) == (file_id, b"12")
    assert cloud.storage_type(node) == "group"


def test_a_change_behind_the_servers_back_has_no_etag() -> None:
    """The size is the new one; nothing else tells."""
    cloud = Cloud(now=lambda: NOON)
    cloud.add_file("Delt/x.txt", b"1")
    before = etags(cloud.tree)
    cloud.write_unseen("Delt/x.txt", b"12345")
    assert etags(cloud.tree) == before
    assert cloud.tree.get("Delt/x.txt").size_bytes == 5
