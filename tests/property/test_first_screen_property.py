"""Each number has one definition: the first screen, the lists, the chart, texts and metrics."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncer.audit.codes import FINDING_CODES
from syncer.manifest.document import (
    ChangesRecord,
    FindingRecord,
    LinkRecord,
    ResourceRecord,
    StatusManifest,
)
from tests.golden.golden_manifests import NAMES, read_manifest
from tests.property.reached import at_least, reached
from tests.unit.report.numbers import check_numbers
from tests.unit.report.records import YESTERDAY, Make

OF_LINKS = (
    "link-broken",
    "link-empty",
    "link-anchor-missing",
    "link-redirected",
    "link-timed-out",
    "link-private-address",
)
OF_ROWS = {
    "missing": "resource-missing",
    "planned": "resource-planned",
    "draft": "resource-draft",
    "elsewhere": "resource-elsewhere",
    "arrived": "resource-arrived",
    "likely": "resource-likely",
    "undetermined": "resource-undetermined",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_report_agrees_with_itself(name: str) -> None:
    """In each of the reports that people have read."""
    check_numbers(read_manifest(name))


def _find(
    make: Make, code: str, about: ResourceRecord | LinkRecord, row: str | None = None
) -> FindingRecord:
    severity, owner = FINDING_CODES[code]
    found = {} if row is None else {"resource": row}
    return make.finding(code, about, severity=severity, owner=owner, **found)


@st.composite
def _manifests(draw: st.DrawFn) -> StatusManifest:
    """Make rows of some groups, and links of a few addresses on two pages, with their findings.

    A share that is gone explains some, some are set aside, and some are new. Some promise kinds.
    """
    make = Make()
    statuses = st.sampled_from((*OF_ROWS, "present", "not-a-file", "unchecked"))
    kinds = st.sampled_from(("present", "missing", "undetermined"))
    rows: list[ResourceRecord] = []
    for n, status in enumerate(draw(st.lists(statuses, max_size=4))):
        names = draw(st.sampled_from(("", "ab")))
        expected = tuple(make.expected(name, draw(kinds)) for name in names)
        rows += (
            make.row(f"{n}", status, group=f"g{n}", page=page, expected=expected)
            for page in draw(st.sampled_from([("a.md",), ("a.md", "b.md")]))
        )
    findings = [_find(make, OF_ROWS[row.status], row) for row in rows if row.status in OF_ROWS]
    findings += [
        _find(make, "resource-partial", row)
        for row in rows
        if {kind.status for kind in row.expected} >= {"present", "missing"}
    ]
    written = st.tuples(
        st.sampled_from(("a.md", "b.md")),
        st.sampled_from(("", "nix.md", "https://example.dk/x")),
        st.sampled_from(OF_LINKS),
        st.sampled_from((None, *(row.id for row in rows))),
    )
    links = []
    # One address on one page has one verdict.
    verdicts: dict[tuple[str, str], str] = {}
    for page, url, drawn, row in draw(st.lists(written, max_size=8)):
        code = verdicts.setdefault((page, url), drawn)
        status = "broken" if code in OF_LINKS[:3] else code.removeprefix("link-")
        links.append(make.link(url, status, page=page))
        findings.append(_find(make, code, links[-1], row))
    findings = [_settle(draw, finding) for finding in findings]
    gone = _find(make, "share-gone", make.link("x"))
    new = tuple(finding.id for finding in findings if draw(st.booleans()))
    since = draw(st.sampled_from((None, YESTERDAY)))
    return make.manifest(
        tuple(rows),
        tuple(links),
        (replace(gone, id="cause", link=None), *findings),
        changes=ChangesRecord(since=since, new=new),
    )


def _settle(draw: st.DrawFn, finding: FindingRecord) -> FindingRecord:
    """Set some findings aside, and let the gone share explain others."""
    settled = draw(st.sampled_from(("open", "open", "waived", "explained")))
    match settled:
        case "waived":
            return replace(finding, waived_until="2027-01-01")
        case "explained" if finding.code in ("resource-missing", "link-broken"):
            return replace(finding, caused_by="cause")
    return finding


@at_least(row=20, link=20, new=10, waived=5, explained=3, promised=3)
@given(_manifests())
def test_any_report_agrees_with_itself(manifest: StatusManifest) -> None:
    """The same address on several pages, empty addresses, rows with links of their own."""
    check_numbers(manifest)
    reached("row", len(manifest.resources))
    reached("link", len(manifest.links))
    reached("new", len(manifest.changes.new))
    reached("waived", sum(one.waived_until is not None for one in manifest.findings))
    reached("explained", sum(one.caused_by is not None for one in manifest.findings))
    reached("promised", sum(one.code == "resource-planned" for one in manifest.findings))
