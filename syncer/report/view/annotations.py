"""Findings one by one, with their places: what SARIF, JUnit and GitHub annotations show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from syncer.manifest.document import FindingRecord, StatusManifest
from syncer.model.findings import Severity
from syncer.report.view.facts import Facts, gather_facts
from syncer.report.view.items import is_partly_ready, phrase_finding
from syncer.report.visible import make_visible
from syncer.report.words import Lang, words_of

_RANKS: tuple[str, ...] = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A finding at its place.

    Attributes:
        page: as the manifest has it, for the tools to find; None where it concerns none.
        line, column, end_line, end_column: from 1, end exclusive; None where unknown.
        title: what kind of thing, and about what.
        message: what is the case and what to do, one line.
        new: not in the last complete run, or not in the baseline.
        known: in the baseline, so that it does not count; never without one.
        explained: another finding explains it, or says more about the same row.
        waived: set aside.
        owner: words for who can do something.
        resource, link: the id of the row or link that it is about, else None.
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
    waived: bool
    owner: str
    resource: str | None
    link: str | None


def list_annotations(
    manifest: StatusManifest, *, lang: Lang, new: Collection[str] | None = None
) -> tuple[Annotation, ...]:
    """Return every finding, the worst first, new before old, then by page, line and id.

    That a promise is kept in part is one thing: "ready" beside it would contradict it.
    `new` are the ids that are not in the baseline; None, without one, takes what the manifest says.
    """
    facts = gather_facts(manifest, words_of(lang), new)
    explained = {effect.id for effects in facts.caused.values() for effect in effects}
    annotations = (
        _annotate(
            facts,
            finding,
            new=finding.id in facts.new,
            known=new is not None and finding.id not in facts.new,
            explained=finding.id in explained or is_partly_ready(facts, finding),
        )
        for finding in manifest.findings
    )
    return tuple(sorted(annotations, key=_rank))


def _rank(one: Annotation) -> tuple[int, bool, str, int, str]:
    severity = _RANKS.index(one.severity) if one.severity in _RANKS else len(_RANKS)
    return (severity, not one.new, one.page or "", one.line or 0, one.id)


def _annotate(
    facts: Facts, finding: FindingRecord, *, new: bool, known: bool, explained: bool
) -> Annotation:
    title, sentence, action = phrase_finding(facts, finding)
    row = facts.rows.get(finding.resource or "")
    link = facts.links.get(finding.link or "")
    span = None if row is None else row.span
    at_row = span is not None and span.line == finding.line
    code = "resource-partial" if is_partly_ready(facts, finding) else finding.code
    message = f"{sentence} {facts.words.labels.do_this} {action}" if action else sentence
    return Annotation(
        id=make_visible(finding.id),
        code=make_visible(finding.code),
        severity=finding.severity,
        page=finding.page,
        line=finding.line,
        column=span.column if span and at_row else link.column if link is not None else None,
        end_line=span.end_line if span and at_row else None,
        end_column=span.end_column if span and at_row else None,
        title=f"{facts.words.finding(code).badge}: {title}",
        message=message,
        new=new,
        known=known,
        explained=explained,
        waived=finding.waived_until is not None,
        owner=facts.words.owner(finding.owner),
        resource=finding.resource,
        link=finding.link,
    )
