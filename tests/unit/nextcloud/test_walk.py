"""The walk learns the same tree whichever way it goes, and never drops what it could not read."""

from __future__ import annotations

import math
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncer.errors import NeedsPassword, NotFound, Protocol, RemoteError, Throttled, Transient
from syncer.model.reason import Reason
from syncer.model.shares import ListingKind, ShareTree, UnreadFolder
from syncer.nextcloud import walk as walk_module
from syncer.nextcloud.dav.multistatus import DavEntry, Depth, EntryKind
from syncer.nextcloud.tree import count_depth
from syncer.nextcloud.walk import Walk, WalkPlan, walk_share
from tests.property.reached import at_least, reached


@dataclass
class MemorySource:
    """A share in memory: folders end in a slash; any folder can be made to fail."""

    paths: set[str]
    failing: dict[str, RemoteError] = field(default_factory=dict)
    whole_tree: RemoteError | None = None
    clamped: bool = False
    mounted: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    etags: dict[str, str] = field(default_factory=dict)
    no_etags: frozenset[str] = frozenset()
    received: bool = False
    has_ids: bool = True
    asked: Counter[str] = field(default_factory=Counter)
    counting: threading.Lock = field(default_factory=threading.Lock)

    def entry(self, path: str) -> DavEntry:
        """Describe a file or folder."""
        folder = path in ("", *self.folders)
        size = sum(1 for each in self.files if each.startswith(f"{path}/") or not path)
        return DavEntry(
            path=path,
            href="/" + quote(path) + ("/" if folder and path else ""),
            kind=EntryKind.FOLDER if folder else EntryKind.FILE,
            size_bytes=size if folder else 1,
            file_id=hash(path) & 0xFFFF if self.has_ids else None,
            etag=None if path in self.no_etags else self.etags.get(path, "e"),
            permissions="RG",
            mount=self.mount_of(path),
        )

    def mount_of(self, path: str) -> str:
        """Say of every entry on a mounted storage that it lies there, as Nextcloud does."""
        if self.received:
            return "shared"
        above = [root for root in self.mounted | self.teams if _lies_in(path, root)]
        if not above:
            return ""
        return "external" if max(above) in self.mounted else "group"

    @property
    def folders(self) -> set[str]:
        """Every folder but the root."""
        return {path.rstrip("/") for path in self.paths if path.endswith("/")}

    @property
    def files(self) -> set[str]:
        """Every file."""
        return {path for path in self.paths if not path.endswith("/")}

    def below(self, path: str) -> Iterator[DavEntry]:
        """Describe everything below a folder, parents first."""
        start = f"{path}/" if path else ""
        for each in sorted(self.folders | self.files):
            if each.startswith(start):
                yield self.entry(each)

    def list_folder(self, href: str | None, depth: Depth) -> tuple[DavEntry, ...]:
        """Answer a PROPFIND of Depth 0 or 1."""
        path = next((each for each in self.folders if "/" + quote(each) + "/" == href), "")
        return self.list_path(path, depth)

    def list_path(self, path: str, depth: Depth = Depth.ONE) -> tuple[DavEntry, ...]:
        """Answer a PROPFIND of Depth 0 or 1."""
        with self.counting:
            self.asked[f"{depth} {path}".strip()] += 1
        if path in self.failing:
            raise self.failing[path]
        if path and path not in self.folders:
            raise NotFound("not-found")
        children = [child for child in self.below(path) if child.path.rpartition("/")[0] == path]
        return (self.entry(path), *(children if depth is Depth.ONE else ()))

    def stream_tree(self) -> Iterator[DavEntry]:
        """Answer a PROPFIND of Depth infinity."""
        self.asked["infinity"] += 1
        if self.failing:
            yield self.entry("")
            raise Protocol("truncated")
        if self.whole_tree is not None:
            raise self.whole_tree
        yield self.entry("")
        for each in self.below(""):
            if not self.clamped or "/" not in each.path:
                yield each


def _lies_in(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


PATHS = {"A/", "A/a.txt", "A/B/", "A/B/b.txt", "A/B/C/", "A/B/C/c.txt", "D/", "D/d.txt", "x.txt"}
ALL_FOLDERS = ("", "A", "A/B", "A/B/C", "D")


def walk(
    source: MemorySource,
    *,
    infinity: bool = True,
    remembered: ShareTree | None = None,
    stop: threading.Event | None = None,
    only: tuple[str, ...] | None = None,
    ends_at: float = math.inf,
    workers: int = 3,
) -> Walk:
    """Walk a source; what is remembered is believed where the root says so."""
    tree = remembered
    root_etag = tree.folders[0].etag if tree is not None and tree.folders else None
    return walk_share(
        source,
        WalkPlan(
            remembered=None if tree is None else lambda: tree,
            root_known=lambda root: root_etag is not None and root.etag == root_etag,
            may_use_infinity=infinity,
            workers=workers,
            stop=stop or threading.Event(),
            on_folder=lambda *_: None,
            only=only,
            ends_at=ends_at,
        ),
    )


def test_one_request_for_the_whole_tree() -> None:
    """A whole tree in one answer, sorted, nothing unread; then one for the root's etag."""
    source = MemorySource(PATHS)
    found = walk(source)
    assert source.asked == {"infinity": 1, "0": 1}
    assert (found.listing, found.infinity_failed) == (ListingKind.INFINITY, False)
    assert found.tree.complete
    assert tuple(folder.path for folder in found.tree.folders) == ALL_FOLDERS
    assert [file.path for file in found.tree.files] == sorted(source.files)


def test_folder_by_folder_asks_for_each_once() -> None:
    """Depth 1 needs one request per folder and learns the same tree."""
    source = MemorySource(PATHS)
    found = walk(source, infinity=False)
    assert source.asked == {"0": 1} | {f"1 {path}".strip(): 1 for path in ALL_FOLDERS}
    assert found.tree == walk(MemorySource(PATHS)).tree
    assert (found.listing, found.infinity_failed) == (ListingKind.DEPTH_1, False)


@pytest.mark.parametrize(
    "error",
    [Protocol("truncated"), Protocol("http-status", status=412), Transient("timeout"),
     NotFound("not-found")],
)  # fmt: skip
def test_a_whole_tree_that_is_not_given_whole(error: RemoteError) -> None:
    """The walk goes on folder by folder, and tells that asking for all was in vain."""
    found = walk(MemorySource(PATHS, whole_tree=error))
    assert (found.listing, found.infinity_failed) == (ListingKind.DEPTH_1, True)
    assert found.tree == walk(MemorySource(PATHS)).tree


@pytest.mark.parametrize("code", ["bad-href", "duplicate-entry", "too-deep", "too-many"])
def test_a_whole_tree_that_was_given_and_cannot_be_used(code: str) -> None:
    """That is this share's own affair: the server's other shares are asked at once all the same."""
    found = walk(MemorySource(PATHS, whole_tree=Protocol(code)))
    assert (found.listing, found.infinity_failed) == (ListingKind.DEPTH_1, False)
    assert found.tree == walk(MemorySource(PATHS)).tree


@pytest.mark.parametrize(
    "error",
    [NeedsPassword("not-authenticated"), NotFound("share-not-found"), Throttled("throttled"),
     RemoteError("upload-only"), RemoteError("maintenance"), RemoteError("stopped")],
)  # fmt: skip
def test_a_refusal_that_costs_is_not_asked_for_twice(error: RemoteError) -> None:
    """What concerns the share is raised at once: another try would count as a failed one."""
    source = MemorySource(PATHS, whole_tree=error)
    with pytest.raises(RemoteError) as caught:
        walk(source)
    assert caught.value is error
    assert source.asked == {"infinity": 1}


def test_a_server_that_silently_answers_depth_1() -> None:
    """Folders that came without content are looked into; nothing is taken for empty."""
    source = MemorySource(PATHS, clamped=True)
    found = walk(source)
    assert found.tree == walk(MemorySource(PATHS)).tree
    assert (found.listing, found.infinity_failed) == (ListingKind.DEPTH_1, True)
    assert source.asked["1"] == 0


def test_an_empty_folder_high_up_is_believed_and_one_at_the_edge_is_checked() -> None:
    """A limit would lie at the deepest level that the answer reached."""
    source = MemorySource({*PATHS, "Tom/", "A/B/C/Tom/"})
    found = walk(source)
    assert source.asked == {"infinity": 1, "1 A/B/C/Tom": 1, "0": 1}
    assert (found.listing, found.infinity_failed) == (ListingKind.INFINITY, False)


def test_an_empty_share_is_checked() -> None:
    """A root without anything in it is asked for once more."""
    source = MemorySource(set())
    assert walk(source).tree.complete
    assert source.asked == {"infinity": 1, "1": 1}


class _Odd(MemorySource):
    """Adds one odd entry to each whole tree."""

    extra: DavEntry

    def stream_tree(self) -> Iterator[DavEntry]:
        yield from super().stream_tree()
        yield self.extra


@pytest.mark.parametrize(
    ("path", "infinity_failed"),
    [("x.txt", False), ("A", False), ("Ukendt/y.txt", True), ("A/B/b.txt", False)],
)
def test_a_whole_tree_that_contradicts_itself_is_none(path: str, infinity_failed: bool) -> None:
    """A path twice, or one whose folder was never named, spoils the answer.

    Two names that are one path to us are that share's own, and no failure of the server.
    """
    source = _Odd(PATHS)
    source.extra = source.entry("x.txt")._replace(path=path)
    found = walk(source)
    assert (found.listing, found.infinity_failed) == (ListingKind.DEPTH_1, infinity_failed)
    assert found.tree == walk(MemorySource(PATHS)).tree


def test_a_failing_folder_is_unread_and_its_sisters_are_listed() -> None:
    """What could not be read is told with its reason; etags above it are not trusted again."""
    found = walk(MemorySource(PATHS, failing={"A/B": Protocol("http-status", status=403)}))
    assert [(each.path, each.reason.code) for each in found.tree.unread] == [
        ("A/B", "server-status")
    ]
    assert {file.path for file in found.tree.files} == {"A/a.txt", "D/d.txt", "x.txt"}
    etags = {folder.path: folder.etag for folder in found.tree.folders}
    assert etags == {"": None, "A": None, "A/B": None, "D": "e"}


def test_a_failing_root_is_an_error() -> None:
    """Nothing is known then."""
    with pytest.raises(Transient):
        walk(MemorySource(PATHS, failing={"": Transient("timeout")}))


def test_a_server_that_goes_down_is_not_asked_for_every_folder() -> None:
    """After some failures in a row the rest is left, each folder with the reason."""
    paths = {f"{number:03}/" for number in range(100)}
    failing: dict[str, RemoteError] = {path.rstrip("/"): Transient("timeout") for path in paths}
    source = MemorySource(paths, failing=failing)
    found = walk(source, infinity=False)
    assert len(found.tree.unread) == 1 + len(paths)
    assert source.asked.total() < 15
    assert found.server_failed is not None


def test_a_throttle_ends_the_walk() -> None:
    """A lock-out in the middle leaves the rest alone."""
    paths = {f"{number:03}/" for number in range(100)}
    failing: dict[str, RemoteError] = {path.rstrip("/"): Throttled("throttled") for path in paths}
    source = MemorySource(paths, failing=failing)
    found = walk(source, infinity=False)
    assert source.asked.total() < 8
    assert {each.reason.code for each in found.tree.unread} == {"server-throttled"}


@pytest.mark.parametrize(
    "error",
    [NotFound("share-not-found"), NeedsPassword("wants-login"), RemoteError("maintenance")],
)
def test_a_share_that_goes_in_the_middle_ends_the_walk(error: RemoteError) -> None:
    """Each further folder would be a failed try more: the rest is not asked, and unread."""
    paths = {f"{number:03}/" for number in range(100)}
    source = MemorySource(paths, failing={path.rstrip("/"): error for path in paths})
    found = walk(source, infinity=False)
    assert source.asked.total() < 8
    assert len(found.tree.unread) == 1 + len(paths)
    assert found.server_failed is error


def test_folders_of_their_own_failures_are_no_failure_of_the_server() -> None:
    """A refused folder is an answer: what failed before it and after it is not in a row."""
    paths = {f"{number:02}/" for number in range(20)}
    failing: dict[str, RemoteError] = {
        path.rstrip("/"): Protocol("http-status", status=403) for path in paths
    }
    failing["19"] = failing["10"] = Transient("http-status", status=503)
    source = MemorySource(paths, failing=failing)
    found = walk(source, infinity=False)
    assert source.asked.total() == 1 + 20 + 1
    assert found.server_failed is None


NO_WEBDAV = ("doctype", "empty-answer", "not-multistatus", "not-xml", "redirected")


@pytest.mark.parametrize(("failing", "ends"), [(4, False), (5, True)])
@pytest.mark.parametrize("code", NO_WEBDAV)
def test_a_page_in_front_of_everything_ends_the_walk(code: str, failing: int, ends: bool) -> None:
    """Each answer of a login page or a proxy, five times in a row and not four."""
    assert set(NO_WEBDAV) == walk_module._NO_WEBDAV
    assert {"maintenance", "share-not-found"} == walk_module._SHUT
    errors: dict[str, RemoteError] = {f"{number}": Protocol(code) for number in range(failing)}
    found = walk(MemorySource({f"{path}/" for path in errors}, failing=errors), infinity=False)
    assert (found.server_failed is not None) is ends
    assert len(found.tree.unread) == failing + ends


@pytest.mark.parametrize(
    ("limit", "value", "unread"),
    [
        ("walk.MAX_DEPTH", 2, {"A/B": "folder-too-deep"}),
        ("tree.MAX_ENTRIES", 4, {"A": "share-too-big", "D": "share-too-big"}),
        ("tree.MAX_FOLDERS", 3, {"A": "share-too-big", "D": "share-too-big"}),
        ("tree.MAX_PATH_BYTES", 6, {"A": "share-too-big", "D": "share-too-big"}),
        ("tree.MAX_PATH_BYTES", 1_000, {}),
    ],
)
def test_what_is_beyond_a_bound_is_unread(
    limit: str, value: int, unread: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each folder with the reason; the root's two folders and file have seven bytes."""
    monkeypatch.setattr(f"syncer.nextcloud.{limit}", value)
    found = walk(MemorySource(PATHS), infinity=False)
    assert {each.path: each.reason.code for each in found.tree.unread} == unread


@pytest.mark.parametrize(
    ("per_listing", "listing"), [(1, ListingKind.CHANGED_PARTS), (9, ListingKind.INFINITY)]
)
def test_of_a_large_share_more_folders_are_listed(
    per_listing: int, listing: ListingKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as cost no more than the whole tree: it has 41 entries, and 21 changed."""
    monkeypatch.setattr(walk_module, "ENTRIES_PER_LISTING", per_listing)
    paths = {f"{number:02}/{name}" for number in range(20) for name in ("", "a.txt")}
    before = walk(MemorySource(paths)).tree
    etags = {f"{number:02}": "ny" for number in range(20)} | {"": "ny"}
    assert walk(MemorySource(paths, etags=etags), remembered=before).listing is listing


@dataclass
class _Ending(MemorySource):
    """A share that gives so many answers, and then always the same error, as our client does."""

    error: RemoteError = field(default_factory=lambda: RemoteError("out-of-time"))
    after: int = 1
    stop: threading.Event = field(default_factory=threading.Event)

    def list_path(self, path: str, depth: Depth = Depth.ONE) -> tuple[DavEntry, ...]:
        if self.asked.total() >= self.after:
            raise self.error
        answer = super().list_path(path, depth)
        if self.asked.total() >= self.after:
            self.stop.set()
        return answer


def test_after_a_stop_no_folder_is_asked_for() -> None:
    """Also where the server goes on to answer."""
    stop, source = threading.Event(), MemorySource(PATHS)
    plan = WalkPlan(workers=1, stop=stop, on_folder=lambda *_: stop.set())
    found = walk_share(source, plan)
    assert source.asked == {"1": 1, "0": 1}
    assert found.tree.unread == tuple(UnreadFolder(one, Reason("run-stopped")) for one in "AD")


def test_a_stop_leaves_the_rest_unread() -> None:
    """A run that is told to stop asks for nothing more, and what it has proves no absence."""
    stop = threading.Event()
    source = _Ending(PATHS, error=RemoteError("stopped"), stop=stop)
    found = walk(source, infinity=False, stop=stop)
    assert source.asked == {"1": 1}
    assert {each.path: each.reason.code for each in found.tree.unread} == dict.fromkeys(
        ("", "A", "D"), "run-stopped"
    )


def test_a_walk_that_ends_early_proves_no_absence() -> None:
    """A file that was moved meanwhile can be missing also from folders that were listed."""
    source = _Ending(
        PATHS, failing={"D": Throttled("throttled")}, error=Throttled("throttled"), after=4
    )
    found = walk(source, infinity=False, workers=1)
    assert {file.path for file in found.tree.files} >= {"x.txt"}
    assert "" in {each.path for each in found.tree.unread}
    assert isinstance(found.server_failed, Throttled)


def test_an_unchanged_share_costs_one_request() -> None:
    """The root's etag answers for everything below it."""
    before = walk(MemorySource(PATHS)).tree
    source = MemorySource(PATHS)
    found = walk(source, remembered=before)
    assert source.asked == {"0": 1}
    assert (found.listing, found.tree) == (ListingKind.UNCHANGED, before)


def test_a_change_costs_a_listing_per_level() -> None:
    """Only folders whose etag changed are listed; the rest is as remembered."""
    before = walk(MemorySource(PATHS)).tree
    changed = dict.fromkeys(("", "A", "A/B"), "ny")
    source = MemorySource({*PATHS, "A/B/ny.txt"}, etags=changed)
    found = walk(source, remembered=before)
    assert source.asked == {"0": 2, "1": 1, "1 A": 1, "1 A/B": 1}
    assert found.listing is ListingKind.CHANGED_PARTS
    assert found.tree == walk(MemorySource({*PATHS, "A/B/ny.txt"}, etags=changed)).tree


def test_the_same_etag_of_another_folder_is_no_proof() -> None:
    """Etags are change markers: a folder that took another's place is listed."""
    before = walk(MemorySource(PATHS)).tree
    folders = tuple(
        replace(folder, file_id=-1) if folder.path == "D" else folder for folder in before.folders
    )
    source = MemorySource(PATHS, etags={"": "ny"})
    walk(source, remembered=replace(before, folders=folders))
    assert source.asked == {"0": 2, "1": 1, "1 D": 1}


def test_much_that_changed_is_asked_for_at_once() -> None:
    """Where listing the changed folders costs more, the whole tree is asked for."""
    paths = {f"{number:02}/{name}" for number in range(30) for name in ("", "a.txt")}
    before = walk(MemorySource(paths)).tree
    changed = {f"{number:02}": "ny" for number in range(30)}
    source = MemorySource(paths, etags={"": "ny", **changed})
    found = walk(source, remembered=before)
    assert found.listing is ListingKind.INFINITY
    assert source.asked == {"0": 2, "1": 1, "infinity": 1}
    refused = walk(MemorySource(paths, etags={"": "ny", **changed}), infinity=False,
                   remembered=before)  # fmt: skip
    assert refused.listing is ListingKind.CHANGED_PARTS
    assert refused.tree == found.tree


def test_no_more_folders_are_listed_in_vain_than_a_whole_tree_costs() -> None:
    """Those being asked for count too: the walk turns round before the limit, not after it."""
    paths = {f"{top}/" * depth for top in "abc" for depth in range(1, 7)}
    etags = {path.rstrip("/"): "ny" for path in paths} | {"": "ny"}
    paths |= {f"{path}a.txt" for path in paths}
    before = walk(MemorySource(paths)).tree
    source = MemorySource(paths, etags=etags)
    assert walk(source, remembered=before).listing is ListingKind.INFINITY
    assert sum(n for asked, n in source.asked.items() if asked.startswith("1")) <= 8


def test_no_etag_is_trusted_across_a_mount() -> None:
    """Changes on another storage reach no etag above it: it is listed every time."""
    source = MemorySource(PATHS, mounted=frozenset({"A/B"}))
    before = walk(source).tree
    etags = {folder.path: folder.etag for folder in before.folders}
    assert etags == {"": None, "A": None, "A/B": None, "A/B/C": None, "D": "e"}
    again = MemorySource({*PATHS, "A/B/C/ny.txt"}, mounted=frozenset({"A/B"}))
    found = walk(again, remembered=before)
    assert "A/B/C/ny.txt" in {file.path for file in found.tree.files}
    assert again.asked["1 D"] == 0


def test_a_storage_that_was_mounted_since() -> None:
    """A folder that bears its old etag and is another storage now is listed."""
    before = walk(MemorySource(PATHS)).tree
    source = MemorySource({*PATHS, "D/ny.txt"}, mounted=frozenset({"D"}), etags={"": "ny"})
    found = walk(source, remembered=before)
    assert "D/ny.txt" in {file.path for file in found.tree.files}


def test_a_folder_without_an_id_is_never_known() -> None:
    """Another folder may be in its place, and equal etags are no proof that it is the same."""
    before = walk(MemorySource(PATHS, has_ids=False)).tree
    other = MemorySource({"A/", "A/other.txt", "D/"}, etags={"": "ny"}, has_ids=False)
    found = walk(other, remembered=before)
    assert {file.path for file in found.tree.files} == {"A/other.txt"}


def test_a_mounted_root_is_never_known() -> None:
    """A share that is another storage is walked each time, at once: no folder would be spared."""
    source = MemorySource({*PATHS, "Tom/"}, mounted=frozenset({""}))
    before = walk(source).tree
    assert {folder.etag for folder in before.folders} == {None}
    assert source.asked == {"infinity": 1}
    assert walk(source, remembered=before).tree == before
    assert source.asked == {"0": 1, "infinity": 2}


def test_the_etags_of_a_team_folder_are_trusted() -> None:
    """One request when nothing has changed, and the mounts are known as after a walk."""
    source = MemorySource(PATHS, teams=frozenset({"A/B"}))
    before = walk(source).tree
    assert before.mounts == ("A/B",)
    assert {folder.etag for folder in before.folders} == {"e"}
    again = walk(source, remembered=before)
    assert (again.listing, again.tree) == (ListingKind.UNCHANGED, before)
    changed = MemorySource({*PATHS, "D/ny.txt"}, teams=source.teams, etags={"": "ny", "D": "ny"})
    found = walk(changed, remembered=before)
    assert changed.asked == {"0": 2, "1": 1, "1 D": 1}
    assert found.tree.mounts == ("A/B",)


def test_another_storage_in_a_team_folder_is_not_trusted() -> None:
    """Neither it nor what is above it, also in the team folder."""
    source = MemorySource(PATHS, mounted=frozenset({"A/B/C"}), teams=frozenset({"A"}))
    tree = walk(source).tree
    assert tree.mounts == ("A", "A/B/C")
    assert [folder.path for folder in tree.folders if folder.etag] == ["D"]


def test_an_empty_mount_is_looked_into() -> None:
    """A mounted storage that shows nothing is asked by itself; empty folders on it are not."""
    source = MemorySource({*PATHS, "D/Tom/", "E/"}, mounted=frozenset({"D", "E"}))
    walk(source)
    assert source.asked["1 E"] == 1
    assert source.asked["1 D/Tom"] == 0


def test_only_some_folders() -> None:
    """A scope holds its folders and the way to them; what is not there is unread, not gone."""
    source = MemorySource(PATHS)
    found = walk(source, only=("A/B", "A/B/C"))
    assert source.asked == {"0": 2, "1 A/B": 1, "1 A/B/C": 1}
    assert tuple(folder.path for folder in found.tree.folders) == ("", "A", "A/B", "A/B/C")
    assert {file.path for file in found.tree.files} == {"A/B/b.txt", "A/B/C/c.txt"}
    lost = walk(MemorySource(PATHS), only=("Væk",))
    assert [(each.path, each.reason.code) for each in lost.tree.unread] == [
        ("Væk", "server-not-found")
    ]


class _Colliding(MemorySource):
    """Shows two folders and two files whose names differ in their Unicode form alone."""

    def list_path(self, path: str, depth: Depth = Depth.ONE) -> tuple[DavEntry, ...]:
        entries = super().list_path(path, depth)
        if path or depth is Depth.ZERO:
            return entries
        twins = (
            entry._replace(href=quote(unicodedata.normalize("NFD", unquote(entry.href))), file_id=7)
            for entry in entries
            if entry.path in ("Å", "å.txt")
        )
        return (*entries, *twins)


def test_names_that_differ_in_form_alone() -> None:
    """Both files are known, each by its id; of two folders one was not read, and that is told."""
    found = walk(_Colliding({"Å/", "Å/a.txt", "å.txt"}), infinity=False)
    assert [each.reason.code for each in found.tree.unread] == ["folder-names-collide"]
    assert {file.path: file.file_id == 7 for file in found.tree.files} == {
        "Å/a.txt": False,
        "å.txt": False,
        unicodedata.normalize("NFD", "å.txt"): True,
    }


def _trees() -> st.SearchStrategy[set[str]]:
    names = st.sampled_from(["a", "b", "c d", "æ"])
    paths = st.lists(names, min_size=1, max_size=4).map("/".join)

    def close(chosen: Iterable[str]) -> set[str]:
        folders: set[str] = set()
        for path in chosen:
            parts = path.split("/")
            folders |= {"/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1)}
        return folders | {f"{folder}fil.txt" for folder in folders if len(folder) % 3}

    return st.lists(paths, max_size=8).map(close)


@at_least(unread=10, known=10)
@given(_trees(), st.data())
def test_no_lost_listing_makes_anything_absent(paths: set[str], data: st.DataObject) -> None:
    """Whatever fails, each path of the truth is in the tree or below something unread."""
    source = MemorySource(paths)
    lost = data.draw(st.sets(st.sampled_from(sorted(source.folders) or ["ingen"])))
    source.failing = dict.fromkeys(lost & source.folders, Transient("timeout"))
    found = walk(source, infinity=data.draw(st.booleans()))
    known = {file.path for file in found.tree.files}
    known |= {folder.path for folder in found.tree.folders}
    unread = tuple(each.path for each in found.tree.unread)
    for path in source.files | source.folders:
        assert path in known or path.startswith(tuple(f"{each}/" for each in unread))
        reached("known" if path in known else "unread")
    assert found.tree.complete == (not source.failing)


@at_least(spared=10)
@given(_trees(), _trees(), st.sets(st.sampled_from(["", "A", "A/B", "B"])))
def test_what_is_remembered_changes_nothing(
    before: set[str], after: set[str], teams: set[str]
) -> None:
    """A tree learnt with the help of an older one is the tree learnt without it."""
    old = MemorySource(before, teams=frozenset(teams))
    new = MemorySource(after, teams=frozenset(teams))
    touched = {path.rstrip("/") for path in before ^ after}
    above = {
        "/".join(path.split("/")[:end]) for path in touched for end in range(count_depth(path) + 1)
    }
    new.etags = dict.fromkeys(above, "ny")
    remembered = walk(old).tree
    asked_anew = MemorySource(after, etags=new.etags, teams=new.teams)
    truth = walk(asked_anew, infinity=False).tree
    assert walk(new, remembered=remembered).tree == truth
    reached("spared", asked_anew.asked.total() - new.asked.total())


class _SingleFile(MemorySource):
    """A share whose root is a file."""

    def entry(self, path: str) -> DavEntry:
        return super().entry(path)._replace(kind=EntryKind.FILE, size_bytes=3)


@pytest.mark.parametrize("infinity", [True, False])
@pytest.mark.parametrize("only", [None, ("A",)])
def test_a_single_file_whichever_way(infinity: bool, only: tuple[str, ...] | None) -> None:
    """The root is the file; nothing else is asked."""
    source = _SingleFile(set())
    found = walk(source, infinity=infinity, only=only)
    assert found.tree.single_file
    assert [file.size_bytes for file in found.tree.files] == [3]
    assert source.asked.total() == 1


def test_a_folder_that_became_a_file() -> None:
    """A share that was a folder and is a file now is walked as what it is."""
    before = walk(MemorySource(PATHS)).tree
    source = _SingleFile(set(), etags={"": "ny"})
    assert walk(source, remembered=before).tree.single_file
    assert source.asked == {"0": 1}


class _Turning(_SingleFile):
    """Turns into a file between the first look and the listing."""

    def entry(self, path: str) -> DavEntry:
        if not self.asked["1"]:
            return MemorySource.entry(self, path)
        return super().entry(path)


def test_a_folder_that_becomes_a_file_meanwhile() -> None:
    """Each answer is taken as it is, and nothing else is asked."""
    before = walk(MemorySource(PATHS)).tree
    source = _Turning(set(), etags={"": "ny"})
    assert walk(source, remembered=before).tree.single_file
    assert source.asked == {"0": 1, "1": 1}


def test_a_walk_that_takes_too_long() -> None:
    """What was not read in time is unread, and what was read proves no absence."""
    found = walk(_Ending(PATHS), infinity=False, ends_at=time.monotonic())
    assert {each.path: each.reason.code for each in found.tree.unread} == dict.fromkeys(
        ("", "A", "D"), "walk-out-of-time"
    )
    assert found.server_failed is None


@pytest.mark.parametrize(
    ("limit", "value"), [("MAX_DEPTH", 2), ("MAX_ENTRIES", 3), ("MAX_FOLDERS", 2)]
)
def test_a_whole_tree_beyond_a_limit(
    limit: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not taken; the walk by folder says what was left out."""
    monkeypatch.setattr(f"syncer.nextcloud.tree.{limit}", value)
    monkeypatch.setattr(f"syncer.nextcloud.walk.{limit}", value, raising=False)
    found = walk(MemorySource(PATHS))
    assert (found.listing, found.infinity_failed) == (ListingKind.DEPTH_1, False)
    assert not found.tree.complete


class _Strange(MemorySource):
    """Answers for one folder with entries of our choice."""

    answer: tuple[DavEntry, ...]

    def list_path(self, path: str, depth: Depth = Depth.ONE) -> tuple[DavEntry, ...]:
        return self.answer if path == "D" else super().list_path(path, depth)


@pytest.mark.parametrize("kind", list(EntryKind))
def test_strange_answers_for_a_folder(kind: EntryKind) -> None:
    """A folder that is a file, a child twice, a child that is unclear: unread, each."""
    source = _Strange(PATHS)
    child = source.entry("D/d.txt")._replace(kind=EntryKind.UNKNOWN)
    match kind:
        case EntryKind.FILE:
            source.answer = (source.entry("D")._replace(kind=EntryKind.FILE),)
        case EntryKind.FOLDER:
            source.answer = (source.entry("D"), child, child)
        case EntryKind.UNKNOWN:
            source.answer = (source.entry("D"), child)
    found = walk(source, infinity=False)
    assert [each.path.partition("/")[0] for each in found.tree.unread] == ["D"]


@pytest.mark.parametrize(
    "code", ["doctype", "empty-answer", "not-multistatus", "not-xml", "redirected"]
)
def test_a_login_page_for_every_folder_ends_the_walk(code: str) -> None:
    """Five folders in a row without any WebDAV: the rest is not asked, and unread."""
    paths = {f"{number:02}/" for number in range(40)}
    page = Protocol(code, status=200)
    source = MemorySource(paths, {path.rstrip("/"): page for path in paths})
    found = walk(source, infinity=False)
    assert source.asked.total() < 12
    assert len(found.tree.unread) == 1 + len(paths)
    assert found.server_failed is page


def test_folders_that_are_refused_do_not_end_the_walk() -> None:
    """A refusal is the folder's own, however many there are."""
    paths = {f"{number:02}/" for number in range(40)}
    refused = Protocol("http-status", status=403)
    source = MemorySource(paths, {path.rstrip("/"): refused for path in paths})
    found = walk(source, infinity=False)
    assert source.asked.total() == 1 + 40 + 1
    assert found.server_failed is None


@dataclass
class _FailingStorage(MemorySource):
    """Counts the bytes in a folder, and shows none of its files: the storage behind it fails."""

    silent: str = "D"

    def below(self, path: str) -> Iterator[DavEntry]:
        """Leave out what lies in the silent folder."""
        return (each for each in super().below(path) if not each.path.startswith(f"{self.silent}/"))


@pytest.mark.parametrize("infinity", [True, False])
def test_a_folder_with_bytes_and_no_files_was_not_read(infinity: bool) -> None:
    """Nextcloud answers so when a storage fails; nothing in that folder is gone."""
    found = walk(_FailingStorage(PATHS), infinity=infinity)
    assert [(each.path, each.reason.code) for each in found.tree.unread] == [
        ("D", "folder-shows-nothing")
    ]
    assert not found.tree.complete


@dataclass
class _BusyShare(MemorySource):
    """A share in which a file is moved from A to D after some listings, and then perhaps back."""

    moves: int = 1
    first_move_after: int = 2
    silently: bool = False

    def move(self) -> None:
        """Move the file if it is time; folders and root get new etags."""
        if self.asked.total() >= self.first_move_after and self.moves:
            self.moves -= 1
            there, here = (
                ("A/a.txt", "D/a.txt") if "A/a.txt" in self.paths else ("D/a.txt", "A/a.txt")
            )
            self.paths = self.paths - {there} | {here}
            if not self.silently:
                self.etags |= dict.fromkeys(("", "A", "D"), f"move {self.moves}")

    def list_path(self, path: str, depth: Depth = Depth.ONE) -> tuple[DavEntry, ...]:
        """Move the file after the answer."""
        answer = super().list_path(path, depth)
        self.move()
        return answer

    def stream_tree(self) -> Iterator[DavEntry]:
        """Move the file while the answer is sent: D had been read, A had not."""
        entries = list(super().stream_tree())
        self.move()
        yield from (entry for entry in entries if entry.path != "A/a.txt")


@pytest.mark.parametrize("infinity", [False, True])
@pytest.mark.parametrize("only", [None, ("A", "D")])
def test_a_file_that_is_moved_during_the_walk(infinity: bool, only: tuple[str, ...] | None) -> None:
    """It was in no listing: the root's etag tells, and only what changed is listed again."""
    source = _BusyShare(set(PATHS), first_move_after=1 if infinity and only is None else 2)
    found = walk(source, infinity=infinity, only=only, workers=1)
    assert [file.path for file in found.tree.files if file.name == "a.txt"] == ["D/a.txt"]
    assert found.tree.complete
    assert source.asked["1 A/B"] <= 1
    kind = ListingKind.INFINITY if infinity and only is None else ListingKind.DEPTH_1
    assert found.listing is kind


_ROOTS_THAT_TELL_LITTLE = [
    pytest.param({"received": True}, id="received"),
    pytest.param({"mounted": frozenset({""})}, id="external"),
    pytest.param({"mounted": frozenset({"A", "D"})}, id="external below the root"),
    pytest.param({"no_etags": frozenset({""})}, id="no etag at the root"),
    pytest.param({"no_etags": frozenset(ALL_FOLDERS)}, id="no etags"),
]


@pytest.mark.parametrize("only", [None, ("A", "D")])
@pytest.mark.parametrize("share", _ROOTS_THAT_TELL_LITTLE)
def test_a_file_that_is_moved_where_no_etag_tells_it(
    share: dict[str, Any], only: tuple[str, ...] | None
) -> None:
    """The folders are listed again, until two listings of all say the same."""
    source = _BusyShare(set(PATHS), silently="mounted" in share, **share)
    found = walk(source, infinity=False, only=only, workers=1)
    assert [file.path for file in found.tree.files if file.name == "a.txt"] == ["D/a.txt"]
    assert (found.tree.complete, found.listing) == (True, ListingKind.DEPTH_1)


def test_a_file_that_is_moved_while_a_received_folder_is_sent() -> None:
    """Its etag tells that also of one answer; then its folders are listed until two walks agree."""
    source = _BusyShare(set(PATHS), first_move_after=1, received=True)
    found = walk(source, workers=1)
    assert [file.path for file in found.tree.files if file.name == "a.txt"] == ["D/a.txt"]
    assert (found.tree.complete, found.listing) == (True, ListingKind.INFINITY)


@pytest.mark.parametrize("share", _ROOTS_THAT_TELL_LITTLE[1:])
def test_a_share_without_telling_etags_that_never_rests(share: dict[str, Any]) -> None:
    """Nothing of it may be denied."""
    source = _BusyShare(set(PATHS), moves=1000, first_move_after=1, **share)
    tree = walk(source, infinity=False, workers=1).tree
    assert [(each.path, each.reason.code) for each in tree.unread] == [("", "share-kept-changing")]


@pytest.mark.parametrize(
    ("share", "asked"),
    [
        ({"received": True}, {"0": 1, "1": 1, "1 A": 1, "1 A/B": 1, "1 A/B/C": 1, "1 D": 1}),
        ({"mounted": frozenset({""})}, {"1": 2, "1 A": 2, "1 A/B": 2, "1 A/B/C": 2, "1 D": 2}),
        ({"mounted": frozenset({"D"})}, {"1": 2, "1 A": 1, "1 A/B": 1, "1 A/B/C": 1, "1 D": 2}),
        ({"no_etags": frozenset({""})}, {"1": 2, "1 A": 1, "1 A/B": 1, "1 A/B/C": 1, "1 D": 1}),
    ],
)
def test_a_quiet_share_costs_no_more_than_its_proof(
    share: dict[str, Any], asked: dict[str, int]
) -> None:
    """Where an etag tells changes, its folder is not listed again."""
    source = MemorySource(PATHS, **share)
    assert walk(source, infinity=False).tree.complete
    assert source.asked == asked


def test_two_walks_agree_only_on_what_both_have_read() -> None:
    """A folder that was unread and is then empty was listed once: its file may be elsewhere."""

    class Heals(MemorySource):
        def list_path(self, path: str, depth: Depth = Depth.ONE) -> tuple[DavEntry, ...]:
            if self.asked["1"] == 2:
                self.failing = {}
            return super().list_path(path, depth)

    failing: dict[str, RemoteError] = {"A": Protocol("truncated")}
    source = Heals({"A/", "D/"}, failing, no_etags=frozenset(ALL_FOLDERS))
    assert walk(source, infinity=False, workers=1).tree.complete
    assert source.asked["1 D"] == 3


def test_a_share_that_never_rests_proves_no_absence() -> None:
    """It is walked three times; then nothing may be denied of it, and its etag is not trusted."""
    source = _BusyShare(set(PATHS), moves=1000, first_move_after=1)
    tree = walk(source, infinity=False).tree
    assert [(each.path, each.reason.code) for each in tree.unread] == [("", "share-kept-changing")]
    assert tree.folders[0].etag is None
    assert source.asked["1"] == 3


def test_changes_outside_of_the_scope_do_not_matter() -> None:
    """A busy account changes its root's etag all the time."""
    source = _BusyShare(set(PATHS), moves=1000, first_move_after=1)
    found = walk(source, only=("A/B",))
    assert found.tree.complete
    assert source.asked["1 A/B"] == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [(Transient("timeout"), "server-timeout"), (NotFound("share-not-found"), "server-not-found")],
)
def test_a_root_that_cannot_be_asked_again_proves_no_absence(error: RemoteError, code: str) -> None:
    """What was found stays found."""

    class Falls(MemorySource):
        def list_path(self, path: str, depth: Depth = Depth.ONE) -> tuple[DavEntry, ...]:
            if depth is Depth.ZERO:
                raise error
            return super().list_path(path, depth)

    found = walk(Falls(PATHS), infinity=False)
    assert {file.path for file in found.tree.files} == MemorySource(PATHS).files
    assert [(each.path, each.reason.code) for each in found.tree.unread] == [("", code)]
    assert found.server_failed is error
