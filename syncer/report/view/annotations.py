"""Findings one by one, with their places: for SARIF, JUnit and GitHub annotations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from syncer.manifest.document import FindingRecord, StatusManifest
from syncer.model.findings import Severity
from syncer.redact import make_visible
from syncer.report.view.facts import Facts, gather_facts
from syncer.report.view.phrases import introduce, phrase_finding, phrase_waived
from syncer.report.view.subjects import is_told_twice, shown_code
from syncer.report.words import Lang, words_of

_RANKS: tuple[str, ...] = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A finding at its place.

    Attributes:
        page: path as in the manifest; None when the finding concerns no page.
        line, column, end_line, end_column: from 1, end exclusive; None when unknown.
        title: the badge and the subject.
        message: what is wrong and what to do, on one line.
        sentence, action: the two parts of it; the action is "" when nothing can be done.
        new: not in the last complete run, or not in the baseline.
        known: in the baseline, so that it does not count; always False without one.
        explained: another finding explains it, or covers the same row.
        waived: until when it is set aside, and why; "" when it is not.
        owner: words for who should act.
        resource, link: the id of the row or link; None for anything else.
    """

    id: str
    code: str
    severity: str
    page: str | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    title: str
    message: str
    new: bool
    known: bool
    explained: bool
    waived: str
    owner: str
    resource: str | None
    link: str | None
    sentence: str
    action: str
    fixable: bool


def list_annotations(
    manifest: StatusManifest, *, lang: Lang, new: Collection[str] | None = None
) -> tuple[Annotation, ...]:
    """Return every finding by severity, new before old, then by page, line and id.

    `new` are the ids that are not in the baseline; None, without one, uses the manifest's changes.
    """
    facts = gather_facts(manifest, words_of(lang), new)
    annotations = [
        _annotate(facts, finding, known=new is not None and finding.id not in facts.new)
        for finding in manifest.findings
    ]
    return tuple(sorted(annotations, key=_rank))


def name_finding(manifest: StatusManifest, finding: FindingRecord, *, lang: Lang) -> str:
    """Return what a finding is about, as the reports call it."""
    return phrase_finding(gather_facts(manifest, words_of(lang)), finding)[0]


def _rank(one: Annotation) -> tuple[int, bool, str, int, str]:
    severity = _RANKS.index(one.severity) if one.severity in _RANKS else len(_RANKS)
    return (severity, not one.new, one.page or "", one.line or 0, one.id)


def _annotate(facts: Facts, finding: FindingRecord, *, known: bool) -> Annotation:
    title, sentence, action = phrase_finding(facts, finding)
    row = facts.rows.get(finding.resource or "")
    link = facts.links.get(finding.link or "")
    span = row.span if row is not None and row.span and row.span.line == finding.line else None
    badge = facts.words.finding(shown_code(facts, finding)).badge
    return Annotation(
        id=make_visible(finding.id),
        code=make_visible(finding.code),
        severity=finding.severity,
        page=finding.page,
        line=finding.line,
        column=finding.column or (span or link or finding).column,
        end_line=span.end_line if span else None,
        end_column=span.end_column if span else None,
        title=f"{badge}: {title}",
        message=f"{sentence} {introduce(facts, (finding,))} {action}" if action else sentence,
        new=finding.id in facts.new,
        known=known,
        explained=finding.id in facts.causes or is_told_twice(facts, finding),
        waived=phrase_waived(facts, finding),
        owner=facts.words.owner(finding.owner),
        resource=finding.resource,
        link=finding.link,
        sentence=sentence,
        action=action,
        fixable=finding.fixable is True,
    )
