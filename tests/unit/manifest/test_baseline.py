"""What a baseline knows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from syncer.manifest.baseline import (
    find_known,
    find_lost_links,
    find_lost_rows,
    find_new_doubts,
    find_new_row_doubts,
    withdraw_waivers,
)
from syncer.manifest.codec import decode, encode
from syncer.manifest.counts import count
from syncer.manifest.document import (
    PlaceRecord,
    PublishedPage,
    ReasonRecord,
    StatusManifest,
    WaiverRecord,
)
from tests.unit.manifest.records import PAGE

URL = "https://example.org/"


def test_findings_of_the_baseline_are_known(make: Any) -> None:
    """The others are what the change brings."""
    old, new = make.of_row("resource-missing", "A"), make.of_row("resource-missing", "B")
    baseline = make.manifest(make.row("A"), make.row("B", "present"), old)
    run = make.manifest(make.row("A"), make.row("B"), old, new)
    assert find_known(run, baseline) == {old.id}


def test_an_id_alone_makes_no_finding_known(make: Any) -> None:
    """Its 48 bits can be made equal on purpose, for another row or link."""
    old = make.of_row("resource-missing", "A")
    new = replace(make.of_row("resource-missing", "B"), id=old.id)
    baseline = make.manifest(make.row("A"), make.row("B", "present"), old)
    assert find_known(make.manifest(make.row("B"), new), baseline) == frozenset()


def test_an_empty_link_of_an_older_baseline_is_known(make: Any) -> None:
    """It had no subject in 0.1, and has its text now."""
    old = replace(make.of_link("link-empty", ""), subject="")
    new = replace(old, subject="Vedtægter")
    baseline, run = (make.manifest(make.link(""), finding) for finding in (old, new))
    assert find_known(run, baseline) == {new.id}


def test_what_the_baseline_did_not_ask_was_there_before(make: Any) -> None:
    """An offline baseline holds the link unchecked: the change did not bring it."""
    baseline = make.manifest(make.link(URL, "unchecked"), offline=True)
    old, new = make.of_link("link-broken", URL), make.of_link("link-broken", f"{URL}ny")
    run = make.manifest(make.link(URL), make.link(f"{URL}ny"), old, new)
    assert find_known(run, baseline) == {old.id}


def on_page(manifest: StatusManifest, path: str, *others: str) -> StatusManifest:
    """Return the manifest of a run in which the page bore that path, and others were audited."""
    encoded = encode(manifest).decode().replace(PAGE, path)
    # Ids hold the page's path as those of a real run do.
    ids = re.sub(r'"((?:id|resource|link)":\s*"[^"]+)"', rf'"\1@{path}"', encoded)
    renamed = decode(ids.encode())
    published = (PublishedPage(path=one, title="Partnere", url=None) for one in (path, *others))
    return replace(renamed, handbook=replace(renamed.handbook, published=tuple(published)))


def full(make: Any, *more: Any, **scope: Any) -> StatusManifest:
    """Return what a run says of a page with a row, two links, and findings."""
    manifest: StatusManifest = make.manifest(
        make.row("A"),
        make.of_row("resource-missing", "A"),
        make.link(URL),
        make.of_link("link-broken", URL),
        make.link(f"{URL}2"),
        make.finding("page-not-published", PAGE),
        *more,
        **scope,
    )
    return manifest


def count_new(run: StatusManifest, baseline: StatusManifest) -> int:
    """Return how many findings of a run a baseline does not know."""
    return len(run.findings) - len(find_known(run, baseline))


def test_a_renamed_page_brings_nothing(make: Any) -> None:
    """Where its content is the same, its findings are known."""
    baseline = on_page(full(make), "a.md")
    assert count_new(on_page(full(make), "b.md"), baseline) == 0
    assert count_new(on_page(full(make), "a.md"), baseline) == 0


def test_what_came_with_the_renaming_is_new(make: Any) -> None:
    """Another finding of the same link, and one more of a kind than there was."""
    baseline = on_page(full(make), "a.md")
    more = (make.of_link("link-broken", f"{URL}2"), make.finding("table-malformed", "x"))
    assert count_new(on_page(full(make, *more), "b.md"), baseline) == 2
    table = make.finding("table-malformed", "x")
    baseline = on_page(full(make, table), "a.md")
    twice = (table, replace(table, id=f"{table.id}-2"))
    assert count_new(on_page(full(make, *twice), "b.md"), baseline) == 1


def test_what_a_baseline_did_not_ask_of_a_renamed_page_was_there_before(make: Any) -> None:
    """A git ref is audited without network."""
    unasked = make.manifest(make.row("A"), make.link(URL, "unchecked"), offline=True)
    run = make.manifest(make.row("A"), make.link(URL), make.of_link("link-broken", URL))
    assert count_new(on_page(run, "b.md"), on_page(unasked, "a.md")) == 0


@pytest.mark.parametrize("half", ["links", "resources"])
def test_half_an_audit_knows_a_renamed_page_by_its_half(make: Any, half: str) -> None:
    """Rows are in every manifest; without links they alone identify the page."""
    row, finding = make.row("A"), make.of_row("resource-missing", "A")
    links = (make.link(URL),) if half == "links" else ()
    run = on_page(make.manifest(row, finding, *links, only=half), "b.md")
    baseline = on_page(make.manifest(row, finding, make.link(URL)), "a.md")
    assert count_new(run, baseline) == 0


def test_a_page_that_is_not_certainly_the_same_is_new(make: Any) -> None:
    """Still there, there twice, with other words or nothing on it, or not looked for."""
    baseline = on_page(full(make), "a.md")
    all_new = len(full(make).findings)
    assert count_new(on_page(full(make), "b.md", "a.md"), baseline) == all_new
    twice = on_page(full(make), "b.md", "c.md")
    copies = (replace(row, page="c.md", id="c") for row in twice.resources)
    links = (replace(link, page="c.md", id=f"c{link.id}") for link in twice.links)
    twice = replace(
        twice,
        resources=(*twice.resources, *copies),
        links=(*twice.links, *links),
    )
    assert count_new(twice, baseline) == all_new
    assert count_new(on_page(full(make, make.link(f"{URL}3")), "b.md"), baseline) == all_new
    bare = make.manifest(make.finding("page-empty", PAGE))
    assert count_new(on_page(bare, "b.md"), on_page(bare, "a.md")) == 1
    assert count_new(on_page(full(make, pages=("b.md",)), "b.md"), baseline) == all_new


def test_a_link_that_could_not_be_looked_at_is_the_same_for_whatever_reason(make: Any) -> None:
    """Only what Liquid makes of an address can change without the address."""
    given_up = make.link(URL, "unchecked", reason=ReasonRecord(code="link-host-given-up"))
    finding = make.of_link("link-broken", URL)
    run, baseline = make.manifest(make.link(URL), finding), make.manifest(given_up)
    assert find_known(run, baseline) == {finding.id}


@pytest.mark.parametrize(
    "more",
    [
        {"todo": True},
        {"label": "Et andet sted"},
        {"places": (PlaceRecord(url=None, share="boks.example.dk/Andet", path="Aftaler"),)},
        {"expected": "drift"},
    ],
)
def test_a_row_that_says_something_else_was_not_there_before(make: Any, more: Any) -> None:
    """A promise, a label, a place or a kind: what was not asked then is new now."""
    if "expected" in more:
        more = {"expected": (make.kind("drift", "missing"),)}
    finding = make.of_row("resource-missing", "A")
    baseline = make.manifest(make.row("A"), only="links")
    assert find_known(make.manifest(make.row("A"), finding), baseline) == {finding.id}
    assert find_known(make.manifest(make.row("A", **more), finding), baseline) == frozenset()
    seen = replace(make.row("A"), status="present")
    assert find_known(make.manifest(seen, finding), baseline) == {finding.id}


def test_a_kind_that_is_found_now_is_the_same_kind(make: Any) -> None:
    """Its name is the handbook's, its status is not."""
    then, now = (make.row("A", expected=(make.kind("drift", s),)) for s in ("missing", "present"))
    finding = make.of_row("resource-partial", "A")
    assert find_known(make.manifest(now, finding), make.manifest(then, only="links"))


def test_a_finding_about_a_file_is_as_old_as_what_mentions_it(make: Any) -> None:
    """The row or link on its line; without any it was there before."""
    finding = make.finding("file-empty", "A.docx", line=1)
    baseline = make.manifest(make.row("A"), only="links")
    assert find_known(make.manifest(make.row("A"), finding), baseline) == {finding.id}
    assert find_known(make.manifest(make.row("B"), finding), baseline) == frozenset()
    beside = make.row("B", line=2)
    assert find_known(make.manifest(beside, finding), baseline) == {finding.id}
    one_of_two = make.manifest(make.row("B"), make.link(URL, line=1), finding)
    assert find_known(one_of_two, make.manifest(make.link(URL), only="links")) == {finding.id}


def test_a_page_that_could_not_be_read_then_had_nothing_that_is_known(make: Any) -> None:
    """What is on it now may be new."""
    finding = make.of_row("resource-missing", "A")
    table = make.finding("table-malformed", "x", line=90)
    run = make.manifest(make.row("A"), finding, table)
    assert find_known(run, make.manifest(make.finding("page-unreadable"))) == frozenset()


def test_a_new_row_is_new_wherever_its_finding_stands(make: Any) -> None:
    """The row decides, not what else is on the line."""
    finding = make.of_row("resource-missing", "B", line=90)
    run = make.manifest(make.row("B"), finding)
    assert find_known(run, make.manifest(only="links")) == frozenset()
    beside = replace(finding, line=1)
    run = make.manifest(make.row("A"), make.row("B"), beside)
    assert find_known(run, make.manifest(make.row("A"), only="links")) == frozenset()


TAG = "{{ site.boks }}/a"


@pytest.mark.parametrize("tag", ["{{ site.boks }}", "{% link a.md %}"])
def test_where_liquid_leads_identifies_a_finding(make: Any, tag: str) -> None:
    """The text is the same when a setting changes; its words and the server's answer are none."""

    def found(url: str, **args: Any) -> StatusManifest:
        finding = make.of_link("link-broken", url, args=args)
        manifest: StatusManifest = make.manifest(make.link(url), finding)
        return manifest

    then = found(tag, target="/a", text="x", http_status=404, waiver_ended="2026-01-01")
    same = found(tag, target="/a", text="y", http_status=410, waiver_ended="2026-02-01")
    assert len(find_known(same, then)) == 1
    assert find_known(found(tag, target="/b"), then) == frozenset()
    assert len(find_known(found(URL, target="/b"), found(URL, target="/a"))) == 1


@pytest.mark.parametrize(
    ("url", "then", "now", "known"),
    [
        (TAG, "liquid-unknown", "liquid-unknown", True),
        (TAG, "liquid-unknown", "liquid-other", False),
        (TAG, "offline", "offline", True),
        (TAG, None, None, True),
        (TAG, "offline", None, True),
        (URL, "one", "other", True),
    ],
)
def test_a_link_of_liquid_is_the_same_while_the_same_is_unknown_of_it(
    make: Any, url: str, then: str | None, now: str | None, known: bool
) -> None:
    """That a run asked nothing says nothing of the link."""
    before, after = (
        make.link(url, "unchecked", reason=None if code is None else ReasonRecord(code=code))
        for code in (then, now)
    )
    finding = make.of_link("link-broken", url)
    assert bool(find_known(make.manifest(after, finding), make.manifest(before))) is known
    asked = replace(after, status="broken")
    settled = find_known(make.manifest(asked, finding), make.manifest(before))
    assert bool(settled) is (url != TAG or then in (None, "offline"))


@pytest.mark.parametrize(
    "kind", ["page", "anchor", "image", "other", "web", "share", "mail", "login"]
)
def test_links_within_the_site_are_lost_when_nobody_judges_them(make: Any, kind: str) -> None:
    """They were judged by the files alone, so that a change of these hides them."""
    within = kind in ("page", "anchor", "image", "other")
    for status in ("ok", "redirected", "broken", "unchecked", "excluded", "blocked"):
        before = make.manifest(make.link(URL, status, kind=kind))
        now = make.manifest(make.link(URL, "unchecked", kind=kind))
        judged = within and status in ("ok", "redirected", "broken")
        assert bool(find_lost_links(now, before)) is judged
    seen = make.manifest(make.link(URL, "ok", kind=kind))
    assert find_lost_links(seen, seen) == ()


def test_a_link_that_is_judged_on_another_page_is_not_lost(make: Any) -> None:
    """Nor one that was unchecked as an image; on a renamed page it is the same link."""
    before = make.manifest(make.link(URL, "ok", kind="page"))
    hidden = make.link(URL, "unchecked", kind="page")
    assert find_lost_links(make.manifest(hidden), before) == (hidden,)
    assert find_lost_links(make.manifest(replace(hidden, page="b.md")), before) == ()
    assert find_lost_links(make.manifest(replace(hidden, url=f"{URL}2")), before) == ()
    image = replace(hidden, kind="image", id="l2")
    both = make.manifest(make.link(URL, "ok", kind="page"), image)
    assert find_lost_links(make.manifest(hidden), both) == ()
    renamed = on_page(make.manifest(make.row("A"), hidden), "b.md")
    earlier = on_page(make.manifest(make.row("A"), make.link(URL, "ok", kind="page")), "a.md")
    assert find_lost_links(renamed, earlier) == renamed.links


def _doubtful(make: Any, code: str | None, status: str = "unchecked", **more: Any) -> Any:
    reason = None if code is None else ReasonRecord(code=code)
    return make.link(URL, status, **{"kind": "page", "reason": reason} | more)


def test_doubts_that_a_change_brings(make: Any) -> None:
    """A reason that no link of the site had before, on a page that changed."""
    new = _doubtful(make, "plugin-unknown")
    run, before = make.manifest(new), make.manifest(_doubtful(make, "liquid-unknown"))
    assert find_new_doubts(run, before, {PAGE}) == (new,)
    assert find_new_doubts(run, before, {"b.md"}) == ()
    assert find_new_doubts(run, run, {PAGE}) == ()
    for known in (
        _doubtful(make, "plugin-unknown", "ok"),
        _doubtful(make, "plugin-unknown", kind="web"),
    ):
        assert find_new_doubts(run, make.manifest(known), {PAGE}) == (new,)
        assert find_new_doubts(make.manifest(known), before, {PAGE}) == ()
    assert find_new_doubts(make.manifest(_doubtful(make, None)), before, {PAGE}) == ()
    file = make.manifest(_doubtful(make, "plugin-unknown", kind="other"))
    assert find_new_doubts(file, before, {PAGE}) == file.links
    for of_scheme in ("link-scheme-unchecked", "link-not-absolute", "offline"):
        app = make.manifest(_doubtful(make, of_scheme, kind="other"))
        assert find_new_doubts(app, before, {PAGE}) == ()


def _liquid(make: Any, name: str, code: str = "row-name-liquid", **more: Any) -> Any:
    return make.row(name, **{"status": "unchecked", "reason": ReasonRecord(code=code)} | more)


def test_rows_that_liquid_hides(make: Any) -> None:
    """The same row, or one of another name for each row that is gone; what Liquid had it keeps."""
    old, new, other = _liquid(make, "A"), _liquid(make, "X"), _liquid(make, "Y")
    for row in (make.row("A"), _liquid(make, "A", "offline"), _liquid(make, "A", status="present")):
        before = make.manifest(row)
        assert find_lost_rows(make.manifest(old), before) == (old,)
        assert find_lost_rows(make.manifest(new), before) == (new,)
        assert find_lost_rows(make.manifest(new, other), before) == (new,)
        assert find_lost_rows(make.manifest(row, new), before) == ()
        assert find_lost_rows(before, before) == ()
    assert find_lost_rows(make.manifest(old, new), make.manifest(old)) == ()
    assert find_lost_rows(make.manifest(new), make.manifest(old)) == ()
    renamed = on_page(make.manifest(old), "b.md")
    assert find_lost_rows(renamed, on_page(make.manifest(old), "a.md")) == ()
    assert find_lost_rows(renamed, on_page(make.manifest(make.row("A")), "a.md")) == (
        renamed.resources
    )


def test_row_doubts_that_a_change_brings(make: Any) -> None:
    """A way of Liquid that no row had before, on a page that changed; offline is none."""
    new, known = _liquid(make, "X"), _liquid(make, "A", "row-place-liquid")
    run, before = make.manifest(known, new), make.manifest(known)
    assert find_new_row_doubts(run, before, {PAGE}) == (new,)
    assert find_new_row_doubts(run, before, {"b.md"}) == ()
    assert find_new_row_doubts(run, run, {PAGE}) == ()
    assert find_new_row_doubts(make.manifest(_liquid(make, "X", "offline")), before, {PAGE}) == ()
    assert (
        find_new_row_doubts(make.manifest(_liquid(make, "X", status="present")), before, {PAGE})
        == ()
    )


def test_waivers_that_came_with_what_they_waive_are_withdrawn(make: Any) -> None:
    """Those that are asked for, of findings that the baseline lacks; the counts agree."""
    waiver = WaiverRecord(reason="kendt", until="2026-12-31", from_="handbook")
    waived = {"waived_until": "2026-12-31", "waiver": waiver}
    old, new = (make.of_row("resource-missing", name, **waived) for name in "AB")
    plain = make.of_row("resource-missing", "C", waived_until="2026-12-31")
    baseline = make.manifest(make.row("A"), old)
    run = make.manifest(*map(make.row, "ABC"), old, new, plain)
    after = withdraw_waivers(run, baseline, lambda finding: finding.waiver is not None)
    assert after.findings == (old, replace(new, waived_until=None, waiver=None), plain)
    assert after.counts == count(run.resources, run.links, after.findings) != run.counts
    assert withdraw_waivers(run, baseline, lambda _: False) == run
    unasked = make.manifest(make.link(URL, "unchecked"), offline=True)
    late = make.manifest(make.link(URL), make.of_link("link-broken", URL, **waived))
    assert withdraw_waivers(late, unasked, lambda _: True) == late


def test_a_page_is_known_by_its_title_rows_and_links(make: Any) -> None:
    """In their order; one other word, and it may be another page."""
    row, link = make.row("A", section="R", label="S"), make.link(URL, text="t")
    finding = make.of_row("resource-missing", "A")
    baseline = on_page(make.manifest(row, link, finding), "a.md")
    assert count_new(on_page(make.manifest(row, link, finding), "b.md"), baseline) == 0
    for other in (
        make.manifest(replace(row, name="B"), link, finding),
        make.manifest(replace(row, label="B"), link, finding),
        make.manifest(replace(row, section="B"), link, finding),
        make.manifest(row, replace(link, text="B"), finding),
        make.manifest(row, replace(link, url=f"{URL}2"), finding),
        make.manifest(link, finding),
        make.manifest(row, finding),
    ):
        assert count_new(on_page(other, "b.md"), baseline) == 1
    titled = on_page(make.manifest(row, link, finding), "b.md")
    page = replace(titled.handbook.published[0], title="Noget andet")
    titled = replace(titled, handbook=replace(titled.handbook, published=(page,)))
    assert count_new(titled, baseline) == 1


def test_rows_and_links_of_a_renamed_page_keep_their_order(make: Any) -> None:
    """By line and column, whatever the order of their ids."""
    places = [(1, 1), (1, 9), (2, 1)]
    rows = [
        make.row("A", id=f"r{9 - at}", line=line, span=make.row("A").span)
        for at, (line, _) in enumerate(places)
    ]
    rows = [
        replace(row, span=replace(row.span, column=column), label=row.id)
        for row, (_, column) in zip(rows, places, strict=True)
    ]
    links = [
        make.link(f"{URL}{at}", id=f"l{9 - at}", line=line, column=column)
        for at, (line, column) in enumerate(places)
    ]
    finding = make.finding("link-broken", URL, link="l9")
    baseline = on_page(make.manifest(*rows, *links, finding), "a.md")
    for turned in (1, 2, -1):
        there = [*rows[turned:], *rows[:turned]], [*links[turned:], *links[:turned]]
        run = on_page(make.manifest(*there[0], *there[1], finding), "b.md")
        assert count_new(run, baseline) == 0
    other = on_page(make.manifest(*rows, *links, replace(finding, link="l8")), "b.md")
    assert count_new(other, baseline) == 1
