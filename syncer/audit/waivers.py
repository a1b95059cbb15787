"""Waivers: findings that somebody has accepted until a day (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from syncer.audit.codes import make_finding
from syncer.audit.evidence import Evidence
from syncer.audit.observed import Observed, Waiver
from syncer.model import Finding, LinkStatus, Reason, Verdict

_OPEN_VERDICTS = (Verdict.UNDETERMINED, Verdict.UNCHECKED)
_OPEN_STATUSES = (LinkStatus.UNCHECKED, LinkStatus.UNCONFIRMED, LinkStatus.TIMED_OUT)


def apply_waivers(observed: Observed, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Mark the findings that a waiver covers today; the order stays.

    Where several do, the one that holds longest counts. An expired waiver covers nothing: what it
    covered is a finding again.
    """
    return tuple(_waive(observed, finding) for finding in findings)


def find_unused(evidence: Evidence, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Give the waivers that match nothing, in the order of the settings.

    Only after a look at everything: a waiver for what could not be looked at may still be needed.
    """
    if not _saw_everything(evidence):
        return
    for waiver in evidence.observed.waivers:
        if not any(_matches(waiver, finding) for finding in findings):
            yield make_finding(
                "waiver-unused",
                waiver.subject,
                (waiver.code, waiver.subject),
                {
                    "code": waiver.code,
                    "subject": waiver.subject,
                    "reason": waiver.reason,
                    "until": waiver.until.isoformat(),
                },
                hint=Reason("remove-waiver"),
            )


def _waive(observed: Observed, finding: Finding) -> Finding:
    days = [
        waiver.until
        for waiver in observed.waivers
        if waiver.until >= observed.today and _matches(waiver, finding)
    ]
    return replace(finding, waived_until=max(days).isoformat()) if days else finding


def _matches(waiver: Waiver, finding: Finding) -> bool:
    return waiver.code == finding.code and fnmatchcase(finding.subject, waiver.subject)


def _saw_everything(evidence: Evidence) -> bool:
    observed = evidence.observed
    return (
        observed.whole_handbook
        and observed.with_resources
        and observed.with_links
        and not observed.scope.offline
        and not evidence.distrusted
        and all(share.settled for share in observed.shares.values())
        and all(match.verdict not in _OPEN_VERDICTS for match in observed.matches)
        and all(check.verdict.status not in _OPEN_STATUSES for check in observed.links)
    )
