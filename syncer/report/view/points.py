"""The points of a report: what there is to do or to know, each once, before any words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from syncer.manifest.document import FindingRecord
from syncer.model.findings import Severity
from syncer.report.view.facts import Facts
from syncer.report.view.records import SectionKey
from syncer.report.view.subjects import (
    find_topic,
    is_told_twice,
    item_key,
    open_findings,
    section_of,
)
from syncer.report.view.topics import topic_rank
from syncer.report.words import Topic

_SEVERITIES: tuple[str, ...] = tuple(Severity)


class PointKind(StrEnum):
    """The kinds of points, in the order of the report: only the first asks for something today."""

    TO_DO = "to-do"
    PROMISED = "promised"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Point:
    """One item of the report: the findings about one subject, or with one cause.

    Attributes:
        key: of the subject or cause.
        findings: the most pressing first.
        severity, topic: of the first finding.
    """

    key: tuple[str, ...]
    section: SectionKey
    findings: tuple[FindingRecord, ...]
    severity: str
    topic: Topic
    new: bool

    @property
    def kind(self) -> PointKind:
        """Whether it asks for something, is promised, or is only told."""
        if self.severity == Severity.INFO:
            return PointKind.NOTE
        return PointKind.PROMISED if self.topic is Topic.PROMISED else PointKind.TO_DO


def list_points(facts: Facts) -> tuple[Point, ...]:
    """Return the points of all sections, in no certain order.

    A subject that concerns two owners is a point of each.
    """
    grouped: defaultdict[tuple[SectionKey, tuple[str, ...]], list[FindingRecord]]
    grouped = defaultdict(list)
    for finding in open_findings(facts):
        grouped[section_of(facts, finding), item_key(facts, finding)].append(finding)
    return tuple(
        _make_point(facts, key, section, findings) for (section, key), findings in grouped.items()
    )


def sort_findings(facts: Facts, findings: Sequence[FindingRecord]) -> tuple[FindingRecord, ...]:
    """Return the findings of one subject, the most pressing first, each once."""
    shown = [one for one in findings if not is_told_twice(facts, one)] or findings
    return tuple(
        sorted(
            shown,
            key=lambda one: (
                severity_rank(one.severity),
                topic_rank(find_topic(facts, one)),
                one.page or "",
                one.line or 0,
                one.id,
            ),
        )
    )


def severity_rank(severity: str) -> int:
    """Return the position of a severity, an unknown one last."""
    return _SEVERITIES.index(severity) if severity in _SEVERITIES else len(_SEVERITIES)


def _make_point(
    facts: Facts, key: tuple[str, ...], section: SectionKey, findings: Sequence[FindingRecord]
) -> Point:
    ranked = sort_findings(facts, findings)
    return Point(
        key=key,
        section=section,
        findings=ranked,
        severity=ranked[0].severity,
        topic=find_topic(facts, ranked[0]),
        new=any(finding.id in facts.new for finding in findings),
    )
