"""What an audit of edited pages must say before a correction counts as proven."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from syncer.fix.proof import Snapshot, find_unproven, list_also_gone
from syncer.model.corrections import Correction, FixTier
from syncer.model.findings import Finding
from syncer.model.handbook import PageLink
from syncer.model.links import LinkCheck, LinkKind, LinkStatus, LinkVerdict
from syncer.model.matching import Verdict
from tests.delivery.made_runs import make_finding
from tests.unit.audit.world import PAGE, World

OWN_LINE, OTHER_LINE = 11, 12


@pytest.fixture
def world() -> World:
    """Two rows, a link that is mended (line 11), and one that is not (line 12)."""
    world = World()
    world.row("Aftale", Verdict.MISSING)
    world.row("Guide", Verdict.PRESENT, world.file("Aftaler/Guide.pdf"))
    world.link("gl.md", LinkStatus.BROKEN, link=world.page_link("gl.md", line=OWN_LINE))
    world.link("b.md", LinkStatus.BLOCKED, link=world.page_link("b.md", line=OTHER_LINE))
    return world


def _of_link(world: World, number: int = 0) -> Finding:
    check = world.links[number]
    made = make_finding("link-broken", check.link.url)
    return replace(made, page=PAGE, line=check.link.span.line, link=check.id, column=1)


def _of_row(world: World, number: int = 0, code: str = "resource-missing") -> Finding:
    row = world.rows[number]
    made = make_finding(code, row.name)
    return replace(made, page=PAGE, line=row.span.line, row=row.id)


def _judge(
    before: World,
    after: World,
    mended: Finding,
    findings: tuple[Finding, ...] = (),
    left: tuple[Finding, ...] = (),
) -> set[str] | None:
    """Return the ids that are not proven when `findings` are left of `mended` and others."""
    first = Snapshot(before.observe(), (mended, *left))
    second = Snapshot(after.observe(), (*findings, *left))
    unproven = find_unproven(first, second, [Correction(mended, FixTier.SAFE, ())])
    return None if unproven is None else set(unproven)


def _change_link(world: World, number: int, change: Callable[[LinkCheck], LinkCheck]) -> World:
    links = list(world.links)
    links[number] = change(links[number])
    return replace(world, links=links)


def _retext(check: LinkCheck) -> LinkCheck:
    return replace(check, link=replace(check.link, text="et andet ord"))


def _judged(**verdict: Any) -> Callable[[LinkCheck], LinkCheck]:
    return lambda check: replace(check, verdict=replace(check.verdict, **verdict))


def _led(url: str, status: LinkStatus) -> Callable[[LinkCheck], LinkCheck]:
    return lambda check: LinkCheck(
        "l-ny", replace(check.link, url=url), LinkVerdict(LinkKind.WEB, status)
    )


def test_a_finding_that_is_gone_is_proven(world: World) -> None:
    """Nothing else changed; with the finding still there it is not, wherever its link leads now."""
    finding = _of_link(world)
    assert _judge(world, world, finding) is None
    assert _judge(world, world, finding, (finding,)) == {finding.id}
    led = _change_link(world, 0, _led("ny.md", LinkStatus.BROKEN))
    again = replace(finding, id="f-ny", link="l-ny", subject="ny.md", column=4)
    assert _judge(world, led, finding, (again,)) == {finding.id}


@pytest.mark.parametrize(("line", "blamed"), [(OWN_LINE, True), (OTHER_LINE, False), (90, False)])
def test_a_new_finding_is_wrong(world: World, line: int, blamed: bool) -> None:
    """It speaks against the correction at its place; elsewhere nobody knows against which."""
    finding = _of_link(world)
    new = replace(make_finding("page-empty", "side"), page=PAGE, line=line)
    expected = {finding.id} if blamed else set()
    assert _judge(world, world, finding, (new,)) == expected


def test_findings_of_a_kind_are_told_apart(world: World) -> None:
    """Of two with the same code one is mended: by link, row, place and reason, or subject."""
    spot = replace(make_finding("table-malformed", "x"), page=PAGE, line=1, args={"why": "a"})
    pairs = [
        (_of_link(world, 0), _of_link(world, 1)),
        (_of_row(world, 0), _of_row(world, 1)),
        (_of_row(world, 0), _of_row(world, 0, "resource-elsewhere")),
        (_of_row(world, 0), replace(_of_row(world, 1), subject=world.rows[0].name)),
        (spot, replace(spot, line=2)),
        (spot, replace(spot, page="b.md")),
        (spot, replace(spot, args={"why": "b"})),
        (make_finding("page-empty", "a.md"), make_finding("page-empty", "b.md")),
        (make_finding("page-empty", "a.md"), make_finding("page-unpublished", "a.md")),
    ]
    for mended, other in pairs:
        assert _judge(world, world, mended, left=(other,)) is None
        assert _judge(world, world, mended, (replace(mended, column=9),)) == {mended.id}
    assert _judge(world, world, spot, (replace(spot, subject="y"),)) == {spot.id}


@pytest.mark.parametrize("code", ["table-malformed", "link-broken", "page-empty"])
def test_one_of_two_equal_findings_is_not_enough(world: World, code: str) -> None:
    """They are counted, so that a second one in the same place is not overlooked."""
    finding = _of_link(world) if code == "link-broken" else make_finding(code, "a.md")
    assert _judge(world, world, finding, left=(finding,)) == {finding.id}


def _without_files(world: World, number: int) -> World:
    matches = list(world.matches)
    matches[number] = replace(matches[number], files=())
    return replace(world, matches=matches)


def _with_verdict(world: World, number: int, verdict: Verdict) -> World:
    matches = list(world.matches)
    matches[number] = replace(matches[number], verdict=verdict)
    return replace(world, matches=matches)


def test_another_verdict_on_another_row_is_wrong(world: World) -> None:
    """Also other files, or no row at all; the mended row's own may change."""
    finding = _of_row(world, 0)
    for after in (
        _with_verdict(world, 1, Verdict.LIKELY),
        _without_files(world, 1),
        replace(world, matches=world.matches[:1], rows=world.rows[:1]),
    ):
        assert _judge(world, after, finding) == set()
        # A correction on the line of that row is the one to blame.
        beside = replace(_of_link(world), line=world.rows[1].span.line)
        assert _judge(world, after, beside) == {beside.id}
    assert _judge(world, _with_verdict(world, 0, Verdict.PRESENT), finding) is None


@pytest.mark.parametrize(
    ("change", "own_line", "other_line"),
    [
        (_retext, True, False),
        (_judged(kind=LinkKind.PAGE), False, False),
        (_judged(status=LinkStatus.OK), False, False),
        (_led("ny.md", LinkStatus.OK), True, False),
        (_led("ny.md", LinkStatus.UNCHECKED), False, False),
        (_led("ny.md", LinkStatus.BROKEN), True, False),
    ],
)
def test_a_link_may_only_change_where_it_is_mended(
    world: World, change: Callable[[LinkCheck], LinkCheck], own_line: bool, other_line: bool
) -> None:
    """There its words may, and its address when that works or is judged as the old one was."""
    finding = _of_link(world)
    assert _judge(world, _change_link(world, 0, change), finding) == (
        None if own_line else {finding.id}
    )
    assert _judge(world, _change_link(world, 1, change), finding) == (None if other_line else set())


def _add(world: World, status: LinkStatus, line: int, page: str = PAGE) -> World:
    more = replace(world, links=list(world.links))
    more.link("c.md", status, link=world.page_link("c.md", line=line, page=page, column=50))
    return more


def test_links_that_come_and_go(world: World) -> None:
    """A new one works and is in the mended line; none may go."""
    finding = _of_link(world)
    assert _judge(world, _add(world, LinkStatus.OK, OWN_LINE), finding) is None
    assert _judge(world, _add(world, LinkStatus.BROKEN, OWN_LINE), finding) == {finding.id}
    assert _judge(world, _add(world, LinkStatus.OK, OTHER_LINE), finding) == set()
    assert _judge(world, _add(world, LinkStatus.OK, OWN_LINE, "anden.md"), finding) == set()
    assert _judge(world, replace(world, links=world.links[1:]), finding) == {finding.id}
    assert _judge(world, replace(world, links=world.links[:1]), finding) == set()


def test_lines_of_other_pages_are_others(world: World) -> None:
    """A new link on the line of one page moves no link on that line of another."""
    far = world.page_link("d.md", line=OWN_LINE, page="docs/z.md")
    world.link("d.md", LinkStatus.BLOCKED, link=far)
    more = _add(world, LinkStatus.OK, OWN_LINE)
    more.links[-2:] = more.links[:-3:-1]
    assert _judge(world, more, _of_link(world)) is None


def test_the_line_of_a_mended_row_is_mended(world: World) -> None:
    """The place of a row gets its link there, also where the finding is told on another line."""
    row = world.rows[0]
    finding = replace(_of_row(world, 0, "resource-elsewhere"), line=90)
    assert _judge(world, _add(world, LinkStatus.OK, row.span.line), finding) is None
    assert _judge(world, _add(world, LinkStatus.OK, world.rows[1].span.line), finding) == set()


def test_several_links_of_a_line_are_compared_in_their_order(world: World) -> None:
    """The second of a line stays the second when the first gets another column."""
    second = world.page_link("c.md", line=OWN_LINE, column=50)
    world.link("c.md", LinkStatus.OK, link=second)
    moved = replace(world, links=[*world.links[:-1], _move(world.links[-1])])
    assert _judge(world, moved, _of_link(world)) is None


def _move(check: LinkCheck) -> LinkCheck:
    span = replace(check.link.span, column=60)
    link: PageLink = replace(check.link, span=span)
    return replace(check, link=link)


def test_what_is_gone_besides_is_told(world: World) -> None:
    """Of the findings without a correction those that the edited pages no longer have."""
    gone, stays = _of_row(world, 0), _of_row(world, 1)
    before = Snapshot(world.observe(), (gone, stays))
    after = Snapshot(world.observe(), (stays,))
    assert list(list_also_gone(before, after, (gone, stays))) == [gone]
