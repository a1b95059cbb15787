"""Waivers: findings that a person has accepted until a day (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from syncer.audit.codes import make_finding
from syncer.audit.evidence import Evidence
from syncer.audit.file_findings import list_counted_files
from syncer.audit.observed import Observed, Waiver
from syncer.model.findings import Finding
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason

_OPEN_VERDICTS = (Verdict.UNDETERMINED, Verdict.UNCHECKED)
_OPEN_STATUSES = (LinkStatus.UNCHECKED, LinkStatus.UNCONFIRMED, LinkStatus.TIMED_OUT)

# Codes whose findings depend on whole shares.
_OF_SHARES = ("file-", "place-", "share-")


def apply_waivers(observed: Observed, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Mark the findings that a waiver covers today; the order stays.

    Where several do, one of the settings counts, then one that names its target, then the one that
    ends last. An expired waiver covers nothing; its last day becomes the argument `waiver_ended` of
    the findings that it covered.
    """
    return tuple(_waive(observed, finding) for finding in findings)


def find_unused(evidence: Evidence, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield a finding for each waiver that matches nothing, in the order of the settings.

    None unless the run read the whole handbook, and none for a waiver whose finding may be hidden
    because something could not be checked.
    """
    if not _saw_whole_handbook(evidence.observed):
        return
    for waiver in evidence.observed.waivers:
        used = any(map(waiver.covers, findings)) or any(
            waiver.names(waiver.code, path) for path in list_counted_files(evidence, waiver.code)
        )
        if not used and not _may_be_needed(evidence, waiver):
            yield _report_unused(waiver)


def _report_unused(waiver: Waiver) -> Finding:
    subject = waiver.subject or waiver.page or ""
    of_handbook = waiver.origin == "handbook"
    # A waiver without lines is in the handbook's own file, a comment is on its page.
    page = (waiver.page if waiver.lines else ".syncer.toml") if of_handbook else None
    return make_finding(
        "waiver-unused",
        subject,
        (waiver.code, subject),
        {
            "code": waiver.code,
            "subject": subject,
            "reason": waiver.reason,
            "until": waiver.until.isoformat(),
        },
        at=None if page is None else (page, waiver.lines[0] if waiver.lines else None),
        hint=Reason("remove-own-waiver" if of_handbook else "remove-waiver"),
    )


def _waive(observed: Observed, finding: Finding) -> Finding:
    matching = [waiver for waiver in observed.waivers if waiver.covers(finding)]
    if not matching:
        return finding
    waiver = max(
        matching,
        key=lambda one: (
            one.until >= observed.today,
            one.origin == "settings",
            one.names_target,
            one.until,
        ),
    )
    until = waiver.until.isoformat()
    if waiver.until >= observed.today:
        return replace(
            finding, waived_until=until, waiver_reason=waiver.reason, waiver_origin=waiver.origin
        )
    return replace(finding, args={**finding.args, "waiver_ended": until})


def _saw_whole_handbook(observed: Observed) -> bool:
    return (
        observed.whole_handbook
        and observed.with_resources
        and observed.with_links
        and not observed.scope.offline
    )


def _may_be_needed(evidence: Evidence, waiver: Waiver) -> bool:
    """Return whether something that could not be checked may have a finding of the waiver."""
    observed = evidence.observed
    rows = [row for row, match in evidence.judged_rows() if match.verdict in _OPEN_VERDICTS]
    links = [c.link.url for c in observed.links if c.verdict.status in _OPEN_STATUSES]
    if any(waiver.names(waiver.code, subject) for subject in [*(r.name for r in rows), *links]):
        return True
    all_shares_known = not evidence.distrusted and all(
        share.conclusive for share in observed.shares.values()
    )
    return waiver.code.startswith(_OF_SHARES) and not (all_shares_known and not rows)
