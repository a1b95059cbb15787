"""All findings of a run, in order (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from syncer.audit.causes import link_causes
from syncer.audit.document_findings import find_in_documents
from syncer.audit.evidence import gather
from syncer.audit.file_findings import find_in_files
from syncer.audit.link_findings import find_in_links
from syncer.audit.observed import Observed
from syncer.audit.page_findings import find_in_pages
from syncer.audit.place_findings import find_in_places
from syncer.audit.row_findings import find_in_rows
from syncer.audit.share_findings import find_in_shares
from syncer.audit.waivers import apply_waivers, find_unused
from syncer.model.findings import Finding
from syncer.model.ids import number_repeats


def find(observed: Observed) -> tuple[Finding, ...]:
    """Return the findings of a run.

    At most one per row, link, share, place, folder or page and code; ids are unique. `caused_by`
    and `waived_until` are set. Nothing outside the scope has a finding, and a finding that denies
    something needs proof (`docs/design.md` rule 1).

    Returns:
        Findings by page (those without a page first), line and id; () when all is well.
    """
    evidence = gather(observed)
    found = _number(
        [
            *find_in_pages(observed),
            *find_in_rows(evidence),
            *find_in_places(evidence),
            *find_in_files(evidence),
            *find_in_documents(evidence),
            *find_in_shares(evidence),
            *find_in_links(evidence),
        ]
    )
    waived = apply_waivers(observed, link_causes(evidence, found))
    findings = [*waived, *_number(find_unused(evidence, found))]
    return tuple(sorted(findings, key=lambda one: (one.page or "", one.line or 0, one.id)))


def _number(findings: Iterable[Finding]) -> list[Finding]:
    """Add ordinals to repeated ids, as when a page repeats the same faulty line."""
    numbered = list(findings)
    ids = number_repeats(finding.id for finding in numbered)
    return [replace(finding, id=identity) for finding, identity in zip(numbered, ids, strict=True)]
