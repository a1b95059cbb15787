"""Waivers: findings that somebody has accepted until a day (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from syncer.audit.codes import make_finding
from syncer.audit.evidence import Evidence
from syncer.audit.observed import Observed, Waiver
from syncer.model.findings import Finding
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason

_OPEN_VERDICTS = (Verdict.UNDETERMINED, Verdict.UNCHECKED)
_OPEN_STATUSES = (LinkStatus.UNCHECKED, LinkStatus.UNCONFIRMED, LinkStatus.TIMED_OUT)

# Codes whose findings come of whole shares.
_OF_SHARES = ("file-", "place-", "share-")


def apply_waivers(observed: Observed, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Mark the findings that a waiver covers today; the order stays.

    Where several do, the one that holds longest counts. An expired waiver covers nothing: what it
    covered is a finding again.
    """
    return tuple(_waive(observed, finding) for finding in findings)


def find_unused(evidence: Evidence, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Give the waivers that match nothing, in the order of the settings.

    Only after a look at the whole handbook, and not when what could not be looked at may be what
    the waiver is for.
    """
    if not _saw_whole_handbook(evidence.observed):
        return
    for waiver in evidence.observed.waivers:
        used = any(_matches(waiver, finding) for finding in findings)
        if not used and not _may_be_needed(evidence, waiver):
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


def _saw_whole_handbook(observed: Observed) -> bool:
    return (
        observed.whole_handbook
        and observed.with_resources
        and observed.with_links
        and not observed.scope.offline
    )


def _may_be_needed(evidence: Evidence, waiver: Waiver) -> bool:
    """Tell whether something that could not be looked at may have the finding of a waiver."""
    observed = evidence.observed
    rows = [row for row, match in evidence.judged_rows() if match.verdict in _OPEN_VERDICTS]
    links = [c.link.url for c in observed.links if c.verdict.status in _OPEN_STATUSES]
    if any(fnmatchcase(subject, waiver.subject) for subject in [*(r.name for r in rows), *links]):
        return True
    all_shares_known = not evidence.distrusted and all(
        share.settled for share in observed.shares.values()
    )
    return waiver.code.startswith(_OF_SHARES) and not (all_shares_known and not rows)
