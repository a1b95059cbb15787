"""The sudden emptiness of a folder or mount inside a share is not believed at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zlib import crc32

import pytest

from syncer.audit.emptied_folders import Held, doubt_folders, list_holdings
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import (
    SUDDENLY_EMPTY,
    Holding,
    ListingKind,
    Share,
    ShareKind,
    Suspicion,
    UnreadFolder,
)
from tests.unit.audit.world import HOST, SHARE, TODAY, World

FIVE = tuple(f"Aftaler/{name}.docx" for name in "ABCDE")
FOUR = tuple(f"Breve/{name}.docx" for name in "ABCD")
BESIDE = "Andet/x.docx"


def _number(share: Share, *, mounts: tuple[str, ...] = ()) -> Share:
    """Give each file an id of its own, and begin mounts."""
    assert share.tree is not None
    files = tuple(replace(file, file_id=crc32(file.path.encode())) for file in share.tree.files)
    return replace(share, tree=replace(share.tree, files=files, mounts=mounts))


def _share(world: World, *files: str, mounts: tuple[str, ...] = (), **more: Any) -> Share:
    share = _number(world.share(*files, BESIDE, **more), mounts=mounts)
    world.shares[SHARE] = share
    return share


def _hold(world: World, before: Held | None = None, emptied: tuple[str, ...] = ()) -> Held:
    return list_holdings(
        world.shares, world.rows, world.matches, before=before or {}, emptied=emptied
    )


def _doubt(world: World, held: Held, day: date = TODAY, **more: Any) -> tuple[Any, Held]:
    return doubt_folders(world.shares, held, today=day, **more)


def _unread(shares: Mapping[str, Share]) -> list[str]:
    tree = shares[SHARE].tree
    assert tree is not None
    return [folder.path for folder in tree.unread]


def _remember(world: World, *files: str, place: str, mounts: tuple[str, ...] = ()) -> Held:
    _share(world, *files, mounts=mounts)
    world.row("A", Verdict.PRESENT, world.file(files[0]), place=place)
    return _hold(world)


def test_a_folder_that_a_row_names_is_remembered_with_all_that_is_in_it() -> None:
    """Its files at any depth; neither the root nor a folder that no row concerns."""
    world = World()
    held = _remember(world, *FIVE, "Aftaler/Gamle/F.docx", place="Aftaler")
    world.row("Rod", Verdict.MISSING, place="")
    ((holding,),) = held.values()
    assert (holding.path, holding.mount, holding.files) == ("Aftaler", False, 6)
    assert len(set(holding.file_ids)) == 6
    assert _hold(world) == held


def test_the_folder_of_a_row_s_file_is_remembered_too() -> None:
    """Where the row names the whole share."""
    world = World()
    ((holding,),) = _remember(world, *FIVE, place="").values()
    assert holding.path == "Aftaler"


def test_what_is_above_a_row_s_folder_is_remembered() -> None:
    """A mount as such; a mount that holds no folder of a row is not."""
    world = World()
    held = _remember(world, "M/Aftaler/A.docx", place="M/Aftaler", mounts=("Andet", "M"))
    assert [(each.path, each.mount) for each in held[SHARE]] == [
        ("M", True),
        ("M/Aftaler", False),
    ]


@pytest.mark.parametrize("folders", [(), ("Aftaler",)])
def test_five_files_that_are_all_gone_are_not_believed(folders: tuple[str, ...]) -> None:
    """Whether the folder is empty or not listed any more: it is unread, and not proven gone."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    _share(world, folders=folders, gone_places=frozenset({"Aftaler", "Aftaler/Nye", "Andet/y"}))
    shares, after = _doubt(world, held)
    (unread,) = shares[SHARE].tree.unread
    assert (unread.path, unread.reason) == (
        "Aftaler",
        Reason(SUDDENLY_EMPTY, {"files_before": 5, "days": 1}),
    )
    assert [folder.path for folder in shares[SHARE].tree.folders] == ["", "Aftaler", "Andet"]
    assert shares[SHARE].gone_places == {"Andet/y"}
    # Another fingerprint than that of earlier releases would count the days anew.
    answer = "a787331ba0bef" if folders else "afeeb1ef50955"
    (holding,) = after[SHARE]
    assert holding.doubt == Suspicion(SHARE, answer, (TODAY,))
    assert _hold(replace(world, shares=shares), after) == after


def test_four_files_can_be_deleted_in_a_night() -> None:
    """And so can one of five: the row is judged the same night."""
    world = World()
    held = _remember(world, *FOUR, place="Breve")
    _share(world)
    assert _unread(_doubt(world, held)[0]) == []
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    _share(world, *FIVE[1:])
    assert _unread(_doubt(world, held)[0]) == []


def test_a_mount_is_not_believed_to_be_empty_whatever_it_held() -> None:
    """One file is enough."""
    world = World()
    held = _remember(world, "M/A.docx", place="M", mounts=("M",))
    _share(world)
    assert _unread(_doubt(world, held)[0]) == ["M"]
    _share(world, folders=("M",), mounts=("M",))
    assert _unread(_doubt(world, held)[0]) == ["M"]


def test_an_empty_mount_that_is_not_listed_any_more_is_not_gone() -> None:
    """While it is listed it is empty; without it nobody knows, though it held nothing."""
    world = World()
    _share(world, folders=("M",), mounts=("M",))
    world.row("A", Verdict.MISSING, place="M")
    held = _hold(world)
    assert [(each.path, each.files) for each in held[SHARE]] == [("M", 0)]
    _share(world, folders=("M",), mounts=("M",))
    assert _unread(_doubt(world, held)[0]) == []
    _share(world)
    assert _unread(_doubt(world, held)[0]) == ["M"]


def test_files_that_have_moved_are_not_lost() -> None:
    """Their ids are elsewhere in the share."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    share = _share(world, "Flyttet/A.docx")
    assert share.tree is not None
    moved = replace(share.tree.files[1], file_id=held[SHARE][0].file_ids[0])
    tree = replace(share.tree, files=(share.tree.files[0], moved))
    world.shares[SHARE] = replace(share, tree=tree)
    assert _unread(_doubt(world, held)[0]) == []


def test_only_the_highest_lost_folder_is_marked() -> None:
    """What is below it is unread with it; each keeps its own days."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler", mounts=())
    deep = tuple(f"Aftaler/Nye/{name}.docx" for name in "ABCDE")
    _share(world, *FIVE, *deep)
    world.row("N", Verdict.PRESENT, world.file(deep[0]), place="Aftaler/Nye")
    held = _hold(world)
    _share(world)
    shares, after = _doubt(world, held)
    assert _unread(shares) == ["Aftaler"]
    assert [each.doubt is not None for each in after[SHARE]] == [True, True]


def test_three_full_walks_on_different_days_are_believed() -> None:
    """A night without a full walk does not count; afterwards nothing is remembered of it."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    days = []
    for number, listing in enumerate((ListingKind.CHANGED_PARTS, *[ListingKind.INFINITY] * 4)):
        _share(world, listing=listing)
        shares, held = _doubt(world, held, TODAY + timedelta(days=number))
        unread = shares[SHARE].tree.unread
        days.append([folder.reason.args["days"] for folder in unread])
        held = _hold(replace(world, shares=shares), held)
    assert days == [[0], [1], [2], [], []]
    assert held == {SHARE: ()}


def test_somebody_says_that_it_is_right() -> None:
    """`--accept-empty` believes it at once."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    _share(world)
    shares, after = _doubt(world, held, accept_empty=True)
    assert (_unread(shares), after) == ([], {SHARE: ()})


def test_another_loss_counts_anew() -> None:
    """Empty first, then not listed: the share is still changing."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    _share(world, folders=("Aftaler",))
    _, held = _doubt(world, held)
    _share(world)
    shares, _ = _doubt(world, held, TODAY + timedelta(days=1))
    assert shares[SHARE].tree.unread[0].reason.args["days"] == 1


def test_files_that_come_back_end_the_doubt() -> None:
    """One is enough, and is what the folder holds from then on."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    _share(world)
    _, held = _doubt(world, held)
    _share(world, FIVE[0])
    shares, held = _doubt(world, held)
    assert _unread(shares) == []
    ((holding,),) = _hold(world, held).values()
    assert (holding.files, holding.doubt) == (1, None)


@pytest.mark.parametrize("unread", ["Aftaler", "Aftaler/Nye"])
def test_where_today_proves_nothing_the_earlier_state_is_kept(unread: str) -> None:
    """A folder that could not be read is neither lost nor known."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    _share(world, unread=(UnreadFolder(unread, Reason("timeout")),))
    shares, after = _doubt(world, held)
    assert (_unread(shares), after) == ([unread], held)
    assert _hold(world, after) == held


@pytest.mark.parametrize("more", [{"tree": None}, {"kind": ShareKind.LOCAL}])
def test_shares_that_prove_nothing(more: dict[str, Any]) -> None:
    """One that was not read, and a local copy, are not compared; what was known stays."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    world.shares[SHARE] = replace(_share(world), **more)
    shares, after = _doubt(world, held)
    assert (shares, after) == (world.shares, held)
    assert _hold(world, after) == held


def test_a_share_that_proves_nothing_hides_no_other() -> None:
    """What the share after it holds is remembered, and its losses are doubted."""
    world = World()
    _remember(world, *FIVE, place="Aftaler")
    world.shares = {"unread": replace(world.shares[SHARE], tree=None), **world.shares}
    held = _hold(world)
    assert [len(held[name]) for name in ("unread", SHARE)] == [0, 1]
    _share(world)
    assert _unread(_doubt(world, held)[0]) == ["Aftaler"]


def test_a_share_without_any_file_is_judged_as_a_whole() -> None:
    """By `distrust`; what its folders held is kept while that one doubts."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    world.share()
    assert _unread(_doubt(world, held)[0]) == []
    assert _hold(world, held, emptied=(SHARE,)) == held


def test_a_folder_outside_of_today_s_scope_is_not_lost() -> None:
    """The settings may name other folders than yesterday."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    _share(world, scope=("Andet",))
    assert _unread(_doubt(world, held)[0]) == []


def test_the_finding_names_the_folder_and_the_share_is_one_item() -> None:
    """An error of the administrator; folders that failed otherwise have a finding of their own."""
    world = World()
    failed = UnreadFolder("Breve", Reason("timeout"))
    lost = UnreadFolder("Aftaler", Reason(SUDDENLY_EMPTY, {"files_before": 5, "days": 1}))
    _share(world, unread=(lost, failed))
    assert world.codes() == ["share-suddenly-empty", "share-unreadable"]
    finding = world.one("share-suddenly-empty")
    assert finding.args["folders"] == ("Aftaler",)
    assert finding.args["files_before"] == 5
    assert world.one("share-unreadable").args["folders"] == ("Breve",)


def test_holdings_of_other_shares_are_left_alone() -> None:
    """A share that is not part of the run."""
    world = World()
    other = {f"{HOST}/Xy98Zw76": (Holding("Aftaler", mount=False, files=5),)}
    _share(world)
    assert _doubt(world, other) == (world.shares, other)


@pytest.mark.parametrize(
    ("path", "lost"),
    [
        ("", False),
        ("Aftaler", False),
        ("Aftaler/Gamle/Dyb", False),
        ("Aftaler2", True),
        ("Andet", True),
    ],
)
def test_what_is_unread_above_or_below_a_folder_leaves_it_open(path: str, lost: bool) -> None:
    """The root too; what is beside it says nothing, also where it comes first."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    _share(world, unread=(UnreadFolder("0", Reason("x")), UnreadFolder(path, Reason("timeout"))))
    assert ("Aftaler" in _doubt(world, held)[1][SHARE][0].path) is True
    assert (_doubt(world, held)[1][SHARE][0].doubt is not None) is lost
    assert _hold(world, held) == {SHARE: () if lost else held[SHARE]}


@pytest.mark.parametrize(
    ("scope", "lost"),
    [((), True), (("",), True), (("Aftaler",), True), (("Andet", "Aft"), False)],
)
def test_the_scope_is_of_whole_folders(scope: tuple[str, ...], lost: bool) -> None:
    """None is everything."""
    world = World()
    held = _remember(world, *FIVE, place="Aftaler")
    _share(world, scope=scope)
    assert (_unread(_doubt(world, held)[0]) == ["Aftaler"]) is lost


def test_a_place_without_its_file_is_remembered() -> None:
    """What a row names counts, and the folder of a file, which may be a folder itself."""
    world = World()
    _share(world, *FIVE, *FOUR, "Mapper/Plan/x.docx", "Ude/y.docx")
    world.row("A", Verdict.MISSING, place="Aftaler")
    world.row("B", Verdict.PRESENT, world.file("Mapper/Plan", folder=True), place="")
    world.row("C", Verdict.PRESENT, world.file(FOUR[0]), place=None)
    (holdings,) = _hold(world).values()
    assert [holding.path for holding in holdings] == ["Aftaler", "Breve", "Mapper", "Mapper/Plan"]


def test_nothing_at_a_lost_folder_is_proven_gone() -> None:
    """Neither above nor below it; what is beside it stays gone."""
    world = World()
    held = _remember(world, *(f"A/B/{n}.docx" for n in range(5)), place="A/B")
    _share(world, folders=("A",), gone_places=frozenset({"A", "A/B", "A/B/C", "A2", "Q"}))
    doubted, _ = _doubt(world, held)
    assert doubted[SHARE].gone_places == {"A2", "Q"}
    # The folder above held as many, and is lost with it.
    assert _unread(doubted) == ["A"]
    _share(world, "A/x.docx", gone_places=frozenset({"A", "A/B", "A/B/C", "Q"}))
    doubted, _ = _doubt(world, held)
    assert (doubted[SHARE].gone_places, _unread(doubted)) == ({"Q"}, ["A/B"])


def test_a_lost_folder_is_listed_with_all_above_it() -> None:
    """Once each, in order, and marked with what it held and for how many days."""
    world = World()
    held = _remember(world, *(f"A/B/{n}.docx" for n in range(5)), "A/x.docx", place="A/B")
    _share(world, "A/x.docx")
    doubted, kept = _doubt(world, held)
    tree = doubted[SHARE].tree
    assert tree is not None
    assert [folder.path for folder in tree.folders] == ["", "A", "A/B", "Andet"]
    values = {"files_before": 5, "days": 1}
    assert tree.unread == (UnreadFolder("A/B", Reason(SUDDENLY_EMPTY, values)),)
    (doubt,) = (holding.doubt for holding in kept[SHARE] if holding.doubt is not None)
    days = tuple(TODAY - timedelta(days=n) for n in range(9, 0, -1))
    many = (replace(holding, doubt=replace(doubt, days=days)) for holding in kept[SHARE])
    _share(world, "A/x.docx", listing=ListingKind.UNCHANGED)
    again = _doubt(world, {SHARE: tuple(many)}, accept_empty=True)[1]
    assert [holding.path for holding in again[SHARE]] == ["A"]


def test_at_most_200_ids_are_remembered() -> None:
    """They are enough to find files that moved."""
    world = World()
    ((holding,),) = _remember(world, *(f"M/{n}.docx" for n in range(205)), place="M").values()
    assert (holding.files, len(holding.file_ids)) == (205, 200)


def test_a_folder_that_has_files_is_not_lost_for_want_of_ids() -> None:
    """Nothing is known of those that it had."""
    world = World()
    _share(world, FIVE[0])
    held = {SHARE: (Holding("Aftaler", mount=False, files=5),)}
    assert _doubt(world, held) == (world.shares, held)
