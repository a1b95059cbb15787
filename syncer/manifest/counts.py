"""The counts of a manifest, derived from its lists (pure)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from syncer.manifest.document import CountsRecord, FindingRecord, LinkRecord, ResourceRecord

# Each row of a group has its own place and status; the group shows the most pressing one.
_MOST_PRESSING_FIRST = (
    "missing",
    "ambiguous",
    "outdated",
    "draft",
    "elsewhere",
    "arrived",
    "planned",
    "undetermined",
    "likely",
    "no-access",
    "unchecked",
    "not-a-file",
    "present",
)


def choose_group_status(statuses: Iterable[str]) -> str:
    """Return the most pressing status of a group of rows; an unknown one comes first.

    Raises:
        ValueError: no status is given.
    """
    return min(statuses, key=_rank)


def counts_in_headlines(finding: FindingRecord) -> bool:
    """Return whether a finding is counted: neither waived nor explained by another one."""
    return finding.waived_until is None and finding.caused_by is None


def count(
    resources: Sequence[ResourceRecord],
    links: Sequence[LinkRecord],
    findings: Sequence[FindingRecord],
) -> CountsRecord:
    """Count groups and rows per status, links per status, findings per severity and owner.

    Waived findings and those with a cause are not counted. Keys are sorted, those with a zero
    count omitted.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for resource in resources:
        groups[resource.group].append(resource.status)
    counted = [finding for finding in findings if counts_in_headlines(finding)]
    return CountsRecord(
        groups=_tally(choose_group_status(statuses) for statuses in groups.values()),
        rows=_tally(resource.status for resource in resources),
        links=_tally(link.status for link in links),
        severities=_tally(finding.severity for finding in counted),
        owners=_tally(finding.owner for finding in counted),
    )


def _rank(status: str) -> tuple[int, str]:
    if status in _MOST_PRESSING_FIRST:
        return _MOST_PRESSING_FIRST.index(status), status
    return -1, status


def _tally(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
