"""However a tree is learnt, it is the same tree, and whoever misbehaves is not believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from syncer.model.shares import ListingKind, Share, ShareStatus
from syncer.nextcloud.memory import ShareMemory
from syncer.store.database import open_database
from syncer.store.share_memory import ShareStore
from tests.cloud.cloud import Infinity, Rights
from tests.cloud.server import serve_cloud
from tests.cloud.throttle import Bucket
from tests.contract.backends import Backend, DemoBackend, Feature, Terms, Visitor, describe_tree

pytestmark = pytest.mark.needs(Feature.LINKS)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[ShareMemory]:
    """Remember in a state database of its own."""
    database = open_database(tmp_path)
    yield ShareStore(database)
    database.close()


@pytest.fixture
def token(backend: Backend, place: str) -> str:
    """Share a small tree, three levels deep, with an empty folder and a special name."""
    backend.add_file(f"{place}/A/B/C/dyb.txt", b"1")
    backend.add_file(f"{place}/A/100% #1 æøå.txt", b"22")
    backend.add_file(f"{place}/Z/z.pdf", b"333")
    backend.add_folder(f"{place}/Tom")
    return backend.share(place)


def expect_truth(backend: DemoBackend, token: str, share: Share) -> None:
    """Compare a tree with what really lies behind the link, etags and ids too."""
    link = backend.cloud.find_share(token)
    assert link is not None
    assert share.tree == describe_tree(link.node)


@pytest.mark.needs(Feature.MOODS)
@pytest.mark.parametrize(
    ("mood", "listing"),
    [
        (Infinity.FULL, ListingKind.INFINITY),
        (Infinity.REFUSED, ListingKind.DEPTH_1),
        (Infinity.CLAMPED, ListingKind.DEPTH_1),
        (Infinity.CUT_OFF, ListingKind.DEPTH_1),
    ],
)
def test_infinity_and_single_levels_tell_the_same(
    backend: DemoBackend, token: str, mood: Infinity, listing: ListingKind
) -> None:
    """A refused, clamped or cut off answer costs requests, never a file."""
    backend.cloud.moods.infinity = mood
    share = backend.read(token)
    assert share.listing is listing
    expect_truth(backend, token, share)


def test_an_unchanged_share_costs_one_listing(
    backend: Backend, token: str, memory: ShareMemory
) -> None:
    """The root's etag answers for the whole tree, which is told as if it had been walked."""
    first = backend.read(token, Visitor(memory=memory))
    second = backend.read(token, Visitor(memory=memory))
    assert first.tree is not None
    assert (second.listing, second.tree) == (ListingKind.UNCHANGED, first.tree)
    if isinstance(backend, DemoBackend):
        assert second.requests == 1


def test_only_changed_parts_are_listed_again(
    backend: Backend, place: str, token: str, memory: ShareMemory
) -> None:
    """After a change, a move and a deletion the remembered tree is the one of a full walk."""
    backend.read(token, Visitor(memory=memory))
    backend.write(f"{place}/A/B/C/dyb.txt", b"4444")
    backend.move(f"{place}/Z/z.pdf", f"{place}/Tom/flyttet.pdf")
    backend.add_file(f"{place}/A/ny.txt", b"5")
    parts = backend.read(token, Visitor(memory=memory))
    full = backend.read(token, Visitor(memory=memory, full=True))
    assert parts.listing is ListingKind.CHANGED_PARTS
    assert full.listing is ListingKind.INFINITY
    assert parts.tree == full.tree
    assert backend.read(token).tree == full.tree


@pytest.mark.needs(Feature.MOODS)
def test_a_mount_is_never_remembered(
    backend: DemoBackend, place: str, token: str, memory: ShareMemory
) -> None:
    """A mounted storage changes without telling its etag: it is listed each time."""
    backend.cloud.mount(f"{place}/Z")
    backend.read(token, Visitor(memory=memory))
    backend.cloud.write_unseen(f"{place}/Z/z.pdf", b"55555")
    tree = backend.read(token, Visitor(memory=memory)).tree
    assert tree is not None
    assert [file.size_bytes for file in tree.files if file.path == "Z/z.pdf"] == [5]


@pytest.mark.needs(Feature.MOODS)
@pytest.mark.parametrize(("kind", "requests"), [("external", 2), ("shared", 3)])
def test_a_share_on_a_mounted_storage(
    backend: DemoBackend, place: str, token: str, memory: ShareMemory, kind: str, requests: int
) -> None:
    """A share on another storage is listed anew each night in one answer, and its etag compared."""
    backend.cloud.mount(place.partition("/")[0], kind)
    backend.read(token, Visitor(memory=memory))
    backend.cloud.write_unseen(f"{place}/Z/z.pdf", b"55555")
    again = backend.read(token, Visitor(memory=memory))
    assert (again.listing, again.requests) == (ListingKind.INFINITY, requests)
    assert again.listed
    assert again.tree is not None
    link = backend.cloud.find_share(token)
    assert link is not None
    assert again.tree.files == describe_tree(link.node).files


@pytest.mark.parametrize("mounted", ["", "E 1"])
def test_a_team_folder_of_ten_thousand_files(memory: ShareMemory, mounted: str) -> None:
    """Unchanged it costs one request; any change four levels down at most seven.

    So it is where the team folder is the share itself, and where it is mounted below its root.
    """
    backend = DemoBackend("32.0.1")
    cloud, deep = backend.cloud, "Delt/E 1/E 2/E 3/E 4"
    for number in range(10_000):
        cloud.add_file(f"Delt/E 1/Emne {number % 100}/Fil {number}.txt")
    cloud.add_file(f"{deep}/dyb.txt", b"1")
    cloud.mount(f"Delt/{mounted}", "group")
    token = backend.share("Delt")
    changes = (
        lambda: cloud.add_file(f"{deep}/ny.txt", b"1"),
        lambda: cloud.write(f"{deep}/dyb.txt", b"22"),
        lambda: cloud.move(f"{deep}/dyb.txt", f"{deep}/omdøbt.txt"),
        lambda: cloud.move(f"{deep}/omdøbt.txt", "Delt/E 1/flyttet.txt"),
        lambda: cloud.delete(f"{deep}/ny.txt"),
    )
    with serve_cloud(cloud) as backend.server:
        backend.read(token, Visitor(memory=memory))
        assert changes
        for change in changes:
            unchanged = backend.read(token, Visitor(memory=memory))
            assert (unchanged.listing, unchanged.requests) == (ListingKind.UNCHANGED, 1)
            change()
            changed = backend.read(token, Visitor(memory=memory))
            assert changed.listing is ListingKind.CHANGED_PARTS
            assert changed.requests <= 7
            assert changed.tree == backend.read(token).tree


@pytest.mark.needs(Feature.MOODS)
def test_a_foreign_storage_in_a_team_folder_is_not_trusted(
    backend: DemoBackend, place: str, token: str, memory: ShareMemory
) -> None:
    """Its changes reach no etag of the team folder, which is therefore listed down to it."""
    backend.cloud.mount(place.partition("/")[0], "group")
    backend.cloud.mount(f"{place}/Z")
    backend.read(token, Visitor(memory=memory))
    backend.cloud.write_unseen(f"{place}/Z/z.pdf", b"55555")
    tree = backend.read(token, Visitor(memory=memory)).tree
    assert tree is not None
    assert tree.mounts == ("Z",)
    assert [file.size_bytes for file in tree.files if file.path == "Z/z.pdf"] == [5]


@pytest.mark.needs(Feature.MOODS)
def test_a_full_walk_sees_what_no_etag_tells(
    backend: DemoBackend, place: str, token: str, memory: ShareMemory
) -> None:
    """A file changed on disk is missed by the etags, and found when everything is listed."""
    remembered = backend.read(token, Visitor(memory=memory)).tree
    backend.cloud.write_unseen(f"{place}/Z/z.pdf", b"55555")
    assert backend.read(token, Visitor(memory=memory)).tree == remembered
    expect_truth(backend, token, backend.read(token, Visitor(memory=memory, full=True)))


@pytest.mark.needs(Feature.MOODS)
@pytest.mark.parametrize("status", [403, 404, 423, 500, 503])
def test_a_folder_that_fails_is_unread_not_empty(
    backend: DemoBackend, place: str, token: str, status: int
) -> None:
    """The rest is listed; what the folder holds is unknown, with its reason."""
    backend.cloud.moods.failing[f"{place}/A/B"] = status
    share = backend.read(token)
    assert share.status is ShareStatus.OK
    assert share.tree is not None
    assert [folder.path for folder in share.tree.unread] == ["A/B"]
    assert not share.listed
    assert [file.path for file in share.tree.files] == ["A/100% #1 æøå.txt", "Z/z.pdf"]


@pytest.mark.needs(Feature.MOODS)
def test_a_share_for_viewing_is_listed(backend: DemoBackend, place: str) -> None:
    """That files may not be downloaded does not hide them."""
    backend.add_file(f"{place}/x.txt", b"1")
    token = backend.share(place, Terms(rights=Rights.VIEW_ONLY))
    expect_truth(backend, token, backend.read(token))


@pytest.mark.needs(Feature.MOODS)
def test_a_dead_token_costs_one_try_and_one_page(backend: DemoBackend) -> None:
    """Failed tries are dear: the share is asked once, its page settles it."""
    share = backend.read("NoSuchToken0001")
    assert share.status is ShareStatus.GONE
    throttle = backend.cloud.throttle
    dav = throttle.failures(bucket=Bucket.LEGACY_DAV) + throttle.failures(bucket=Bucket.NEW_DAV)
    assert (dav, throttle.failures(bucket=Bucket.PAGE)) == (1, 1)


@pytest.mark.needs(Feature.MOODS)
def test_a_throttled_share_is_not_gone(backend: DemoBackend, token: str) -> None:
    """After too many failures good shares are refused as well: not looked at, says the share."""
    for bucket in Bucket:
        for _ in range(11):
            backend.cloud.throttle.count_failure("127.0.0.1", bucket)
    share = backend.read(token)
    assert (share.status, share.tree) == (ShareStatus.THROTTLED, None)


@pytest.mark.needs(Feature.MOODS)
def test_a_server_in_maintenance_is_not_empty(backend: DemoBackend, token: str) -> None:
    """Nothing follows from it."""
    backend.cloud.moods.maintenance = True
    share = backend.read(token)
    assert (share.status, share.tree) == (ShareStatus.UNREADABLE, None)


@pytest.mark.needs(Feature.MOODS)
def test_a_hidden_version_does_not_hide_the_share(backend: DemoBackend, token: str) -> None:
    """Where a proxy hides `status.php` the endpoint is found by asking."""
    backend.cloud.moods.status_page = False
    expect_truth(backend, token, backend.read(token))


@pytest.mark.needs(Feature.MOODS)
def test_without_federation_the_share_is_read(backend: DemoBackend, token: str) -> None:
    """The walk says that it is a script: `X-Requested-With`."""
    backend.cloud.moods.federation = False
    expect_truth(backend, token, backend.read(token))


@pytest.mark.needs(Feature.MOODS)
def test_unknown_properties_stay_unknown(backend: DemoBackend, token: str) -> None:
    """A server that does not tell sizes and ids is read; what it did not say is None."""
    backend.cloud.moods.hidden_properties |= {"oc:fileid", "oc:size", "d:getcontentlength"}
    share = backend.read(token)
    assert share.tree is not None
    assert {(file.file_id, file.size_bytes) for file in share.tree.files} == {(None, None)}


@pytest.mark.needs(Feature.MOODS)
def test_a_token_of_ones_own_with_a_hyphen(backend: DemoBackend, place: str) -> None:
    """Such a token is read on every version, by whichever endpoint takes it."""
    backend.add_file(f"{place}/x.txt", b"1")
    backend.cloud.share("min-egen", place)
    expect_truth(backend, "min-egen", backend.read("min-egen"))


@pytest.mark.needs(Feature.MOODS)
def test_a_server_that_is_down(backend: DemoBackend, token: str) -> None:
    """No connection is no answer: the share is unreadable."""
    backend.running.unplug()
    share = backend.read(token)
    backend.running.plug_in()
    assert (share.status, share.tree) == (ShareStatus.UNREADABLE, None)
