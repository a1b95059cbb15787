"""The state of each row and link of the full list: its status, corrected by the open findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from syncer.manifest.document import FindingRecord, LinkRecord, ResourceRecord
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.report.view.facts import Facts
from syncer.report.view.records import Tone
from syncer.report.view.topics import topic_of
from syncer.report.words import Topic

State: TypeAlias = tuple[str, str, Tone]
"""A code, its words and its tone."""

PARTIAL, BAD_FILE, EXPLAINED, WAIVED = "partial", "bad-file", "explained", "waived"
"""Codes of states that are no status of the manifest."""

_THERE = frozenset({Verdict.PRESENT, Verdict.LIKELY, Verdict.ARRIVED})
# What is unknown is not explained away: it stays unknown.
_UNKNOWN = frozenset({Verdict.UNDETERMINED, Verdict.NO_ACCESS, Verdict.UNCHECKED})
_VERDICT_TONES: dict[str, Tone] = {
    **dict.fromkeys(Verdict, Tone.WARNING),
    Verdict.PRESENT: Tone.GOOD,
    Verdict.LIKELY: Tone.NOTE,
    Verdict.MISSING: Tone.ALARM,
    Verdict.UNDETERMINED: Tone.UNKNOWN,
    Verdict.NO_ACCESS: Tone.UNKNOWN,
    Verdict.NOT_A_FILE: Tone.NOTE,
    Verdict.UNCHECKED: Tone.UNKNOWN,
}
_LINK_TONES: dict[str, Tone] = {
    LinkStatus.OK: Tone.GOOD,
    LinkStatus.BROKEN: Tone.ALARM,
    LinkStatus.REDIRECTED: Tone.NOTE,
    LinkStatus.NEEDS_LOGIN: Tone.NOTE,
    LinkStatus.EXCLUDED: Tone.NOTE,
}
# From the most pressing one; a status of a newer manifest comes first.
_PRESSING: tuple[str, ...] = (
    Verdict.MISSING,
    BAD_FILE,
    EXPLAINED,
    Verdict.AMBIGUOUS,
    Verdict.OUTDATED,
    Verdict.DRAFT,
    Verdict.ELSEWHERE,
    PARTIAL,
    Verdict.ARRIVED,
    Verdict.PLANNED,
    Verdict.UNDETERMINED,
    Verdict.LIKELY,
    Verdict.NO_ACCESS,
    Verdict.UNCHECKED,
    WAIVED,
    Verdict.NOT_A_FILE,
    Verdict.PRESENT,
)


def state_of(facts: Facts, row: ResourceRecord) -> State:
    """Return a row's status, its words and its tone.

    States of their own have a resource that is partly ready, one whose file cannot be used, one
    that another finding explains (it has the words of that finding), and one that is set aside.
    """
    words, status = facts.words, row.status
    bad = facts.find_bad_file(row)
    if status in _THERE and bad is not None:
        return BAD_FILE, words.finding(bad.code).badge, Tone.ALARM
    if status in _THERE and row.group in facts.partial_groups:
        return PARTIAL, words.finding("resource-partial").badge, Tone.WARNING
    said = words.verdict(status)
    own = facts.row_findings.get(row.id)
    if own is None or status in _UNKNOWN:
        return status, said, _VERDICT_TONES.get(status, Tone.UNKNOWN)
    return _correct(facts, own, said) or (status, said, _VERDICT_TONES.get(status, Tone.UNKNOWN))


def group_state(facts: Facts, rows: Sequence[ResourceRecord]) -> str:
    """Return the code of the most pressing state of a resource's rows."""
    return min((state_of(facts, row)[0] for row in rows), key=_pressing)


def link_state(facts: Facts, link: LinkRecord) -> State:
    """Return a link's status, its words and its tone; explained and set aside ones have their own.

    A link with a finding that it does not work is broken, whatever its status.
    """
    words = facts.words
    own = next((f for f in facts.link_findings.get(link.id, ()) if _denies(f)), None)
    status = link.status if own is None else LinkStatus.BROKEN
    said = words.link_status(status)
    corrected = None if own is None else _correct(facts, own, said)
    return corrected or (status, said, _LINK_TONES.get(status, Tone.UNKNOWN))


def _denies(finding: FindingRecord) -> bool:
    return topic_of(finding.code) is Topic.LINKS


def _correct(facts: Facts, finding: FindingRecord, said: str) -> State | None:
    """Return the state of what is set aside or explained by another finding; None for neither."""
    if finding.waived_until is not None:
        return WAIVED, facts.words.fill(facts.words.labels.state_waived, state=said), Tone.NOTE
    cause = facts.causes.get(finding.id)
    if cause is None:
        return None
    return EXPLAINED, facts.words.finding(cause.code).badge, Tone.ALARM


def _pressing(state: str) -> int:
    return _PRESSING.index(state) if state in _PRESSING else -1
