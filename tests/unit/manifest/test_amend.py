"""A finding that comes to light after the manifest was built."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from syncer.manifest.amend import add_finding
from syncer.manifest.changes import compare
from syncer.manifest.counts import count
from syncer.manifest.document import StatusManifest
from syncer.model.findings import Finding, Owner, Severity
from tests.unit.manifest.records import NIGHT, Make

LATE = Finding(
    id="f-late",
    code="publish-failed",
    severity=Severity.WARNING,
    owner=Owner.ADMINISTRATOR,
    page=None,
    line=None,
    subject="boks.example.dk/Status",
    args={"why": "server-not-reached"},
)


def make_night(make: Make, night: int, previous: StatusManifest | None) -> StatusManifest:
    """Return the manifest of a night, compared with the one before."""
    found = make.finding("resource-missing", "Aftale")
    at = NIGHT + timedelta(days=night)
    manifest = make.manifest(found)
    manifest = replace(manifest, run=replace(manifest.run, finished_at=at))
    return replace(manifest, changes=compare(manifest, previous))


def test_it_is_new_counted_and_in_its_place(make: Make) -> None:
    """As if it had been there from the start: sorted, counted, new since the last run."""
    first = make_night(make, 0, None)
    second = add_finding(make_night(make, 1, first), LATE, newest=first)
    late = second.findings[0]
    assert (late.id, late.runs, late.first_seen_at) == ("f-late", 1, second.run.finished_at)
    assert second.changes.new == ("f-late",)
    assert second.changes.unchanged == 1
    assert second.counts == count(second.resources, second.links, second.findings)


def test_it_goes_on_and_is_not_called_fixed(make: Make) -> None:
    """The night before had it too: known since then, neither new nor fixed."""
    first = make_night(make, 0, None)
    second = add_finding(make_night(make, 1, first), LATE, newest=first)
    before = make_night(make, 2, second)
    assert [fixed.id for fixed in before.changes.fixed] == ["f-late"]
    third = add_finding(before, LATE, newest=second)
    assert (third.findings[0].runs, third.findings[0].first_seen_at) == (
        2,
        second.run.finished_at,
    )
    assert third.changes == compare(third, second)
    assert third.changes.unchanged == 2


def test_it_is_not_new_in_a_first_run(make: Make) -> None:
    """With nothing to compare with nothing is new."""
    first = add_finding(make_night(make, 0, None), LATE, newest=None)
    assert first.changes.new == ()
    assert len(first.findings) == 2


def test_it_stands_by_page_line_and_id(make: Make) -> None:
    """A finding about no page comes before those of pages; of two the one with the lower id."""
    late = replace(LATE, id="f-m")
    others = [
        replace(make.finding("page-empty"), id=name, page=page, line=line)
        for name, page, line in (
            ("f-a", None, None), ("f-z", None, None), ("f-0", "a.md", 8), ("f-1", "a.md", 9),
            ("f-2", "b.md", 1),
        )
    ]  # fmt: skip
    parts = (make.row("A"), make.link("b"), make.link("c", "ok"))
    after = add_finding(make.manifest(*parts, *others), late, newest=None)
    assert after.counts == count(after.resources, after.links, after.findings)
    assert after.counts.links == {"broken": 1, "ok": 1}
    assert [one.id for one in after.findings] == ["f-a", "f-m", "f-z", "f-0", "f-1", "f-2"]


def test_the_others_that_are_new_or_fixed_stay_so(make: Make) -> None:
    """In the order of the findings; by other rules or without a past nothing is new."""
    gone, come = make.finding("page-empty", "x"), make.finding("page-empty", "y")
    before = make.manifest(gone, nights_ago=1)
    now = make.manifest(come)
    now = replace(now, changes=compare(now, before))
    after = add_finding(now, LATE, newest=before)
    assert after.changes.new == ("f-late", come.id)
    assert [one.id for one in after.changes.fixed] == [gone.id]
    assert after.changes.unchanged == now.changes.unchanged
    for changes in (replace(now.changes, rules_changed=True), replace(now.changes, since=None)):
        unchanged = add_finding(replace(now, changes=changes), LATE, newest=before)
        assert unchanged.changes == changes
