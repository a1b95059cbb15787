"""The numbers of the first screen are those of the lists below it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncer.audit.codes import FINDING_CODES
from syncer.manifest.document import FindingRecord, LinkRecord, ResourceRecord, StatusManifest
from syncer.report.view import build_view
from syncer.report.words import Lang, Topic
from tests.golden.golden_manifests import NAMES, read_manifest
from tests.unit.report.records import Make

FIGURES = {
    "mangler": (Topic.MISSING,),
    "døde links": (Topic.LINKS,),
    "klar til link": (Topic.READY,),
    "lovet (ToDo)": (Topic.PROMISED,),
    "ikke i orden": (
        Topic.PARTIAL,
        Topic.DRAFT,
        Topic.OUTDATED,
        Topic.ELSEWHERE,
        Topic.AMBIGUOUS,
    ),
}
OF_LINKS = ("link-broken", "link-empty", "link-anchor-missing", "link-redirected")
OF_ROWS = {
    "missing": "resource-missing",
    "planned": "resource-planned",
    "draft": "resource-draft",
    "elsewhere": "resource-elsewhere",
    "arrived": "resource-arrived",
}


def check(manifest: StatusManifest) -> None:
    """Compare each figure with the number of items in its topics' lists."""
    view = build_view(manifest, Lang.DA)
    topics = [topic for section in view.sections for topic in section.topics]
    listed = {
        label: sum(topic.count for topic in topics if topic.topic in some)
        for label, some in FIGURES.items()
    }
    shown = {figure.label: int(figure.number) for figure in view.figures if figure.label in FIGURES}
    assert shown == {label: number for label, number in listed.items() if number}
    if number := shown.get("døde links"):
        assert f"{number} link{'s' * (number > 1)} virker ikke" in view.headline


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_report_lists_what_it_counts(name: str) -> None:
    """In each of the reports that people have read."""
    check(read_manifest(name))


def _find(
    make: Make, code: str, about: ResourceRecord | LinkRecord, row: str | None = None
) -> FindingRecord:
    severity, owner = FINDING_CODES[code]
    found = {} if row is None else {"resource": row}
    return make.finding(code, about, severity=severity, owner=owner, **found)


@st.composite
def _manifests(draw: st.DrawFn) -> StatusManifest:
    """Make rows of some groups, and links of a few addresses on two pages, with their findings."""
    make = Make()
    statuses = draw(st.lists(st.sampled_from(tuple(OF_ROWS)), max_size=3))
    rows = tuple(
        make.row(f"{status} {n}", status, group=f"g{n}", page=page)
        for n, status in enumerate(statuses)
        for page in draw(st.sampled_from([("a.md",), ("a.md", "b.md")]))
    )
    written = st.tuples(
        st.sampled_from(("a.md", "b.md")),
        st.sampled_from(("", "nix.md", "https://example.dk/x")),
        st.sampled_from(OF_LINKS),
        st.sampled_from((None, *(row.id for row in rows))),
    )
    links, findings = [], [_find(make, OF_ROWS[row.status], row) for row in rows]
    for page, url, code, row in draw(st.lists(written, max_size=8)):
        links.append(make.link(url, "broken", page=page))
        findings.append(_find(make, code, links[-1], row))
    return make.manifest(rows, tuple(links), tuple(findings))


@given(_manifests())
def test_any_report_lists_what_it_counts(manifest: StatusManifest) -> None:
    """The same address on several pages, empty addresses, rows with links of their own."""
    check(manifest)
