"""From matches, checks and yesterday to ordered findings (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from syncer.audit.causes import link_causes
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
    """Draw the findings from what one run has seen.

    One per row, link, share, place, file or page that somebody should do or know something about;
    each id once. `caused_by` gathers them under what explains them, `waived_until` says which are
    accepted. What is outside the scope has none, and what denies something has one only with
    proof (design rule 1).

    Returns:
        Findings by page (those of no page first), line and id; () when all is well.
    """
    evidence = gather(observed)
    found = _number(
        [
            *find_in_pages(observed),
            *find_in_rows(evidence),
            *find_in_places(evidence),
            *find_in_files(evidence),
            *find_in_shares(evidence),
            *find_in_links(evidence),
        ]
    )
    waived = apply_waivers(observed, link_causes(evidence, found))
    return _sort([*waived, *_number(find_unused(evidence, found))])


def _number(findings: Iterable[Finding]) -> list[Finding]:
    """Give repeats their ordinals: the same thing said twice of one page, in its order."""
    numbered = list(findings)
    ids = number_repeats(finding.id for finding in numbered)
    return [replace(finding, id=identity) for finding, identity in zip(numbered, ids, strict=True)]


def _sort(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(
        sorted(findings, key=lambda finding: (finding.page or "", finding.line or 0, finding.id))
    )
