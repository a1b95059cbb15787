"""Waivers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from syncer.audit.observed import Emptied, Waiver
from syncer.manifest.document import ScopeRecord
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ShareStatus

URL = "https://example.org/gammel/side"
TODAY = date(2026, 11, 23)


def _waiver(**more: Any) -> Waiver:
    values: dict[str, Any] = {
        "code": "link-broken",
        "subject": "https://example.org/*",
        "reason": "Siden flyttes i december",
        "until": TODAY,
    }
    return Waiver(**values | more)


def test_a_waived_finding_says_until_when(world: Any) -> None:
    """The last day counts; the longest of several holds."""
    world.link(URL, LinkStatus.BROKEN)
    waived = world.one("link-broken", waivers=(_waiver(),))
    assert (waived.waived_until, waived.waiver_reason) == (
        "2026-11-23",
        "Siden flyttes i december",
    )
    longer = _waiver(subject=URL, until=date(2026, 12, 31))
    assert world.one("link-broken", waivers=(longer, _waiver())).waived_until == "2026-12-31"


@pytest.mark.parametrize(
    "more",
    [
        {"until": date(2026, 11, 22)},
        {"code": "link-blocked"},
        {"subject": "https://example.com/*"},
        {"subject": "https://EXAMPLE.org/*"},
    ],
)
def test_what_a_waiver_does_not_cover(world: Any, more: dict[str, Any]) -> None:
    """An expired one, another code, another subject: the finding is not waived."""
    world.link(URL, LinkStatus.BROKEN)
    assert world.one("link-broken", waivers=(_waiver(**more),)).waived_until is None


@pytest.mark.parametrize(
    ("origin", "subject", "names"),
    [
        ("settings", "a*", True),
        ("settings", "a[1].docx", False),
        ("handbook", "a*", False),
        ("handbook", "a[1].docx", True),
    ],
)
def test_only_the_settings_have_patterns(origin: Any, subject: str, names: bool) -> None:
    """A page names what it accepts as it is."""
    waiver = _waiver(code="file-empty", subject=subject, origin=origin)
    assert waiver.names("file-empty", "a[1].docx") is names


def test_a_finding_whose_waiver_has_expired_says_since_when(world: Any) -> None:
    """The last day of the longest; none is said where one still holds."""
    world.link(URL, LinkStatus.BROKEN)
    ended = (_waiver(until=date(2026, 11, 1)), _waiver(until=date(2026, 11, 22)))
    assert world.one("link-broken", waivers=ended).args["waiver_ended"] == "2026-11-22"
    assert "waiver_ended" not in world.one("link-broken", waivers=(*ended, _waiver())).args
    assert "waiver_ended" not in world.one("link-broken", waivers=()).args


def test_a_waiver_that_matches_nothing_is_said(world: Any) -> None:
    """With all that it says, so that it can be found in the settings."""
    world.link(URL, LinkStatus.OK)
    finding = world.one("waiver-unused", waivers=(_waiver(),))
    assert finding.args == {
        "code": "link-broken",
        "subject": "https://example.org/*",
        "reason": "Siden flyttes i december",
        "until": "2026-11-23",
    }


def test_two_equal_waivers_are_two_findings(world: Any) -> None:
    """Ids stay unique."""
    world.link(URL, LinkStatus.OK)
    found = world.find(waivers=(_waiver(), _waiver()))
    assert len({finding.id for finding in found}) == 2


def test_an_expired_waiver_that_still_matches_is_not_unused(world: Any) -> None:
    """The finding itself is said again; that is enough."""
    world.link(URL, LinkStatus.BROKEN)
    assert world.codes(waivers=(_waiver(until=date(2026, 1, 1)),)) == ["link-broken"]


@pytest.mark.parametrize(
    "scope",
    [ScopeRecord(only="resources"), ScopeRecord(only="links"), ScopeRecord(offline=True),
     ScopeRecord(pages=("docs/*",))],
)  # fmt: skip
def test_unused_needs_the_whole_scope(world: Any, scope: ScopeRecord) -> None:
    """What was not looked at may need its waiver."""
    assert world.codes(waivers=(_waiver(),), scope=scope) == []


def test_an_open_row_or_link_may_need_its_waiver(world: Any) -> None:
    """One that could not be looked at and that the waiver speaks of; any other does not matter."""
    world.link("https://example.org/x", LinkStatus.UNCHECKED)
    world.row("Aftale", Verdict.UNCHECKED, places=())
    assert world.codes(waivers=(_waiver(),)) == []
    assert world.codes(waivers=(_waiver(code="resource-missing", subject="Aft*"),)) == []
    assert world.codes(waivers=(_waiver(subject="https://example.com/*"),)) == ["waiver-unused"]
    assert world.codes(waivers=(_waiver(subject="Andet"),)) == ["waiver-unused"]


@pytest.mark.parametrize("code", ["file-unlisted", "place-missing", "share-writable"])
def test_what_comes_of_whole_shares_needs_them_all(world: Any, code: str) -> None:
    """A share that was not read or is not believed, and a row that was not judged."""
    waivers = (_waiver(code=code, subject="Aftaler/*"),)
    world.locked(ShareStatus.UNREADABLE, reason=Reason("timeout"))
    assert world.codes(waivers=waivers) == ["share-unreadable"]
    share = world.share("x.docx")
    emptied = (Emptied(share.id, 5, 1, 1, 1),)
    assert world.codes(waivers=waivers, emptied=emptied) == ["share-suddenly-empty"]
    assert world.codes(waivers=waivers) == ["waiver-unused"]
    world.row("Aftale", Verdict.UNCHECKED, places=())
    assert world.codes(waivers=waivers) == []


def test_a_waived_link_needs_no_share(world: Any) -> None:
    """What it is for was looked at."""
    world.locked(ShareStatus.UNREADABLE, reason=Reason("timeout"))
    assert world.codes(waivers=(_waiver(),)) == ["share-unreadable", "waiver-unused"]


def _unlisted(world: Any, *waivers: Waiver) -> list[tuple[str, str, int, str | None]]:
    world.share("Aftaler/Aftale.docx", *(f"Aftaler/{name}.docx" for name in "abc"))
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    return [
        (f.code, f.subject, f.args.get("count", 0), f.waived_until)
        for f in world.find(waivers=waivers)
    ]


def test_a_waiver_of_one_unlisted_file(world: Any) -> None:
    """The file is not counted, and the waiver is used; the folder's other files are found."""
    waiver = _waiver(code="file-unlisted", subject="Aftaler/b.docx")
    assert _unlisted(world, waiver) == [("file-unlisted", "Aftaler", 2, None)]
    world.rows.clear()
    world.matches.clear()
    waiver = _waiver(code="file-unlisted", subject="Aftaler/*")
    assert _unlisted(world, waiver) == []


def test_a_waiver_of_a_whole_folder(world: Any) -> None:
    """The folder's finding is waived, with all its files."""
    waiver = _waiver(code="file-unlisted", subject="Aftaler*")
    assert _unlisted(world, waiver) == [("file-unlisted", "Aftaler", 3, "2026-11-23")]


def test_an_expired_waiver_of_one_unlisted_file(world: Any) -> None:
    """The file counts again."""
    waiver = _waiver(code="file-unlisted", subject="Aftaler/b.docx", until=date(2026, 11, 1))
    assert _unlisted(world, waiver) == [("file-unlisted", "Aftaler", 3, None)]


def test_the_handbooks_own_waiver_takes_its_subject_as_it_is(world: Any) -> None:
    """No pattern: a star is a star, and another page or line is another matter."""
    world.link("https://example.org/x", LinkStatus.BROKEN)
    finding = world.one("link-broken")
    own = replace(_waiver(subject=finding.subject), origin="handbook", page=finding.page)
    lines = (finding.line, finding.line)
    for waiver in (own, replace(own, subject=None), replace(own, page=None),
                   replace(own, subject=None, lines=lines)):  # fmt: skip
        waived = world.one("link-broken", waivers=(waiver,))
        assert (waived.waived_until, waived.waiver_origin) == ("2026-11-23", "handbook")
    for waiver in (replace(own, subject="https://*"), replace(own, page="docs/andet.md"),
                   replace(own, lines=(900, 901))):  # fmt: skip
        found = world.find(waivers=(waiver,))
        assert [f.waived_until for f in found if f.code == "link-broken"] == [None]


@pytest.mark.parametrize(
    ("more", "at"),
    [({}, (".syncer.toml", None)), ({"lines": (7, 9)}, ("docs/partnere.md", 7))],
)
def test_an_unused_waiver_of_the_handbook_is_found_where_it_is(
    world: Any, more: dict[str, Any], at: tuple[str, int | None]
) -> None:
    """In the handbook's own file, or at the comment's lines."""
    waiver = replace(_waiver(), origin="handbook", page="docs/partnere.md", **more)
    finding = world.one("waiver-unused", waivers=(waiver,))
    assert (finding.page, finding.line) == at
    assert finding.hint == Reason("remove-own-waiver")


LATER, PAST = date(2026, 12, 31), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"until": TODAY}, {"until": PAST, "origin": "settings"}),
        ({"origin": "handbook", "until": TODAY}, {"until": date(2026, 11, 22)}),
        ({"origin": "settings"}, {"origin": "handbook", "until": LATER}),
        ({"origin": "handbook"}, {"origin": "handbook", "names_target": False, "until": LATER}),
        ({"until": LATER}, {}),
        ({"until": date(2026, 11, 22)}, {"until": PAST}),
    ],
)
def test_which_of_several_waivers_counts(
    world: Any, better: dict[str, Any], worse: dict[str, Any]
) -> None:
    """One that holds, of the settings, that names its target, that ends last: in this order."""
    world.link(URL, LinkStatus.BROKEN)
    one = _waiver(subject=URL, reason="en", **better)
    other = _waiver(subject=URL, reason="to", **worse)
    alone = world.one("link-broken", waivers=(one,))
    for waivers in ((one, other), (other, one)):
        assert world.one("link-broken", waivers=waivers) == alone


def test_only_an_open_row_may_need_a_waiver(world: Any) -> None:
    """One that was judged does not."""
    world.share("Aftaler/x.docx")
    world.row("Aftale", Verdict.MISSING)
    waiver = _waiver(code="resource-likely", subject="Aftale")
    assert "waiver-unused" in world.codes(waivers=(waiver,))
