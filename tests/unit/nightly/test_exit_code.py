"""What decides the exit code of a run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.errors import ExitCode, most_serious
from syncer.manifest.document import (
    FindingRecord,
    LinkRecord,
    ReasonRecord,
)
from syncer.nightly.baseline import Baseline
from syncer.nightly.exit_code import decide_exit
from syncer.pipeline.options import RunParams
from tests.unit.nightly.made_manifests import FIRST_NIGHT, make_manifest


def make_finding(severity: str, *, waived_until: str | None = None) -> FindingRecord:
    """Return a finding of that severity."""
    return FindingRecord(
        id=f"f{severity}",
        code="link-broken",
        severity=severity,
        owner="maintainer",
        page="a.md",
        line=1,
        subject="x",
        args={},
        hint=None,
        caused_by=None,
        first_seen_at=FIRST_NIGHT,
        runs=1,
        waived_until=waived_until,
    )


@pytest.mark.parametrize(
    ("one", "other", "wins"),
    [
        (one, other, min(one, other, key=(70, 75, 2, 3, 1, 0).index))
        for one in ExitCode
        for other in ExitCode
    ],
)
def test_the_most_serious_code_wins(one: ExitCode, other: ExitCode, wins: ExitCode) -> None:
    """The order of the contract, in each pair."""
    assert most_serious(one, other) is wins
    assert most_serious() is ExitCode.OK


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("error", "error", ExitCode.FINDINGS),
        ("warning", "error", ExitCode.OK),
        ("warning", "warning", ExitCode.FINDINGS),
        ("info", "info", ExitCode.FINDINGS),
        ("error", "never", ExitCode.OK),
        ("strange", "warning", ExitCode.OK),
    ],
)
def test_findings_decide_the_exit_code(severity: str, fail_on: str, code: ExitCode) -> None:
    """A finding at or above the threshold gives 1."""
    manifest = make_manifest(findings=(make_finding(severity),))
    assert decide_exit(manifest, RunParams(fail_on=fail_on)) is code


def test_incomplete_beats_findings_unless_it_is_allowed() -> None:
    """3 wins over 1; with --allow-incomplete the findings decide."""
    manifest = make_manifest(complete=False, findings=(make_finding("error"),))
    assert decide_exit(manifest, RunParams(fail_on="error")) is ExitCode.INCOMPLETE
    allowed = RunParams(fail_on="error", allow_incomplete=True)
    assert decide_exit(manifest, allowed) is ExitCode.FINDINGS
    assert decide_exit(manifest, replace(allowed, fail_on="never")) is ExitCode.OK


def test_what_is_waived_or_in_the_baseline_does_not_count() -> None:
    """A waiver and a baseline each take a finding out."""
    waived = make_manifest(findings=(make_finding("error", waived_until="2026-12-31"),))
    assert decide_exit(waived, RunParams(fail_on="error")) is ExitCode.OK
    bad = make_manifest(findings=(make_finding("error"),))
    same = Baseline(replace(bad))
    assert decide_exit(bad, RunParams(fail_on="error"), same) is ExitCode.OK


def make_link(page: str, kind: str, reason: str) -> LinkRecord:
    """Return a link that was not looked at, for that reason."""
    return LinkRecord(
        id="l1", page=page, line=1, column=1, text="x", url="https://example.org/", kind=kind,
        status="unchecked", http_status=None, final_url=None, reason=ReasonRecord(code=reason),
        checked_at=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reasons", "link", "code"),
    [
        ([ReasonRecord(code="timeout")], ("a.md", "share", "timeout"), ExitCode.INCOMPLETE),
        ([ReasonRecord(code="timeout")], ("b.md", "share", "timeout"), ExitCode.OK),
        ([ReasonRecord(code="links-not-asked")], ("a.md", "web", "link-no-network"),
         ExitCode.INCOMPLETE),
        ([ReasonRecord(code="links-not-asked")], ("b.md", "web", "link-no-network"), ExitCode.OK),
        ([ReasonRecord(code="timeout")], ("a.md", "web", "link-scheme-unchecked"), ExitCode.OK),
        ([ReasonRecord(code="run-stopped")], ("b.md", "web", "offline"), ExitCode.INCOMPLETE),
        ([ReasonRecord(code="page-not-read", args={"page": "a.md", "why": "not-utf8"})],
         ("b.md", "web", "offline"), ExitCode.INCOMPLETE),
        ([ReasonRecord(code="page-not-read", args={"page": "b.md", "why": "not-utf8"})],
         ("b.md", "web", "offline"), ExitCode.OK),
        ([ReasonRecord(code="page-not-read", args={"page": "b", "why": "folder-io-error"})],
         ("b.md", "web", "offline"), ExitCode.INCOMPLETE),
    ],
)  # fmt: skip
def test_with_a_ref_only_the_changed_pages_make_a_run_incomplete(
    reasons: list[ReasonRecord], link: tuple[str, str, str], code: ExitCode
) -> None:
    """A server that another page links to does not fail a pull request; a manifest says nothing."""
    made = make_manifest(complete=False)
    run = replace(made.run, incomplete_because=tuple(reasons))
    manifest = replace(made, run=run, links=(make_link(*link),))
    at_ref = Baseline(make_manifest(), changed_pages=frozenset({"a.md"}))
    assert decide_exit(manifest, RunParams(fail_on="error"), at_ref) is code
    earlier_run = Baseline(make_manifest())
    assert decide_exit(manifest, RunParams(fail_on="error"), earlier_run) is ExitCode.INCOMPLETE
