"""What was solved is named as people name it, and no more is said than was seen."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from syncer.manifest.document import (
    ChangesRecord,
    FindingRecord,
    FixedRecord,
    LinkRecord,
    ResourceRecord,
    StatusManifest,
)
from syncer.report.view import build_view
from syncer.report.words import Lang

if TYPE_CHECKING:
    from tests.unit.report.records import Make


def _fix(make: Make, finding: FindingRecord) -> FixedRecord:
    values = {one.name: getattr(finding, one.name) for one in fields(finding)}
    return FixedRecord(fixed_at=make.now, **values)


def _after(make: Make, *fixed: FindingRecord, **more: Any) -> StatusManifest:
    changes = ChangesRecord(
        since=make.now - timedelta(days=1), fixed=tuple(_fix(make, one) for one in fixed)
    )
    return make.manifest(changes=changes, **more)


def _tell(manifest: StatusManifest, lang: Lang = Lang.DA) -> tuple[str, ...]:
    return build_view(manifest, lang).news.solved


def _break(make: Make, link: LinkRecord, **more: Any) -> FindingRecord:
    args = {"text": link.text, "url": link.url}
    return make.finding("link-broken", link, owner="maintainer", args=args, **more)


def test_a_link_that_works_is_named_by_its_text_and_page(make: Make) -> None:
    """In both languages."""
    link = make.link("processer/rejser", text="rejser og udlæg")
    manifest = _after(make, _break(make, link), links=(link,))
    assert _tell(manifest) == ("Linket »rejser og udlæg« på siden Partnere virker nu",)
    assert _tell(manifest, Lang.EN) == (
        "The link “rejser og udlæg” on the page Partnere works now",
    )


def test_a_corrected_link_works_under_another_address(make: Make) -> None:
    """The link that has its text on its page is the corrected one."""
    old, new = make.link("gammel", text="Her"), make.link("ny", text="Her")
    assert _tell(_after(make, _break(make, old), links=(new,))) == (
        "Linket »Her« på siden Partnere virker nu",
    )


@pytest.mark.parametrize("status", ["unchecked", "blocked", "needs-login"])
def test_no_link_is_said_to_work_that_was_not_seen_to(make: Make, status: str) -> None:
    """It does not have its fault any more: that is all that is known."""
    old, new = make.link("gammel", text="Her"), make.link("ny", status, text="Her")
    assert _tell(_after(make, _break(make, old), links=(new,))) == (
        "»Her« er ordnet (var: Virker ikke)",
    )


def test_a_link_that_is_gone_was_removed(make: Make) -> None:
    """With its address when it had no text."""
    old = make.link("https://example.dk/x/", text="")
    assert _tell(_after(make, _break(make, old))) == (
        "Linket »example.dk/x« er fjernet fra siden Partnere",
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("present", "»Vedtægter« er på plads nu"),
        ("likely", "»Vedtægter« er på plads nu"),
        ("not-a-file", "»Vedtægter« er ordnet (var: Mangler)"),
        (None, "»Vedtægter« er ikke længere nævnt i håndbogen"),
    ],
)
def test_a_row_is_in_place_only_when_it_is(make: Make, status: str | None, said: str) -> None:
    """Two rows of one resource are solved once."""
    row = make.row("Vedtægter", "missing")
    finding = make.finding("resource-missing", row)
    rows = () if status is None else (replace(row, status=status),)
    manifest = _after(make, finding, replace(finding, id="f2"), resources=rows)
    assert _tell(manifest) == (said,)


def test_what_has_another_point_is_not_solved(make: Make) -> None:
    """A missing document of which there is a draft now is progress, but the card stays."""
    row = make.row("Vedtægter", "draft")
    draft = make.finding("resource-draft", row, severity="warning")
    manifest = _after(
        make, make.finding("resource-missing", row), resources=(row,), findings=(draft,)
    )
    assert _tell(manifest) == ()
    assert build_view(manifest, Lang.DA).news.solved_heading == "Intet løst siden i går"


def test_what_a_link_of_its_row_needs_does_not_hold_it_back(make: Make) -> None:
    """The document is there again, though the row's link opens the wrong folder."""
    row, link = make.row("Vedtægter"), make.link("https://boks.example.dk/s/x")
    opens = make.finding(
        "share-link-opens-root", link, severity="warning", resource=row.id, owner="maintainer"
    )
    manifest = _after(
        make,
        make.finding("resource-missing", row),
        resources=(row,),
        links=(link,),
        findings=(opens,),
    )
    assert _tell(manifest) == ("»Vedtægter« er på plads nu",)


def test_what_was_explained_set_aside_or_only_told_is_not_named(make: Make) -> None:
    """It was no point of its own before."""
    row = make.row("A")
    cause = make.finding("share-gone", subject=make.share_id, args={"share": make.share_id})
    manifest = _after(
        make,
        cause,
        make.finding("resource-missing", row, caused_by=cause.id),
        make.finding("resource-draft", row, waived_until="2027-01-01"),
        make.finding("page-empty", severity="info", subject="a.md"),
        resources=(row,),
    )
    assert _tell(manifest) == ("Den delte mappe »OS2 Boks« kan læses igen",)


def test_a_share_that_nobody_names_any_more_has_no_token(make: Make) -> None:
    """Its server stands for it when it had no name."""
    token = make.share_id.rpartition("/")[2]
    said = [
        _tell(
            _after(
                make,
                make.finding(
                    "share-gone",
                    subject=make.share_id,
                    args={"share": make.share_id, "name": name},
                ),
                shares=(),
            )
        )
        for name in (token, "Design")
    ]
    assert said == [
        ("Håndbogen henviser ikke længere til den delte mappe »boks.example.dk«",),
        ("Håndbogen henviser ikke længere til den delte mappe »Design«",),
    ]


def test_other_things_are_settled(make: Make) -> None:
    """With what they were called, and what was wrong."""
    place = make.finding("place-missing", subject="A/B", owner="maintainer")
    empty = make.finding("file-empty", subject="A/x.docx", args={"share": make.share_id})
    changed = make.finding(
        "share-changed", subject=make.share_id, severity="warning", args={"share": make.share_id}
    )
    assert _tell(_after(make, place, empty, changed)) == (
        "»A / B« er ordnet (var: Mappen findes ikke)",
        "»x.docx« er ordnet (var: Tom fil)",
        "»OS2 Boks« er ordnet (var: Den delte mappe er ændret)",
    )


def test_a_row_of_another_type_of_record_is_no_row(make: Make) -> None:
    """A link of a row is named as a link, not as the row."""
    row: ResourceRecord = make.row("Kontoplan", "not-a-file")
    link = make.link("processer/kontoplan", text="Kontoplanen")
    finding = _break(make, link, resource=row.id)
    assert _tell(_after(make, finding, resources=(row,), links=(link,))) == (
        "Linket »Kontoplanen« på siden Partnere virker nu",
    )
