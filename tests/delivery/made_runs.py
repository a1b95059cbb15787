"""Manifests of runs with findings to deliver."""

from __future__ import annotations

from datetime import UTC, datetime

from syncer.manifest.build import Past, Results, RunFacts, build_manifest
from syncer.manifest.document import ScopeRecord, StatusManifest
from syncer.model.findings import Finding, Owner, Severity
from syncer.model.handbook import Handbook
from syncer.model.reason import Reason

NIGHT = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)


def make_finding(code: str, subject: str, severity: Severity = Severity.ERROR) -> Finding:
    """Make a finding about no page."""
    return Finding(
        id=f"f-{code}-{subject}",
        code=code,
        severity=severity,
        owner=Owner.ADMINISTRATOR,
        page=None,
        line=None,
        subject=subject,
        args={"share": f"boks.example.org/{subject}"},
    )


def make_run(
    *findings: Finding,
    complete: StatusManifest | None = None,
    newest: StatusManifest | None = None,
    whole: bool = True,
    at: datetime = NIGHT,
) -> StatusManifest:
    """Make the manifest of a run with these findings, compared with earlier ones."""
    run = RunFacts(
        version="1.0",
        id="run",
        started_at=at,
        finished_at=at,
        scope=ScopeRecord(),
        incomplete_because=() if whole else (Reason("run-stopped"),),
    )
    results = Results(
        handbook=Handbook(
            source="handbook",
            revision=None,
            stale=None,
            pages=(),
            unreadable=(),
            files=(),
            config=None,
        ),
        pages=0,
        shares={},
        rows=(),
        matches=(),
        links=(),
        findings=findings,
    )
    return build_manifest(run, results, Past(complete=complete, newest=newest))
