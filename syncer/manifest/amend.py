"""Add a finding to a finished manifest (pure)."""

from __future__ import annotations

from dataclasses import replace

from syncer.manifest.build import record_finding
from syncer.manifest.changes import carry_over
from syncer.manifest.counts import count
from syncer.manifest.document import ChangesRecord, FindingRecord, StatusManifest
from syncer.model.findings import Finding


def add_finding(
    manifest: StatusManifest, finding: Finding, *, newest: StatusManifest | None
) -> StatusManifest:
    """Return a run's manifest with one finding more, as if it had been there from the start.

    Args:
        manifest: of the run; without a finding of that id.
        finding: about no page, row or link.
        newest: of the run before this one, None without one; it may know the finding.

    Returns:
        A manifest whose findings, counts and changes agree: the finding is not fixed, and it is
        new unless the last complete run had it.
    """
    (record,) = carry_over([record_finding(finding, manifest.run.finished_at)], None, newest)
    findings = tuple(
        sorted((*manifest.findings, record), key=lambda f: (f.page or "", f.line or 0, f.id))
    )
    return replace(
        manifest,
        findings=findings,
        counts=count(manifest.resources, manifest.links, findings),
        changes=_amend_changes(manifest.changes, record, findings),
    )


def _amend_changes(
    changes: ChangesRecord, record: FindingRecord, findings: tuple[FindingRecord, ...]
) -> ChangesRecord:
    if changes.since is None or changes.rules_changed:
        return changes
    fixed = tuple(one for one in changes.fixed if one.id != record.id)
    if len(fixed) < len(changes.fixed):
        return replace(changes, fixed=fixed, unchanged=changes.unchanged + 1)
    new = {*changes.new, record.id}
    return replace(changes, new=tuple(one.id for one in findings if one.id in new))
