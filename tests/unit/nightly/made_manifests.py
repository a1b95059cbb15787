"""Manifests of empty handbooks, for runs whose findings do not matter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from syncer.manifest.document import (
    SCHEMA_VERSION,
    ChangesRecord,
    CountsRecord,
    FindingRecord,
    HandbookRecord,
    ReasonRecord,
    RunRecord,
    ScopeRecord,
    StatusManifest,
    ToolRecord,
)

FIRST_NIGHT = datetime(2026, 10, 1, 1, 15, 2, tzinfo=UTC)


def make_manifest(
    finished_at: datetime = FIRST_NIGHT,
    *,
    complete: bool = True,
    findings: tuple[FindingRecord, ...] = (),
) -> StatusManifest:
    """Return a manifest of an empty handbook."""
    return StatusManifest(
        schema_version=SCHEMA_VERSION,
        tool=ToolRecord(name="syncer", version="0"),
        run=RunRecord(
            id="run",
            started_at=finished_at - timedelta(seconds=3),
            finished_at=finished_at,
            complete=complete,
            incomplete_because=() if complete else (ReasonRecord(code="run-stopped"),),
            scope=ScopeRecord(),
        ),
        handbook=HandbookRecord(source="handbook", revision=None, pages=0, site_url=None),
        shares=(),
        resources=(),
        links=(),
        findings=findings,
        changes=ChangesRecord(),
        history=(),
        counts=CountsRecord(groups={}, rows={}, links={}, severities={}, owners={}),
    )
