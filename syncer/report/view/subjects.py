"""What a finding is about, and which findings are one item."""

from __future__ import annotations

from syncer.manifest.document import FindingRecord, LinkRecord, ResourceRecord
from syncer.model.links import LinkKind
from syncer.report.view.causes import find_cause
from syncer.report.view.facts import Facts
from syncer.report.view.topics import topic_of
from syncer.report.words import Topic

_PARTIAL, _ARRIVED = "resource-partial", "resource-arrived"


def open_findings(facts: Facts) -> tuple[FindingRecord, ...]:
    """Return the findings that are counted: neither waived nor explained by another one."""
    return tuple(
        finding
        for finding in facts.manifest.findings
        if finding.waived_until is None and finding.id not in facts.explained
    )


def waived_findings(facts: Facts) -> tuple[FindingRecord, ...]:
    """Return the findings that are set aside."""
    return tuple(f for f in facts.manifest.findings if f.waived_until is not None)


def item_key(facts: Facts, finding: FindingRecord) -> tuple[str, ...]:
    """Return the key that the findings of one item have in common: their cause, else subject."""
    return find_cause(finding) or subject_key(facts, finding)


def subject_key(facts: Facts, finding: FindingRecord) -> tuple[str, ...]:
    """Return the link's address on its page, else the row's group, else the finding alone."""
    link = link_of(facts, finding)
    if link is not None:
        return (finding.code, link.page, _address_key(link))
    row = facts.rows.get(finding.resource or "")
    return ("finding", finding.id) if row is None else ("resource", row.group)


def _address_key(link: LinkRecord) -> str:
    """Return the key of a link's address; a mail link's is masked, and an empty one has none."""
    return link.id if link.kind == LinkKind.MAIL or not link.url else link.url


def is_partly_ready(facts: Facts, finding: FindingRecord) -> bool:
    """Return whether a resource has arrived only in part, so that it must not be linked yet."""
    row = facts.rows.get(finding.resource or "")
    return finding.code == _ARRIVED and row is not None and row.group in facts.partial_groups


def find_topic(facts: Facts, finding: FindingRecord) -> Topic:
    """Return the topic of a finding; a partly ready resource counts as promised only with ToDo."""
    row = facts.rows.get(finding.resource or "")
    if finding.code == _PARTIAL and row is not None and not row.todo:
        return Topic.PARTIAL
    return topic_of(finding.code)


def link_of(facts: Facts, finding: FindingRecord) -> LinkRecord | None:
    """Return the link that a finding is about; None for anything else."""
    return facts.links.get(finding.link or "")


def rows_of(facts: Facts, finding: FindingRecord) -> tuple[ResourceRecord, ...]:
    """Return the rows of the group that a finding is about, its own row first."""
    row = facts.rows.get(finding.resource or "")
    if row is None:
        return ()
    others = (other for other in facts.groups[row.group] if other.id != row.id)
    return (row, *others)
