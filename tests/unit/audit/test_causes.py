"""Which finding explains which."""

from __future__ import annotations

from typing import Any

import pytest

from syncer.audit import causes
from syncer.audit.codes import FINDING_CODES, make_finding_id
from syncer.audit.observed import Emptied
from syncer.model.handbook import PlaceKind, Placement
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ShareStatus

SHARE = "boks.example.dk/Ab12Cd34"
OTHER = "boks.example.dk/Xy98Zw76"
URL = "https://boks.example.dk/s/Ab12Cd34?dir=/Aftaler&path=/Aftaler"
GONE = frozenset({"Aftaler"})


def test_a_gone_share_explains_its_rows_and_links(world: Any) -> None:
    """One finding, with the others under it."""
    world.locked(ShareStatus.GONE, reason=Reason("gone"))
    row = world.row("A", Verdict.MISSING, url=URL)
    world.link(URL, LinkStatus.BROKEN, kind=LinkKind.SHARE, link=row.links[0])
    world.link(URL, LinkStatus.BROKEN, kind=LinkKind.SHARE)
    cause = world.one("share-gone")
    assert cause.caused_by is None
    assert {f.caused_by for f in world.find() if f.id != cause.id} == {cause.id}


def test_a_gone_folder_explains_its_rows_and_links(world: Any) -> None:
    """A renamed folder is one item."""
    world.share("Nye/A.docx", gone_places=GONE)
    world.row("A", Verdict.ELSEWHERE, world.file("Nye/A.docx"))
    world.link(URL, LinkStatus.BROKEN, kind=LinkKind.SHARE)
    cause = world.one("place-missing")
    for code in ("resource-elsewhere", "link-broken"):
        assert world.one(code).caused_by == cause.id


def test_a_file_that_is_nowhere_is_not_explained_by_its_folder(world: Any) -> None:
    """Were the folder there, the file would be missing in it: somebody has to bring it."""
    world.share("x.docx", gone_places=GONE)
    row = world.row("A", Verdict.MISSING, url=URL)
    world.link(URL, LinkStatus.BROKEN, kind=LinkKind.SHARE, link=row.links[0])
    assert world.one("resource-missing").caused_by is None
    assert world.one("link-broken").caused_by == world.one("place-missing").id


def test_the_highest_gone_folder_is_the_cause(world: Any) -> None:
    """Where the folder above is named too, it explains what was below it."""
    world.share("Nye/A.docx", gone_places=frozenset({"Aftaler", "Aftaler/Under/Dyb"}))
    world.row("A", Verdict.ELSEWHERE, world.file("Nye/A.docx"), place="Aftaler/Under/Dyb")
    world.row("B", Verdict.MISSING, place="Aftaler")
    places = {f.subject: f for f in world.find() if f.code == "place-missing"}
    top = places["Aftaler"]
    assert top.caused_by is None
    assert places["Aftaler/Under/Dyb"].caused_by == top.id
    assert world.one("resource-elsewhere").caused_by == top.id


def test_a_gone_folder_below_a_living_one_stands_alone(world: Any) -> None:
    """Nothing above it is gone."""
    world.share("Aftaler/x.docx", gone_places=frozenset({"Aftaler/Under"}))
    world.row("A", Verdict.MISSING, place="Aftaler/Under")
    assert world.one("place-missing").caused_by is None


def test_a_promise_is_explained_by_nothing(world: Any) -> None:
    """The folder's end does not make what was never written."""
    world.share("x.docx", gone_places=GONE)
    world.row("A", Verdict.PLANNED, todo=True)
    assert world.one("resource-planned").caused_by is None


def _name_both(world: Any, verdict: Verdict, *files: Any) -> None:
    """Make a row with a place in each of two shares."""
    places = tuple(Placement(PlaceKind.SHARE, None, share, "Aftaler") for share in (OTHER, SHARE))
    world.row("A", verdict, *files, places=places)


def test_a_row_with_a_living_place_is_its_own_finding(world: Any) -> None:
    """One of its shares is gone; the other one lives, and the file is not in it."""
    world.locked(ShareStatus.GONE, share_id=OTHER, reason=Reason("gone"))
    world.share("x.docx")
    _name_both(world, Verdict.MISSING)
    assert world.one("resource-missing").caused_by is None


def test_one_unread_place_is_enough_not_to_know(world: Any) -> None:
    """The other share holds nothing like it; the one that could not be read may."""
    world.locked(ShareStatus.UNREADABLE, share_id=OTHER, reason=Reason("timeout"))
    world.share("x.docx")
    _name_both(world, Verdict.UNDETERMINED)
    assert world.one("resource-undetermined").caused_by == world.one("share-unreadable").id


def test_a_row_without_a_place_in_a_share(world: Any) -> None:
    """Nothing explains it."""
    world.share("x.docx")
    world.row("A", Verdict.MISSING, place=None)
    assert world.one("resource-missing").caused_by is None


@pytest.mark.parametrize("status", [ShareStatus.UNREADABLE, ShareStatus.THROTTLED])
def test_an_unreadable_share_explains_what_is_not_known(world: Any, status: ShareStatus) -> None:
    """The rows and links of a share that could not be read."""
    world.locked(status, reason=Reason("timeout"))
    world.row("A", Verdict.UNDETERMINED)
    world.link(URL, LinkStatus.TIMED_OUT, kind=LinkKind.SHARE)
    cause = world.one("share-unreadable").id
    assert world.one("resource-undetermined").caused_by == cause
    assert world.one("link-timed-out").caused_by == cause


def test_a_password_explains_rows_and_links(world: Any) -> None:
    """The share needs one that nobody configured."""
    world.locked(ShareStatus.NEEDS_PASSWORD, reason=Reason("password"))
    world.row("A", Verdict.NO_ACCESS)
    world.link(URL, LinkStatus.NEEDS_PASSWORD, kind=LinkKind.SHARE)
    cause = world.one("share-needs-password").id
    assert world.one("resource-no-access").caused_by == cause
    assert world.one("link-needs-login").caused_by == cause


def test_sudden_emptiness_explains_rows_and_links(world: Any) -> None:
    """What is not believed of the share is not believed of its links."""
    world.share(gone_places=GONE)
    world.row("A", Verdict.UNDETERMINED)
    world.link(URL, LinkStatus.BROKEN, kind=LinkKind.SHARE)
    emptied = (Emptied(SHARE, 9, 4, 4, 1),)
    cause = world.one("share-suddenly-empty", emptied=emptied).id
    assert world.one("resource-undetermined", emptied=emptied).caused_by == cause
    assert world.one("link-broken", emptied=emptied).caused_by == cause


def test_a_link_to_a_file_is_covered_by_its_row(world: Any) -> None:
    """The folder is there, the file is not: the row says so, its link is beneath it."""
    url = "https://boks.example.dk/s/Ab12Cd34/download?path=/Aftaler&files=A.docx"
    world.share("Aftaler/x.docx")
    row = world.row("A", Verdict.MISSING, url=url)
    world.link(url, LinkStatus.BROKEN, kind=LinkKind.SHARE, link=row.links[0])
    world.link(url, LinkStatus.BROKEN, kind=LinkKind.SHARE)
    in_row, alone = [f for f in world.find() if f.code == "link-broken"]
    assert in_row.caused_by == world.one("resource-missing").id
    assert alone.caused_by is None


def test_a_login_is_said_once(world: Any) -> None:
    """The row without access covers its link."""
    url = "https://boks.example.dk/f/147"
    place = Placement(PlaceKind.LOGIN, url, None, None)
    row = world.row("A", Verdict.NO_ACCESS, places=(place,), url=url)
    world.link(url, LinkStatus.NEEDS_LOGIN, kind=LinkKind.LOGIN, link=row.links[0])
    assert world.one("link-needs-login").caused_by == world.one("resource-no-access").id


def test_a_web_link_in_a_row_stands_alone(world: Any) -> None:
    """Only links to the row's own place are covered by it."""
    url = "https://example.org/"
    row = world.row("A", Verdict.MISSING, url=url)
    world.link(url, LinkStatus.BROKEN, link=row.links[0])
    assert world.one("link-broken").caused_by is None


def test_a_redirect_is_no_consequence(world: Any) -> None:
    """A link that works is not explained by what is missing."""
    world.share("Aftaler/x.docx")
    row = world.row("A", Verdict.MISSING, url=URL)
    world.link(URL, LinkStatus.REDIRECTED, kind=LinkKind.SHARE, link=row.links[0])
    assert world.one("link-redirected").caused_by is None


def test_a_link_in_a_row_that_is_fine(world: Any) -> None:
    """There is no finding of the row that it could be beneath."""
    url = "https://boks.example.dk/s/Ab12Cd34/download?path=/Aftaler&files=A.docx"
    world.share("Aftaler/x.docx")
    row = world.row("A", Verdict.PRESENT, world.file("Aftaler/x.docx"), url=url)
    world.link(url, LinkStatus.BROKEN, kind=LinkKind.SHARE, link=row.links[0])
    assert world.one("link-broken").caused_by is None


def test_causes_have_no_chains(world: Any) -> None:
    """What explains something is itself explained by nothing."""
    world.locked(ShareStatus.GONE, share_id=OTHER, reason=Reason("gone"))
    world.share("x.docx", gone_places=GONE)
    row = world.row("A", Verdict.MISSING, url=URL)
    world.link(URL, LinkStatus.BROKEN, kind=LinkKind.SHARE, link=row.links[0])
    world.row("B", Verdict.MISSING, share=OTHER)
    found = {finding.id: finding for finding in world.find()}
    explained = [finding for finding in found.values() if finding.caused_by is not None]
    assert len(explained) == 2
    assert {found[str(finding.caused_by)].caused_by for finding in explained} == {None}


OF_SHARES = ("share-gone", "share-needs-password", "share-suddenly-empty", "share-unreadable")
EXPLAINED = {
    "resource-missing": "share-gone",
    "resource-elsewhere": "share-gone place-missing",
    "resource-undetermined": "share-suddenly-empty share-unreadable",
    "resource-no-access": "share-needs-password share-unreadable",
    "link-broken": "share-gone place-missing share-suddenly-empty share-unreadable",
    "link-unconfirmed": "share-gone place-missing share-suddenly-empty share-unreadable",
    "link-needs-login": "share-needs-password",
    "link-blocked": "share-suddenly-empty share-unreadable",
    "link-timed-out": "share-suddenly-empty share-unreadable",
}


@pytest.mark.parametrize("code", sorted(FINDING_CODES))
def test_a_code_is_explained_by_its_causes_only(code: str) -> None:
    """Each pair of a finding and what may explain it; of several the first in order does."""
    place = (SHARE, "Aftaler/Under")
    ids = {cause: make_finding_id(cause, SHARE) for cause in OF_SHARES}
    ids["place-missing"] = make_finding_id("place-missing", SHARE, "Aftaler")
    alone = [
        cause
        for cause, identity in ids.items()
        if causes._explain_place(code, place, frozenset({identity})) == identity
    ]
    expected = EXPLAINED.get(code, "").split()
    assert set(alone) == set(expected)
    for at in range(len(expected)):
        known = frozenset(ids[cause] for cause in expected[at:])
        assert causes._explain_place(code, place, known) == ids[expected[at]]
