"""The exit code of a run, from its manifest (pure)."""

from __future__ import annotations

from syncer.errors import ExitCode, most_serious
from syncer.manifest.baseline import find_known
from syncer.manifest.document import FindingRecord, StatusManifest

_RANK = {"info": 0, "warning": 1, "error": 2, "never": 3}


def decide_exit(
    manifest: StatusManifest,
    *,
    fail_on: str,
    allow_incomplete: bool,
    baseline: StatusManifest | None = None,
) -> ExitCode:
    """Return what the process answers for a run.

    Args:
        manifest: of the run.
        fail_on: "error", "warning", "info" or "never".
        allow_incomplete: an incomplete run is not answered with 3.
        baseline: only findings that are not in it count; None: all do.
    """
    known = frozenset() if baseline is None else find_known(manifest, baseline)
    codes = [ExitCode.OK]
    if not manifest.run.complete and not allow_incomplete:
        codes.append(ExitCode.INCOMPLETE)
    if any(_counts(finding, fail_on) for finding in manifest.findings if finding.id not in known):
        codes.append(ExitCode.FINDINGS)
    return most_serious(*codes)


def _counts(finding: FindingRecord, fail_on: str) -> bool:
    """Tell whether a finding reaches the threshold; what is waived does not.

    One that another explains counts as its cause does: the cause stands beside it.
    """
    return finding.waived_until is None and _RANK.get(finding.severity, 0) >= _RANK[fail_on]
