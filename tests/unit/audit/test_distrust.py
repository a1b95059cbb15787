"""Sudden emptiness is not believed at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from syncer.audit.distrust import Distrust, _revoke, distrust, doubt_listings
from syncer.model.handbook import PlaceKind, Placement
from syncer.model.matching import ExpectedKind, KindStatus, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ListingKind, ShareKind, Suspicion, UnreadFolder

SHARE = "boks.example.dk/Ab12Cd34"
OTHER = "boks.example.dk/Xy98Zw76"
TODAY = date(2026, 11, 23)
NAMES = ("A", "B", "C", "D", "E")


def _fill(world: Any, verdict: Verdict = Verdict.PRESENT) -> Any:
    """Make a share with five rows that all have a file, and return that night's manifest."""
    world.share(*(f"Aftaler/{name}.docx" for name in NAMES))
    for name in NAMES:
        world.row(name, verdict, world.file(f"Aftaler/{name}.docx"))
    return world.manifest()


def _lose(world: Any, count: int, *, verdict: Verdict = Verdict.MISSING, **share: Any) -> None:
    """Lose the files of the first `count` rows."""
    world.share(*(f"Aftaler/{name}.docx" for name in NAMES[count:]), **share)
    for index in range(count):
        world.matches[index] = replace(world.matches[index], verdict=verdict, files=())


def _ask(world: Any, previous: Any, **more: Any) -> Distrust:
    values: dict[str, Any] = {"previous": previous, "remembered": {}, "today": TODAY}
    return distrust(world.shares, world.rows, world.matches, **(values | more))


def test_all_is_well(world: Any) -> None:
    """Nothing has changed: the matches are those given, and there is nothing to remember."""
    previous = _fill(world)
    assert _ask(world, previous) == Distrust(tuple(world.matches), (), (), ())


def test_the_first_run_has_nothing_to_compare_with(world: Any) -> None:
    """An empty share is empty."""
    _fill(world)
    _lose(world, 5)
    assert _ask(world, None).emptied == ()


def test_an_empty_share_is_not_believed(world: Any) -> None:
    """Its rows are undetermined, the run is incomplete, and the share is named once."""
    previous = _fill(world)
    _lose(world, 5)
    doubt = _ask(world, previous)
    assert {match.verdict for match in doubt.matches} == {Verdict.UNDETERMINED}
    assert doubt.matches
    assert all(
        match.reason == Reason("share-suddenly-empty", {"share": SHARE}) for match in doubt.matches
    )
    (emptied,) = doubt.emptied
    assert (emptied.files_before, emptied.rows_before, emptied.rows_lost, emptied.days) == (
        5,
        5,
        5,
        1,
    )
    assert doubt.incomplete_because == (Reason("share-suddenly-empty", {"share": SHARE}),)


def test_a_pin_into_an_empty_share_is_not_believed_gone(world: Any) -> None:
    """Also where the row's own place is in another share, which has not changed."""
    world.share("Aftaler/A.docx")
    world.share("Pinned.docx", share_id=OTHER)
    found = world.file("Pinned.docx", share=OTHER)
    world.row("Pinned", Verdict.PRESENT, found, searched=(OTHER,))
    previous = world.manifest()
    world.share(share_id=OTHER)
    gone = Reason("pin-gone", {"path": "Pinned.docx"})
    world.matches[0] = replace(world.matches[0], verdict=Verdict.MISSING, files=(), reason=gone)
    (match,) = _ask(world, previous).matches
    assert match.verdict is Verdict.UNDETERMINED
    assert match.reason == Reason("share-suddenly-empty", {"share": OTHER})


def test_an_empty_share_without_rows_is_not_believed_either(world: Any) -> None:
    """That it had files is enough."""
    world.share("x.docx")
    previous = world.manifest()
    world.share()
    assert len(_ask(world, previous).emptied) == 1


def test_a_share_that_was_empty_before_is_empty(world: Any) -> None:
    """It has lost nothing."""
    world.share()
    previous = world.manifest()
    assert _ask(world, previous).emptied == ()


@pytest.mark.parametrize(("lost", "suspicious"), [(2, False), (3, True), (4, True)])
def test_more_than_half_and_at_least_three(world: Any, lost: int, *, suspicious: bool) -> None:
    """Of five rows, two may lose their file in a night; three may not."""
    previous = _fill(world)
    _lose(world, lost)
    assert bool(_ask(world, previous).emptied) is suspicious


def test_half_is_not_more_than_half(world: Any) -> None:
    """Of six rows, three are half."""
    world.row("F", Verdict.PRESENT, world.file("Aftaler/F.docx"))
    previous = _fill(world)
    world.matches.append(world.matches.pop(0))
    _lose(world, 3)
    assert _ask(world, previous).emptied == ()


def test_two_of_two_rows_are_too_few(world: Any) -> None:
    """At least three."""
    world.share("Aftaler/A.docx", "Aftaler/B.docx", "x.docx")
    for name in ("A", "B"):
        world.row(name, Verdict.PRESENT, world.file(f"Aftaler/{name}.docx"))
    previous = world.manifest()
    world.share("x.docx")
    world.matches[:] = [replace(m, verdict=Verdict.MISSING, files=()) for m in world.matches]
    assert _ask(world, previous).emptied == ()


def test_rows_that_left_the_handbook_lost_nothing(world: Any) -> None:
    """Only rows of both runs are compared."""
    previous = _fill(world)
    _lose(world, 3)
    del world.rows[:2], world.matches[:2]
    assert _ask(world, previous).emptied == ()


def test_a_share_that_could_not_be_listed_is_not_judged(world: Any) -> None:
    """Nothing is denied of it anyway; what was suspected of it is remembered."""
    previous = _fill(world)
    _lose(world, 5, unread=(UnreadFolder("Aftaler", Reason("timeout")),))
    suspicion = Suspicion(SHARE, "a1", (TODAY - timedelta(days=1),))
    doubt = _ask(world, previous, remembered={SHARE: suspicion})
    assert (doubt.emptied, doubt.suspicions) == ((), (suspicion,))


def test_a_share_without_a_tree_is_not_judged(world: Any) -> None:
    """Likewise."""
    previous = _fill(world)
    _lose(world, 5, tree=None)
    assert _ask(world, previous).emptied == ()


def test_a_suspicion_of_a_share_that_nothing_names_is_forgotten(world: Any) -> None:
    """As is that of one that looks well again."""
    previous = _fill(world)
    suspicions = {name: Suspicion(name, "a1", (TODAY,)) for name in (SHARE, OTHER)}
    assert _ask(world, previous, remembered=suspicions).suspicions == ()


def test_a_local_copy_is_never_compared(world: Any) -> None:
    """Neither today's nor that of the last run."""
    previous = _fill(world)
    _lose(world, 5, kind=ShareKind.LOCAL)
    assert _ask(world, previous).emptied == ()
    local = replace(previous, shares=tuple(replace(s, kind="local") for s in previous.shares))
    _lose(world, 5)
    assert _ask(world, local).emptied == ()


def test_a_share_that_is_new_is_not_judged(world: Any) -> None:
    """The last run did not know it."""
    previous = world.manifest()
    _fill(world)
    _lose(world, 5)
    assert _ask(world, previous).emptied == ()


def test_three_full_walks_on_different_days_are_believed(world: Any) -> None:
    """Twice on one day counts once; on the third day the verdicts are final."""
    previous = _fill(world)
    _lose(world, 5)
    remembered: dict[str, Suspicion] = {}
    days = [TODAY, TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=4)]
    answers = []
    for day in days:
        doubt = _ask(world, previous, remembered=remembered, today=day)
        remembered = {item.share: item for item in doubt.suspicions}
        answers.append([emptied.days for emptied in doubt.emptied])
    assert answers == [[1], [1], [2], []]
    assert doubt.matches == tuple(world.matches)
    assert doubt.incomplete_because == ()


def test_a_believed_answer_stays_believed(world: Any) -> None:
    """Until a complete run has taken it over, also on a night without a full walk."""
    previous = _fill(world)
    _lose(world, 5)
    remembered: dict[str, Suspicion] = {}
    for number in range(3):
        doubt = _ask(world, previous, remembered=remembered, today=TODAY + timedelta(days=number))
        remembered = {item.share: item for item in doubt.suspicions}
    _lose(world, 5, listing=ListingKind.UNCHANGED)
    doubt = _ask(world, previous, remembered=remembered, today=TODAY + timedelta(days=3))
    assert doubt.emptied == ()
    assert doubt.suspicions == tuple(remembered.values())


@pytest.mark.parametrize("listing", [ListingKind.UNCHANGED, ListingKind.CHANGED_PARTS])
def test_only_a_full_walk_counts(world: Any, listing: ListingKind) -> None:
    """What is concluded from remembered etags is no new answer."""
    previous = _fill(world)
    _lose(world, 5, listing=listing)
    doubt = _ask(world, previous)
    assert [emptied.days for emptied in doubt.emptied] == [0]


def test_another_answer_counts_anew(world: Any) -> None:
    """Four rows lost after three: the share is still changing."""
    previous = _fill(world)
    _lose(world, 3)
    doubt = _ask(world, previous)
    _lose(world, 4)
    remembered = {item.share: item for item in doubt.suspicions}
    doubt = _ask(world, previous, remembered=remembered, today=TODAY + timedelta(days=1))
    assert [emptied.days for emptied in doubt.emptied] == [1]


def test_somebody_says_that_it_is_right(world: Any) -> None:
    """`--accept-empty` is believed, and remembered should the run be incomplete otherwise."""
    previous = _fill(world)
    _lose(world, 5)
    doubt = _ask(world, previous, accept_empty=True)
    assert (doubt.emptied, doubt.matches) == ((), tuple(world.matches))
    remembered = {item.share: item for item in doubt.suspicions}
    assert _ask(world, previous, remembered=remembered).emptied == ()


DENIALS = {
    Verdict.MISSING, Verdict.PLANNED, Verdict.ELSEWHERE, Verdict.LIKELY, Verdict.DRAFT,
    Verdict.OUTDATED,
}  # fmt: skip


@pytest.mark.parametrize("verdict", Verdict)
def test_every_denial_is_taken_back(world: Any, verdict: Verdict) -> None:
    """Not in the place, no final file, only an old one: all rest on what the share lacks."""
    previous = _fill(world)
    _lose(world, 3)
    world.matches[4] = replace(world.matches[4], verdict=verdict, suggestion="E.docx")
    doubted = _ask(world, previous).matches[4]
    if verdict in DENIALS:
        assert (doubted.verdict, doubted.suggestion) == (Verdict.UNDETERMINED, None)
        assert doubted.reason == Reason("share-suddenly-empty", {"share": SHARE})
    else:
        assert doubted == world.matches[4]
    assert doubted.files == world.matches[4].files


def test_what_was_found_stays(world: Any) -> None:
    """A file that is there is there; kinds that are not, are not known."""
    previous = _fill(world)
    _lose(world, 3)
    kinds = (ExpectedKind("drift", KindStatus.PRESENT), ExpectedKind("projekt", KindStatus.MISSING))
    world.matches[4] = replace(world.matches[4], expected=kinds)
    doubted = _ask(world, previous).matches[4]
    assert doubted.verdict is Verdict.PRESENT
    assert [kind.status for kind in doubted.expected] == [
        KindStatus.PRESENT,
        KindStatus.UNDETERMINED,
    ]


def test_a_row_that_lost_all_its_kinds_knows_nothing_of_them(world: Any) -> None:
    """Whatever its verdict was, what is missing may be there."""
    previous = _fill(world)
    _lose(world, 3)
    kinds = (ExpectedKind("drift", KindStatus.MISSING), ExpectedKind("bilag", KindStatus.MISSING))
    world.matches[0] = replace(world.matches[0], expected=kinds, suggestion="A.docx")
    assert _ask(world, previous).matches[0] == replace(
        world.matches[0],
        verdict=Verdict.UNDETERMINED,
        expected=tuple(replace(kind, status=KindStatus.UNDETERMINED) for kind in kinds),
        reason=Reason("share-suddenly-empty", {"share": SHARE}),
        suggestion=None,
    )


def test_of_several_empty_shares_the_first_is_named(world: Any) -> None:
    """By its id: the same one each night."""
    world.row("A", Verdict.MISSING, place=None)
    shares = frozenset(f"boks.example.dk/{letter}" for letter in "HGFEDCBA")
    (match,) = _revoke(world.rows, world.matches, shares)
    assert match.reason == Reason("share-suddenly-empty", {"share": "boks.example.dk/A"})


@pytest.mark.parametrize(("lost", "answer"), [(5, "ab5ddfda0f609"), (3, "ada66ec7a7011")])
def test_a_loss_is_known_again_in_the_next_version(world: Any, lost: int, answer: str) -> None:
    """By the fingerprint that earlier releases remembered: else its days would count anew."""
    previous = _fill(world)
    _lose(world, lost)
    assert _ask(world, previous).suspicions == (Suspicion(SHARE, answer, (TODAY,)),)


def test_rows_of_other_shares_are_left_alone(world: Any) -> None:
    """But a row without a place is judged over all shares of the run."""
    previous = _fill(world)
    world.share("x.docx", share_id=OTHER)
    world.row("Fjern", Verdict.MISSING, share=OTHER)
    world.row("Løs", Verdict.MISSING, place=None)
    world.row(
        "Ude",
        Verdict.NOT_A_FILE,
        places=(Placement(PlaceKind.OUTSIDE, "https://example.org/", None, None),),
    )
    _lose(world, 5)
    verdicts = [match.verdict for match in _ask(world, previous).matches[5:]]
    assert verdicts == [Verdict.MISSING, Verdict.UNDETERMINED, Verdict.NOT_A_FILE]


def test_links_into_an_emptied_share_are_not_judged_by_it(world: Any) -> None:
    """Nothing is known of it, and nothing in it is proven gone; other shares stay as they are."""
    previous = _fill(world)
    other = world.share("x.docx", share_id=OTHER)
    _lose(world, 5, gone_places=frozenset({"Aftaler"}))
    doubt = _ask(world, previous)
    listed = doubt_listings(world.shares, doubt.emptied)
    assert listed[OTHER] == other
    assert not listed[SHARE].listed
    assert listed[SHARE].gone_places == frozenset()
    tree = listed[SHARE].tree
    assert tree is not None
    root = UnreadFolder("", Reason("share-suddenly-empty", {"share": SHARE}))
    assert tree.unread == (root,)


def test_a_row_belongs_to_the_share_of_its_first_file(world: Any) -> None:
    """The others are other formats of it, or copies."""
    world.share(*(f"Aftaler/{name}.docx" for name in NAMES))
    for name in NAMES:
        files = (f"Aftaler/{name}.docx", SHARE), (f"{name}.pdf", OTHER)
        found = [world.file(path, share=share) for path, share in files]
        world.row(name, Verdict.PRESENT, *found)
    previous = world.manifest()
    _lose(world, 4)
    (emptied,) = _ask(world, previous).emptied
    assert (emptied.share, emptied.rows_before, emptied.rows_lost) == (SHARE, 5, 4)


def test_the_days_of_a_suspicion_are_in_order(world: Any) -> None:
    """Whatever order they were remembered in, today among them."""
    previous = _fill(world)
    _lose(world, 5)
    (suspicion,) = _ask(world, previous).suspicions
    days = tuple(TODAY + timedelta(days=n) for n in (7, -3, 12, -9, 1, 4, -6, 2))
    remembered = {SHARE: replace(suspicion, days=days)}
    (counted,) = _ask(world, previous, remembered=remembered).suspicions
    assert counted.days == tuple(sorted({*days, TODAY}))


def test_an_emptied_share_is_measured_by_itself(world: Any) -> None:
    """Neither another share's files nor its rows count."""
    world.share("A.docx", "B.docx", "C.docx")
    world.share("x.docx", "y.docx", share_id=OTHER)
    for name in "ABC":
        world.row(name, Verdict.PRESENT, world.file(f"{name}.docx"), place="")
    world.row("x", Verdict.PRESENT, world.file("x.docx", share=OTHER), place="", share=OTHER)
    previous = world.manifest()
    world.share(share_id=OTHER)
    world.matches[3] = replace(world.matches[3], verdict=Verdict.MISSING, files=())
    (emptied,) = _ask(world, previous).emptied
    measured = emptied.share, emptied.files_before, emptied.rows_before, emptied.rows_lost
    assert measured == (OTHER, 2, 1, 1)
