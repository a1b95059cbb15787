"""What a finding is about, and which findings are one item."""

from __future__ import annotations

from syncer.manifest.document import FindingRecord, LinkRecord, ResourceRecord
from syncer.model.findings import Owner
from syncer.model.links import LinkKind
from syncer.report.view.causes import find_cause
from syncer.report.view.facts import Facts
from syncer.report.view.records import SectionKey
from syncer.report.view.topics import UNSEEN, topic_of
from syncer.report.words import Topic

_PARTIAL, _ARRIVED = "resource-partial", "resource-arrived"
# Hints that leave everything to the next run; a link that is unconfirmed has none.
_WAITING = frozenset({"next-run-fetches-again", "next-run-looks-again"})
_UNCONFIRMED = "link-unconfirmed"


def open_findings(facts: Facts) -> tuple[FindingRecord, ...]:
    """Return the findings that are counted: neither waived nor explained by another one."""
    return tuple(
        finding
        for finding in facts.manifest.findings
        if finding.waived_until is None and finding.id not in facts.causes
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
        return (finding.code, link.page, address_key(link))
    row = facts.rows.get(finding.resource or "")
    return ("finding", finding.id) if row is None else ("resource", row.group)


def address_key(link: LinkRecord) -> str:
    """Return the key of a link's address; a mail link's is masked, and an empty one has none."""
    return link.id if link.kind == LinkKind.MAIL or not link.url else link.url


def is_partly_ready(facts: Facts, finding: FindingRecord) -> bool:
    """Return whether a resource has arrived only in part, so that it must not be linked yet."""
    row = facts.rows.get(finding.resource or "")
    return finding.code == _ARRIVED and row is not None and row.group in facts.partial_groups


def is_told_twice(facts: Facts, finding: FindingRecord) -> bool:
    """Return whether another finding says how much of a partly ready resource is there."""
    row = facts.rows.get(finding.resource or "")
    return is_partly_ready(facts, finding) and row is not None and row.group in facts.told_partial


def shown_code(facts: Facts, finding: FindingRecord) -> str:
    """Return the code whose words describe a finding: its own, or that of a partly ready one."""
    return _PARTIAL if is_partly_ready(facts, finding) else finding.code


def find_topic(facts: Facts, finding: FindingRecord) -> Topic:
    """Return the topic of a finding; a partly ready resource counts as promised only with ToDo."""
    row, code = facts.rows.get(finding.resource or ""), shown_code(facts, finding)
    if code == _PARTIAL and row is not None and not row.todo:
        return Topic.PARTIAL
    return topic_of(code)


def only_waits(finding: FindingRecord) -> bool:
    """Return whether the next run settles a finding, so that nobody need do anything."""
    return finding.code == _UNCONFIRMED if finding.hint is None else finding.hint.code in _WAITING


def section_of(facts: Facts, finding: FindingRecord) -> SectionKey:
    """Return the section of a finding: its owner's, or "could not be checked".

    That one has what nobody needs to do anything about: the next run looks again. A partly ready
    resource belongs to the secretariat, and not to the maintainer yet.
    """
    topic = find_topic(facts, finding)
    if topic in UNSEEN and (only_waits(finding) or topic is not Topic.UNSEEN_SOURCES):
        return SectionKey.UNSEEN
    if is_partly_ready(facts, finding):
        return SectionKey.SECRETARIAT
    match finding.owner:
        case Owner.SECRETARIAT:
            return SectionKey.SECRETARIAT
        case Owner.MAINTAINER:
            return SectionKey.MAINTAINER
    return SectionKey.ADMINISTRATOR


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
