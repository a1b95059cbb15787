"""What was not listed, and which denial that forbids."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any, cast

import pytest

from syncer.matching.listings import Judgement, Listings, find_weightiest
from syncer.matching.row_requests import RowRequest
from syncer.model.handbook import PlaceKind, Placement
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareKind, ShareStatus
from tests.unit.matching.match_inputs import OTHER, SHARE, build_row, build_share, by_id

UNDETERMINED, UNCHECKED, NO_ACCESS = Verdict.UNDETERMINED, Verdict.UNCHECKED, Verdict.NO_ACCESS
THIRD = "cloud.example/Three"


def ask(*places: tuple[str, str], file_id: int | None = None, **more: Any) -> RowRequest:
    """Return what a row with these places asks for."""
    named = [Placement(PlaceKind.SHARE, None, share, path, file_id) for share, path in places]
    return RowRequest(
        row=build_row("Plan", *named, folder=None),
        name=cast("Any", None),
        literal=frozenset(),
        key="plan",
        alternatives=(),
        aliases=(),
        described=(),
        blank=False,
        kinds=(),
        nearby=frozenset(),
        places=places,
        shares=tuple(dict.fromkeys(share for share, _ in places)),
        pin=None,
        **more,
    )


def why(verdict: Verdict, code: str, **args: Any) -> Judgement:
    """Return a blocker."""
    return Judgement(verdict, Reason(code, args))


STATUSES = {
    ShareStatus.OK: None,
    ShareStatus.GONE: None,
    ShareStatus.NEEDS_PASSWORD: why(NO_ACCESS, "password-needed", share=SHARE),
    ShareStatus.UPLOAD_ONLY: why(NO_ACCESS, "upload-only", share=SHARE),
    ShareStatus.UNCHECKED: why(UNCHECKED, "not-looked-at", share=SHARE),
    ShareStatus.THROTTLED: why(UNDETERMINED, "throttled", share=SHARE),
    ShareStatus.UNREADABLE: why(UNDETERMINED, "share-not-read", share=SHARE, because="timeout"),
}


@pytest.mark.parametrize("status", ShareStatus)
def test_each_status_says_whether_a_share_was_listed(status: ShareStatus) -> None:
    """A gone one has nothing; every other that was not read may have what is missing."""
    listings = Listings(by_id(build_share("A/x", status=status)))
    assert listings.find_unlisted(SHARE) == STATUSES[status]
    assert listings.find_blocker(ask((SHARE, "A"))) == STATUSES[status]


def test_shares_of_which_less_is_known() -> None:
    """One that nobody asked, an account without access, one without a reason or a tree."""
    assert Listings({}).find_unlisted(SHARE) == why(UNDETERMINED, "share-not-asked", share=SHARE)
    locked = build_share(status=ShareStatus.NEEDS_PASSWORD)
    account = Listings(by_id(replace(locked, kind=ShareKind.ACCOUNT)))
    assert account.find_unlisted(SHARE) == why(NO_ACCESS, "login-refused", share=SHARE)
    silent = replace(build_share(status=ShareStatus.UNREADABLE), reason=None)
    unknown = why(UNDETERMINED, "share-not-read", share=SHARE, because=None)
    assert Listings(by_id(silent)).find_unlisted(SHARE) == unknown
    bare = replace(build_share("A/x"), tree=None)
    assert Listings(by_id(bare)).find_unlisted(SHARE) == unknown


@pytest.mark.parametrize(
    ("unread", "place", "is_open"),
    [
        ("A", "A", True),
        ("A/B", "A", True),
        ("A", "A/B", True),
        ("", "A", True),
        ("A", "", True),
        ("A", "B", False),
        ("A", "AB", False),
        ("A/B", "A/C", False),
    ],
)
def test_an_unread_folder_leaves_what_is_above_and_below_it_open(
    unread: str, place: str, is_open: bool
) -> None:
    """With why it was not read; what is beside it was listed."""
    share = build_share("A/x", "B/x", unread=("Q", unread))
    found = Listings(by_id(share)).find_unlisted(SHARE, place)
    first = "Q" if place == "" else unread
    reason = why(UNDETERMINED, "folder-not-read", folder=first, because="timeout")
    assert found == (reason if is_open else None)
    assert Listings(by_id(share)).find_unlisted(SHARE) is not None


@pytest.mark.parametrize(
    ("gone", "place", "is_gone"),
    [
        (("A",), "A", True),
        (("A",), "A/B/C", True),
        (("A/B",), "A/B/C", True),
        (("A/B",), "A", False),
        (("",), "A", True),
        (("A",), "AB", False),
        (("A",), "", False),
        ((), "A", False),
    ],
)
def test_a_place_is_gone_with_a_folder_above_it(
    gone: tuple[str, ...], place: str, is_gone: bool
) -> None:
    """Of its own share only; of a share that nobody asked nothing is."""
    listings = Listings(by_id(build_share(gone=gone), build_share(share=OTHER)))
    assert listings.is_gone(SHARE, place) is is_gone
    assert listings.is_gone(SHARE, place) is is_gone
    assert not listings.is_gone(OTHER, place)
    assert not listings.is_gone(THIRD, place)


def test_what_is_gone_needs_no_list() -> None:
    """But an account may only lack the permission to see it."""
    share = build_share("x", gone=("A",), unread=("A/B",))
    assert Listings(by_id(share)).find_unlisted(SHARE, "A") is None
    account = Listings(by_id(replace(share, kind=ShareKind.ACCOUNT)))
    hidden = why(NO_ACCESS, "login-folder-not-seen", place="A")
    assert account.find_unlisted(SHARE, "A") == hidden
    fine = build_share("x", gone=("A",))
    assert Listings(by_id(fine)).find_blocker(ask((SHARE, "A"))) is None
    account = Listings(by_id(replace(fine, kind=ShareKind.ACCOUNT)))
    assert account.find_blocker(ask((SHARE, "A"))) == hidden
    assert account.find_blocker(ask((SHARE, "B"))) is None


def test_the_weightiest_blocker_counts() -> None:
    """Unknown before not looked at before no access; of equal ones the first."""
    by_weight = [why(verdict, str(verdict)) for verdict in (UNDETERMINED, UNCHECKED, NO_ACCESS)]
    for more, less in combinations(by_weight, 2):
        assert find_weightiest([None, less, more]) == find_weightiest([more, None, less]) == more
    assert find_weightiest([why(NO_ACCESS, "a"), why(NO_ACCESS, "b")]) == why(NO_ACCESS, "a")
    assert find_weightiest([None, None]) is None


def _with(status: ShareStatus, share: str = OTHER) -> Share:
    return build_share(share=share, status=status)


def test_another_share_that_could_not_be_read_may_have_the_file() -> None:
    """The first by its id; one that asks for a password, or was not to be asked, blocks nothing."""
    fine = build_share("A/x")
    request = ask((SHARE, "A"))
    for status in ShareStatus:
        shares = by_id(_with(status), fine, _with(status, THIRD))
        found = Listings(shares).find_blocker(request)
        blocks = status in (ShareStatus.THROTTLED, ShareStatus.UNREADABLE)
        first = why(UNDETERMINED, "other-share-not-listed", share=THIRD)
        assert found == (first if blocks else None), status
    both = Listings(by_id(fine, _with(ShareStatus.THROTTLED)))
    assert both.find_blocker(ask((SHARE, "A"), (OTHER, ""))) == why(
        UNDETERMINED, "throttled", share=OTHER
    )


@pytest.mark.parametrize("status", ShareStatus)
def test_a_row_without_a_place_needs_all_shares(status: ShareStatus) -> None:
    """Also those that ask for a password; without any share nothing can be denied."""
    found = Listings(by_id(build_share("x"), _with(status))).find_blocker(ask())
    expected = STATUSES[status]
    assert (found is None) is (expected is None)
    assert found is None or found.reason.args["share"] == OTHER
    assert Listings({}).find_blocker(ask()) == why(UNDETERMINED, "no-share-to-search")


@pytest.mark.parametrize(
    ("kind", "paths", "file_id", "blocks"),
    [
        (ShareKind.LOCAL, ("A/x",), 7, True),
        (ShareKind.LOCAL, ("A/x",), None, False),
        (ShareKind.LOCAL, (), 7, False),
        (ShareKind.PUBLIC, ("A/x",), 7, False),
    ],
)
def test_a_local_copy_knows_no_ids(
    kind: ShareKind, paths: tuple[str, ...], file_id: int | None, blocks: bool
) -> None:
    """Any of its files may be the one that a link means."""
    listings = Listings(by_id(replace(build_share(*paths), kind=kind)))
    found = listings.find_blocker(ask((SHARE, ""), file_id=file_id))
    assert found == (why(UNDETERMINED, "file-id-unknown-here", share=SHARE) if blocks else None)
    fine = Listings(by_id(build_share("x", share=OTHER), *listings.shares.values()))
    found = fine.find_blocker(ask((OTHER, ""), (SHARE, ""), file_id=file_id))
    assert (found is not None) is blocks


def test_a_file_that_an_account_did_not_see_may_be_there() -> None:
    """It may lack the permission."""
    listings = Listings(by_id(build_share("A/x")))
    hidden = why(NO_ACCESS, "login-not-seen")
    assert listings.find_blocker(ask((SHARE, "A"), unseen=True)) == hidden
    assert listings.find_blocker(ask((SHARE, "A"))) is None
