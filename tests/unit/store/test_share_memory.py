"""What is remembered of shares comes back as it was, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from syncer.model.reason import Reason
from syncer.model.shares import (
    Holding,
    HostKnowledge,
    RememberedRefusal,
    RememberedShare,
    RemoteFile,
    RemoteFolder,
    ShareStatus,
    ShareTraits,
    ShareTree,
    Suspicion,
    UnreadFolder,
)
from syncer.nextcloud.memory import ShareMemory
from syncer.store.database import Database, open_database
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
    mounts=("A",),
)


@pytest.fixture
def store(database: Database) -> ShareStore:
    """Return a store on a new database."""
    return ShareStore(database)


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


@pytest.mark.parametrize("lost", [(0,), (1,), (2,), (1, 2), (0, 1, 2)])
def test_a_lost_part_is_noticed(
    store: ShareStore, database: Database, lost: tuple[int, ...]
) -> None:
    """A tree that lacks a part is no tree: nothing in it may be called gone."""
    files = tuple(RemoteFile(f"{number:05}.txt") for number in range(2 * ENTRIES_PER_PART - 1))
    store.save_share(HEADER, ShareTree(files, (RemoteFolder(""),)))
    for part in lost:
        database.run(lambda records: records.delete(f"tree {SHARE}", f"{part:09}"), None)  # noqa: B023 - called at once
    assert store.load_tree(SHARE) is None


def test_a_part_after_the_last_one_is_noticed(store: ShareStore, database: Database) -> None:
    """Nobody knows which of the two trees it is of."""
    store.save_share(HEADER, TREE)
    database.run(lambda records: records.put(f"tree {SHARE}", [("000000001", [])]), None)
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
    store.save_refusal(RememberedRefusal(SHARE, ShareStatus.GONE, HEADER.last_full_walk_at))
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


def test_a_tree_that_cannot_be_stored_leaves_what_was_there(store: ShareStore) -> None:
    """It is stored whole or not at all."""
    bad = ShareTree((RemoteFile("ny.txt"), RemoteFile("\ud800")), (RemoteFolder(""),))
    store.save_share(HEADER, TREE)
    with pytest.raises(UnicodeEncodeError):
        store.save_share(replace(HEADER, endpoint="new"), bad)
    assert store.load_tree(SHARE) == TREE
    assert store.load_share(SHARE) == HEADER


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2500])
def test_a_tree_of_any_size_comes_back(store: ShareStore, count: int) -> None:
    """However many parts it takes, the order stays."""
    files = tuple(RemoteFile(f"{number:05}.txt", number) for number in range(count))
    store.save_share(HEADER, ShareTree(files, (RemoteFolder(""),)))
    assert store.load_tree(SHARE) == ShareTree(files, (RemoteFolder(""),))


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
    ShareStore(database).save_share(HEADER, TREE)
    database.close()
    again = open_database(tmp_path)
    assert ShareStore(again).load_tree(SHARE) == TREE
    again.close()


def test_suspicions_are_replaced_as_a_whole(store: ShareStore) -> None:
    """Whatever order they came in, and one that is not saved again is forgotten."""
    one = Suspicion("h/A", "a1", (date(2026, 11, 22), date(2026, 11, 23)))
    other = Suspicion("h/B", "a2", (), accepted=True)
    assert store.load_suspicions() == {}
    store.save_suspicions([other, one])
    assert store.load_suspicions() == {"h/A": one, "h/B": other}
    store.save_suspicions([other])
    assert store.load_suspicions() == {"h/B": other}


def test_shares_that_are_no_longer_named_are_forgotten(store: ShareStore) -> None:
    """Their trees, refusals and holdings too; what others hold stays."""
    other = replace(HEADER, share="boks.example.dk/U")
    refusal = RememberedRefusal("boks.example.dk/V", ShareStatus.GONE, NOW)
    store.save_share(HEADER, TREE)
    store.save_share(other, TREE)
    store.save_refusal(refusal)
    store.forget_others({SHARE})
    assert store.load_share(SHARE) == HEADER
    assert store.load_tree(SHARE) == TREE
    assert store.load_share(other.share) is None
    assert store.load_tree(other.share) is None
    assert store.load_refusal(refusal.share) is None


def test_traits_are_added_to_those_of_other_shares(store: ShareStore) -> None:
    """What a link showed is replaced by what it shows now."""
    folder, other = ShareTraits("h/A", 7, has_password=False), ShareTraits("h/A")
    assert store.load_traits() == {}
    store.save_traits({"h/A": folder, "h/B": folder})
    store.save_traits({"h/A": other})
    assert store.load_traits() == {"h/A": other, "h/B": folder}
    store.forget_others({"h/B"})
    assert store.load_traits() == {"h/B": folder}


def test_holdings_are_replaced_share_by_share(store: ShareStore) -> None:
    """One that holds nothing any more is forgotten; others stay."""
    holding = Holding("A", mount=False, files=3)
    assert store.load_holdings() == {}
    store.save_holdings({"h/A": (holding, holding), "h/B": (holding,)})
    store.save_holdings({"h/A": ()})
    assert store.load_holdings() == {"h/B": (holding,)}
    store.save_holdings({"h/C": (holding,)})
    store.forget_others({"h/C"})
    assert store.load_holdings() == {"h/C": (holding,)}


def test_a_tree_without_its_share_is_none(store: ShareStore, database: Database) -> None:
    """Nothing tells what it was read from."""
    store.save_share(HEADER, TREE)
    database.run(lambda records: records.delete("share", SHARE), None)
    assert store.load_tree(SHARE) is None


def test_a_stream_is_of_a_folder(store: ShareStore) -> None:
    """Unless it says otherwise, without mounts."""
    store.save_entries(HEADER, [RemoteFile("a")])
    assert store.load_tree(SHARE) == ShareTree((RemoteFile("a"),), ())
