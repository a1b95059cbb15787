"""What a run says comes in one order, whatever order it was seen in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from syncer.audit.distrust import Distrust, distrust
from syncer.audit.emptied_folders import list_holdings
from syncer.audit.evidence import gather
from syncer.model.handbook import PlaceKind, Placement
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ShareStatus
from tests.unit.audit.world import HOST, PAGE, SHARE, TODAY, World

# So many that no set has them in order by chance.
TOKENS = tuple(f"{letter}b12Cd34" for letter in "KBXAQFWCZMDT")
SHARES = tuple(f"{HOST}/{token}" for token in TOKENS)
PAGES = tuple(f"docs/{token.lower()}.md" for token in TOKENS)


def _turn(world: World) -> World:
    """Give the same world, seen in the opposite order; rows come by page and line."""
    return replace(
        world,
        shares=dict(reversed(world.shares.items())),
        links=world.links[::-1],
    )


def test_the_pages_that_name_a_share_are_sorted(world: Any) -> None:
    """All that lead to it, by a row or a link."""
    world.share("A.docx")
    for page in PAGES:
        world.row("A", Verdict.MISSING, page=page)
    assert gather(world.observe()).list_pages(next(iter(world.shares))) == tuple(sorted(PAGES))


def test_findings_do_not_depend_on_the_order(world: Any) -> None:
    """A share's finding is at its first mention, whichever row or link was read first."""
    for share in SHARES:
        world.share("Aftaler/A.docx", "Aftaler/løs.docx", share_id=share, writable_by_link=True)
        url = f"https://{HOST}/s/{share.rpartition('/')[2]}"
        for page in (PAGES[0], PAGE, PAGES[3]):
            found = world.file("Aftaler/A.docx", share=share)
            world.row("A", Verdict.PRESENT, found, share=share, page=page, url=url)
            link = world.page_link(url, page=page)
            world.link(url, LinkStatus.BROKEN, kind=LinkKind.SHARE, link=link)
    findings = world.find()
    writable = [finding for finding in findings if finding.code == "share-writable"]
    assert {finding.page for finding in writable} == {PAGES[3]}
    assert [finding.line for finding in writable] == sorted(
        row.span.line for row in world.rows if row.page == PAGES[3]
    )
    assert len(findings) > 3 * len(SHARES)
    assert _turn(world).find() == findings


def test_a_finding_is_at_the_first_mention_of_its_subject(world: Any) -> None:
    """The row that names a folder may come before the text that has its link, or behind it."""
    early, late = sorted(PAGES)[:2]
    for share, pages in zip(SHARES, ((early, late), (late, early)), strict=False):
        world.share("x.docx", share_id=share, writable_by_link=True, gone_places={"Aftaler"})
        token = share.rpartition("/")[2]
        world.row("A", Verdict.MISSING, share=share, page=pages[0])
        for line in (40, 30):
            url = f"https://{HOST}/s/{token}?path=/Aftaler"
            link = world.page_link(url, page=pages[1], line=line)
            world.link(url, LinkStatus.BROKEN, kind=LinkKind.SHARE, link=link)
    for code in ("share-writable", "place-missing"):
        found = [one for one in world.find() if one.code == code]
        assert [(one.page, one.line) for one in found] == [(early, 1), (early, 30)], code


def test_the_address_of_a_local_copy_is_that_of_its_first_link(world: Any) -> None:
    """Whatever order the links were checked in."""
    world.share("x.docx", base_url=None)
    for line, base in ((9, f"http://{HOST}"), (3, f"https://{HOST}")):
        url = f"{base}/s/Ab12Cd34"
        world.link(url, LinkStatus.OK, kind=LinkKind.SHARE, link=world.page_link(url, line=line))
    evidence = gather(world.observe())
    assert evidence.build_link(SHARE, "A") == f"https://{HOST}/s/Ab12Cd34?dir=/A&path=/A"


def _distrust(world: World, previous: Any) -> Distrust:
    return distrust(
        world.shares, world.rows, world.matches, previous=previous, remembered={}, today=TODAY
    )


def test_doubt_does_not_depend_on_the_order(world: Any) -> None:
    """Shares, reasons and suspicions are sorted; of two shares a row names the first."""
    for share in SHARES:
        world.share("A.docx", share_id=share)
        for number in range(3):
            name = f"{share} {number}"
            places = tuple(Placement(PlaceKind.SHARE, None, one, "") for one in SHARES)
            world.row(name, Verdict.PRESENT, world.file("A.docx", share=share), places=places)
    previous = world.manifest()
    for share in SHARES:
        world.share(share_id=share)
    lost = Reason("nothing-found")
    world.matches[:] = [
        replace(match, verdict=Verdict.MISSING, files=(), reason=lost) for match in world.matches
    ]
    doubt = _distrust(world, previous)
    assert [item.share for item in doubt.emptied] == sorted(SHARES)
    assert [item.share for item in doubt.suspicions] == sorted(SHARES)
    assert {match.reason.args["share"] for match in doubt.matches} == {min(SHARES)}
    turned = _distrust(_turn(world), replace(previous, resources=previous.resources[::-1]))
    assert turned == doubt


def test_suspicions_of_shares_that_were_not_listed_are_in_their_place(world: Any) -> None:
    """They stay, sorted among those of tonight."""
    for share in SHARES:
        world.share("A.docx", share_id=share)
    previous = world.manifest()
    for share in SHARES:
        world.share(share_id=share)
    remembered = {item.share: item for item in _distrust(world, previous).suspicions}
    for share in SHARES[::2]:
        world.locked(ShareStatus.UNREADABLE, share_id=share)
    doubt = distrust(world.shares, (), (), previous=previous, remembered=remembered, today=TODAY)
    assert [item.share for item in doubt.suspicions] == sorted(SHARES)


def test_the_folders_that_are_remembered_are_sorted(world: Any) -> None:
    """By path."""
    folders = [token[:3] for token in TOKENS]
    paths = [f"{folder}/{number}.docx" for folder in folders for number in range(6)]
    world.share(*paths)
    for folder in folders:
        world.row(folder, Verdict.PRESENT, world.file(f"{folder}/0.docx"), place=folder)
    (held,) = list_holdings(world.shares, world.rows, world.matches, before={}, emptied=()).values()
    assert [holding.path for holding in held] == sorted(folders)
