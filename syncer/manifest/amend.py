"""A finding that a run makes only after its manifest is built (pure)."""

from __future__ import annotations

from dataclasses import replace

from syncer.manifest.build import record_finding
from syncer.manifest.changes import find_earlier
from syncer.manifest.counts import count
from syncer.manifest.document import ChangesRecord, FindingRecord, StatusManifest
from syncer.model.findings import Finding


def add_finding(
    manifest: StatusManifest, finding: Finding, *, newest: StatusManifest | None
) -> StatusManifest:
    """Return a run's manifest with one finding more, as if it had been there from the start.

    Args:
        manifest: of the run; it holds no finding of that id.
        finding: what came to light; about no page, row or link.
        newest: the run before this one, None when there is none: it knows since when.

    Returns:
        A manifest whose findings, counts and changes agree again: what counted as fixed is open
        still, and what the last complete run did not have is new.
    """
    earlier = find_earlier(None, newest)
    record = record_finding(finding, manifest.run.finished_at, earlier)
    findings = tuple(sorted((*manifest.findings, record), key=_place_of))
    return replace(
        manifest,
        findings=findings,
        counts=count(manifest.resources, manifest.links, findings),
        changes=_amend_changes(manifest.changes, record, findings),
    )


def _amend_changes(
    changes: ChangesRecord, record: FindingRecord, findings: tuple[FindingRecord, ...]
) -> ChangesRecord:
    if changes.since is None:
        return changes
    fixed = tuple(one for one in changes.fixed if one.id != record.id)
    if len(fixed) < len(changes.fixed):
        return replace(changes, fixed=fixed, unchanged=changes.unchanged + 1)
    new = {*changes.new, record.id}
    return replace(changes, new=tuple(one.id for one in findings if one.id in new))


def _place_of(record: FindingRecord) -> tuple[str, int, str]:
    return record.page or "", record.line or 0, record.id
