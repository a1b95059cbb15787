"""What is remembered of shares comes back as it was, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syncer.errors import StoreError
from syncer.model.reason import Reason
from syncer.model.shares import (
    HostKnowledge,
    RememberedRefusal,
    RememberedShare,
    RemoteFile,
    RemoteFolder,
    ShareStatus,
    ShareTree,
    UnreadFolder,
)
from syncer.nextcloud.memory import ShareMemory
from syncer.store.database import open_database
from syncer.store.share_memory import ENTRIES_PER_PART, ShareStore

NOW = datetime(2026, 11, 23, 3, 0, 36, tzinfo=UTC)
SHARE = "boks.example.dk/T"
HEADER = RememberedShare(SHARE, "legacy", 52, '"e"', NOW)
TREE = ShareTree(
    files=(
        RemoteFile("A/å.txt", 5, NOW, 7, '"f"'),
        RemoteFile("x.txt"),
        RemoteFile("æ 😀.txt", 0, None, (1 << 63) - 1, None),
    ),
    folders=(RemoteFolder("", 52, '"e"', NOW), RemoteFolder("A", 6, None, None)),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ShareStore]:
    """Give a store on a new database."""
    database = open_database(tmp_path)
    yield ShareStore(database.connection)
    database.connection.close()


def test_it_is_the_memory_that_the_walk_wants(store: ShareStore) -> None:
    """The store fits the protocol of the room `nextcloud`, which it does not import."""
    memory: ShareMemory = store
    assert memory.load_share(SHARE) is None
    assert memory.load_refusal(SHARE) is None
    assert memory.load_host("boks.example.dk") is None
    assert memory.load_tree(SHARE) is None


def test_a_tree_comes_back_as_it_was(store: ShareStore) -> None:
    """Every field, in the order of the tree; unknown stays unknown."""
    store.save_share(HEADER, TREE)
    assert store.load_share(SHARE) == HEADER
    assert store.load_tree(SHARE) == TREE


def test_the_order_is_by_code_point(store: ShareStore) -> None:
    """A tree is sorted as Python sorts, whatever its names."""
    paths = sorted(["A", "A b", "A/x", "A-", "B", "a", "Å", "😀", "\uffff"])
    tree = ShareTree(tuple(RemoteFile(path) for path in paths), (RemoteFolder(""),))
    store.save_share(HEADER, tree)
    assert store.load_tree(SHARE) == tree


@pytest.mark.parametrize("lost", ["part = 0", "part = 1", "part = 2", "part > 0", "part >= 0"])
def test_a_lost_part_is_noticed(store: ShareStore, lost: str) -> None:
    """A tree that lacks a part is no tree: nothing in it may be called gone."""
    files = tuple(RemoteFile(f"{number:05}.txt") for number in range(2 * ENTRIES_PER_PART - 1))
    store.save_share(HEADER, ShareTree(files, (RemoteFolder(""),)))
    store._connection.execute(f"DELETE FROM remembered_part WHERE {lost}")  # noqa: S608 - ours
    assert store.load_tree(SHARE) is None


def test_a_new_tree_replaces_the_old_one(store: ShareStore) -> None:
    """Nothing of an earlier tree is left, and another share's is untouched."""
    other = replace(HEADER, share="boks.example.dk/U")
    store.save_share(HEADER, TREE)
    store.save_share(other, TREE)
    small = ShareTree((RemoteFile("y.txt", 1),), (RemoteFolder(""),))
    store.save_share(replace(HEADER, root_etag=None), small)
    assert store.load_tree(SHARE) == small
    assert store.load_tree(other.share) == TREE
    store.forget_share(SHARE)
    assert store.load_share(SHARE) is None
    assert store.load_tree(SHARE) is None
    assert store.load_tree(other.share) == TREE


def test_a_single_file_and_what_was_unread(store: ShareStore) -> None:
    """A single file is remembered as one; what was unread is simply not there."""
    single = ShareTree((RemoteFile("x.pdf", 3),), (), single_file=True)
    store.save_share(HEADER, single)
    assert store.load_tree(SHARE) == single
    partly = replace(TREE, unread=(UnreadFolder("A", Reason("server-timeout")),))
    store.save_share(HEADER, partly)
    assert store.load_tree(SHARE) == TREE


def test_an_error_in_the_stream_leaves_what_was_there(store: ShareStore) -> None:
    """A tree is stored whole or not at all."""

    def entries() -> Iterator[RemoteFile]:
        yield RemoteFile("ny.txt")
        raise RuntimeError("cut")

    store.save_share(HEADER, TREE)
    with pytest.raises(RuntimeError):
        store.save_entries(HEADER, entries())
    assert store.load_tree(SHARE) == TREE


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2500])
def test_a_tree_of_any_size_comes_back(store: ShareStore, count: int) -> None:
    """However many parts it takes, the order stays."""
    files = tuple(RemoteFile(f"{number:05}.txt", number) for number in range(count))
    store.save_share(HEADER, ShareTree(files, (RemoteFolder(""),)))
    assert store.load_tree(SHARE) == ShareTree(files, (RemoteFolder(""),))


@pytest.mark.parametrize("bit", range(0, 400, 7))
def test_a_turned_bit_is_noticed(store: ShareStore, bit: int) -> None:
    """What a disk has changed is not believed: SQLite itself would not see it."""
    store.save_share(HEADER, TREE)
    ((stored,),) = store._connection.execute("SELECT entries FROM remembered_part")
    turned = bytearray(stored)
    turned[bit // 8 % len(turned)] ^= 1 << bit % 8
    store._connection.execute("UPDATE remembered_part SET entries = ?", (bytes(turned),))
    assert store.load_tree(SHARE) is None


def test_a_refusal_drops_the_tree_and_a_tree_the_refusal(store: ShareStore) -> None:
    """A share is remembered as good or as refused, never as both."""
    refusal = RememberedRefusal(SHARE, ShareStatus.GONE, NOW)
    store.save_share(HEADER, TREE)
    store.save_refusal(refusal)
    assert store.load_refusal(SHARE) == refusal
    assert store.load_share(SHARE) is None
    later = replace(refusal, status=ShareStatus.NEEDS_PASSWORD)
    store.save_refusal(later)
    assert store.load_refusal(SHARE) == later
    store.save_share(HEADER, TREE)
    assert store.load_refusal(SHARE) is None


@pytest.mark.parametrize("failed_at", [None, NOW])
def test_hosts(store: ShareStore, failed_at: datetime | None) -> None:
    """What is known of a host is replaced as a whole."""
    store.save_host(HostKnowledge("boks.example.dk", "27.0.2", None, NOW, None))
    knowledge = HostKnowledge("boks.example.dk", None, "new", NOW, failed_at)
    store.save_host(knowledge)
    assert store.load_host("boks.example.dk") == knowledge


def test_everything_is_there_after_opening_again(tmp_path: Path) -> None:
    """What was saved survives the process."""
    database = open_database(tmp_path)
    ShareStore(database.connection).save_share(HEADER, TREE)
    database.connection.close()
    again = open_database(tmp_path)
    assert again.set_aside is None
    assert ShareStore(again.connection).load_tree(SHARE) == TREE
    again.connection.close()


def test_a_database_that_fails_says_so(store: ShareStore) -> None:
    """A failing database is one clear error, not a traceback of sqlite."""
    store.save_share(HEADER, TREE)
    store._connection.execute("DROP TABLE remembered_part")
    with pytest.raises(StoreError, match="state database"):
        store.load_tree(SHARE)
