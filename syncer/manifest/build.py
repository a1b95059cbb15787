"""A run's results → its status manifest (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from syncer.manifest.changes import carry_over, compare, find_states
from syncer.manifest.counts import count
from syncer.manifest.document import (
    SCHEMA_VERSION,
    Arguments,
    CandidateRecord,
    ChangesRecord,
    ExpectedRecord,
    FileRecord,
    FindingRecord,
    HandbookRecord,
    HistoryRecord,
    LastKnownRecord,
    LinkRecord,
    PlaceRecord,
    PublishedPage,
    ReasonRecord,
    ResourceRecord,
    RunRecord,
    ScopeRecord,
    ShareRecord,
    SpanRecord,
    StatusManifest,
    ToolRecord,
    WaiverRecord,
)
from syncer.manifest.mail import MASKED_LINK, mask_args, mask_mail, mask_mail_link
from syncer.model.documents import Document
from syncer.model.findings import Finding
from syncer.model.handbook import Handbook, ResourceRow, SiteKind
from syncer.model.links import LinkCheck, LinkKind
from syncer.model.matching import Candidate, Match, MatchedFile, Verdict
from syncer.model.reason import Args, Reason
from syncer.model.rules import RULES_VERSION
from syncer.model.shares import Share

T = TypeVar("T")

_TOOL_NAME = "syncer"
_MAX_FILES = 20
_OPEN = (Verdict.UNDETERMINED, Verdict.NO_ACCESS, Verdict.UNCHECKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """The run itself.

    Attributes:
        version: of syncer.
        started_at, finished_at: aware UTC.
        incomplete_because: what within the scope could not be looked at; () for a complete run.
        next_expected_at: when the schedule runs again, None without one.
        timezone: of the days in the manifest.
    """

    version: str
    id: str
    started_at: datetime
    finished_at: datetime
    scope: ScopeRecord
    incomplete_because: tuple[Reason, ...] = ()
    next_expected_at: datetime | None = None
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The results of the run, with one match per row.

    Attributes:
        pages: how many were audited.
        published: their titles and addresses, by path.
        prefix: the handbook's path in its git checkout.
        documents, copied_at: the verdicts on documents, and when they were copied, by share and
            path.
        site: as what the handbook was read.
    """

    handbook: Handbook
    pages: int
    shares: Mapping[str, Share]
    rows: Sequence[ResourceRow]
    matches: Sequence[Match]
    links: Sequence[LinkCheck]
    findings: Sequence[Finding]
    site_url: str | None = None
    source_url: str | None = None
    published: Sequence[PublishedPage] = ()
    prefix: str = ""
    documents: Mapping[tuple[str, str], Document] = field(default_factory=dict)
    copied_at: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    site: SiteKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The earlier runs.

    Attributes:
        complete: the last complete run, with which this one is compared.
        newest: the last run, complete or not, which history and age of findings continue.
            None when `complete` is the newest, or without one.
        keep_runs: the maximum length of the history.
        figures: the numbers of the last run's report.
    """

    complete: StatusManifest | None = None
    newest: StatusManifest | None = None
    keep_runs: int = 30
    figures: Mapping[str, int] | None = None


def build_manifest(run: RunFacts, results: Results, past: Past) -> StatusManifest:
    """Return the manifest of a run.

    Lists are sorted by page, line and id, shares by id. Findings continue their history from
    earlier runs; mail addresses of the handbook are masked. Two runs over the same input differ
    only in their times.
    """
    matches = {match.row: match for match in results.matches}
    last_known = _find_last_known(past, run.timezone)
    rows = (
        _record_resource(row, matches[row.id], last_known.get(row.id), results)
        for row in results.rows
    )
    resources = tuple(sorted(rows, key=_place_of))
    links = tuple(sorted(map(_record_link, results.links), key=_place_of))
    mail_links = frozenset(link.id for link in links if link.kind == LinkKind.MAIL)
    records = (record_finding(finding, run.finished_at) for finding in results.findings)
    masked = sorted((_mask_finding(record, mail_links) for record in records), key=_place_of)
    findings = tuple(carry_over(masked, past.complete, past.newest))
    manifest = StatusManifest(
        schema_version=SCHEMA_VERSION,
        tool=ToolRecord(name=_TOOL_NAME, version=run.version, rules=RULES_VERSION),
        run=_record_run(run),
        handbook=_record_handbook(results),
        shares=tuple(_record_share(results.shares[id_]) for id_ in sorted(results.shares)),
        resources=resources,
        links=links,
        findings=findings,
        changes=ChangesRecord(),
        history=_extend_history(past),
        counts=count(resources, links, findings),
    )
    states = find_states(results.shares.values(), past.complete)
    return replace(manifest, changes=compare(manifest, past.complete, states))


def _place_of(record: ResourceRecord | LinkRecord | FindingRecord) -> tuple[str, int, str]:
    return record.page or "", record.line or 0, record.id


def _record_reason(reason: Reason) -> ReasonRecord:
    return ReasonRecord(code=reason.code, args=_record_args(reason.args))


def _record_args(args: Args) -> Arguments:
    return {name: args[name] for name in sorted(args)}


def _mask(text: str | None) -> str | None:
    return None if text is None else mask_mail(text)


def _maybe(reason: Reason | None) -> ReasonRecord | None:
    return None if reason is None else _record_reason(reason)


def _record(record: type[T], source: object, /, **values: Any) -> T:
    """Make a record from `values` and from the attributes of `source` with its fields' names."""
    names = {field.name for field in fields(cast("Any", record))} - values.keys()
    return record(**values, **{n: getattr(source, n) for n in names if hasattr(source, n)})


def _record_run(run: RunFacts) -> RunRecord:
    because = tuple(map(_record_reason, run.incomplete_because))
    return _record(RunRecord, run, complete=not because, incomplete_because=because)


def _record_handbook(results: Results) -> HandbookRecord:
    return _record(
        HandbookRecord,
        results,
        source=results.handbook.source,
        revision=results.handbook.revision,
        published=tuple(replace(page, title=_mask(page.title)) for page in results.published),
    )


def _record_share(share: Share) -> ShareRecord:
    """Record a share; the sum of sizes is unknown when the server omitted one."""
    tree = share.tree
    sizes = [] if tree is None else [file.size_bytes for file in tree.files]
    known = [size for size in sizes if size is not None]
    return _record(
        ShareRecord,
        share,
        files=None if tree is None else len(tree.files),
        folders=None if tree is None else sum(1 for folder in tree.folders if folder.path),
        bytes=None if tree is None or len(known) < len(sizes) else sum(known),
        reason=_maybe(share.reason),
        label=_mask(share.label),
        expires_on=None if share.expires_on is None else share.expires_on.isoformat(),
    )


def _find_last_known(past: Past, timezone: str) -> dict[str, LastKnownRecord]:
    """Return the last proven status of each row of the earlier runs, by id."""
    known: dict[str, LastKnownRecord] = {}
    for manifest in filter(None, (past.complete, past.newest)):
        for row in manifest.resources:
            if row.status not in _OPEN:
                day = manifest.run.finished_at.astimezone(ZoneInfo(timezone)).date()
                known[row.id] = LastKnownRecord(status=row.status, on=day.isoformat())
            elif row.last_known is not None:
                known[row.id] = row.last_known
    return known


def _record_resource(
    row: ResourceRow, match: Match, last_known: LastKnownRecord | None, results: Results
) -> ResourceRecord:
    return _record(
        ResourceRecord,
        match,
        id=row.id,
        name=mask_mail(row.name),
        span=_record(SpanRecord, row.span),
        page=row.page,
        line=row.span.line,
        section=_mask(row.section),
        todo=row.todo,
        label=mask_mail(row.label),
        places=tuple(_record(PlaceRecord, place, url=_mask(place.url)) for place in row.places),
        status=match.verdict,
        files=tuple(_record_file(file, results) for file in match.files[:_MAX_FILES]),
        files_count=len(match.files),
        expected=tuple(_record(ExpectedRecord, kind) for kind in match.expected),
        suggestion=_mask(match.suggestion),
        reason=_record_reason(match.reason),
        candidates=tuple(map(_record_candidate, match.candidates)),
        last_known=last_known if match.verdict in _OPEN else None,
    )


def _record_file(file: MatchedFile, results: Results) -> FileRecord:
    document = results.documents.get((file.share, file.path))
    return _record(
        FileRecord,
        file,
        opens=None if document is None else document.opens,
        copied_at=results.copied_at.get((file.share, file.path)),
    )


def _record_candidate(candidate: Candidate) -> CandidateRecord:
    return _record(
        CandidateRecord,
        candidate.file,
        score=candidate.score,
        chosen=candidate.chosen,
        reasons=tuple(map(_record_reason, candidate.reasons)),
    )


def _record_link(check: LinkCheck) -> LinkRecord:
    link, verdict = check.link, check.verdict
    is_mail = verdict.kind is LinkKind.MAIL
    return _record(
        LinkRecord,
        verdict,
        id=check.id,
        page=check.page,
        line=link.span.line,
        column=link.span.column,
        text=mask_mail_link(link.text) if is_mail else mask_mail(link.text),
        url=MASKED_LINK if is_mail else mask_mail(link.url),
        final_url=_mask(verdict.final_url),
        bare=link.bare,
        reason=_mask_reason(_maybe(verdict.reason), of_mail_link=is_mail),
    )


def _mask_reason(reason: ReasonRecord | None, *, of_mail_link: bool) -> ReasonRecord | None:
    if reason is None:
        return None
    return replace(reason, args=mask_args(reason.args, of_mail_link=of_mail_link))


def record_finding(finding: Finding, now: datetime) -> FindingRecord:
    """Return a finding as a record that was first seen now."""
    waiver = None
    if finding.waived_until is not None and finding.waiver_reason is not None:
        waiver = WaiverRecord(
            reason=finding.waiver_reason,
            until=finding.waived_until,
            from_=finding.waiver_origin or "settings",
        )
    return _record(
        FindingRecord,
        finding,
        args=_record_args(finding.args),
        hint=_maybe(finding.hint),
        first_seen_at=now,
        runs=1,
        resource=finding.row,
        waiver=waiver,
    )


def _mask_finding(finding: FindingRecord, mail_links: Collection[str]) -> FindingRecord:
    """Mask mail addresses in a finding about a row or link; others quote no handbook text."""
    if finding.resource is None and finding.link is None:
        return finding
    is_mail = finding.link in mail_links
    return replace(
        finding,
        subject=MASKED_LINK if is_mail else mask_mail(finding.subject),
        args=mask_args(finding.args, of_mail_link=is_mail),
        hint=_mask_reason(finding.hint, of_mail_link=is_mail),
    )


def _extend_history(past: Past) -> tuple[HistoryRecord, ...]:
    """Return the history of the last run with that run appended, cut to `keep_runs`."""
    last = past.newest or past.complete
    if last is None or past.keep_runs <= 0:
        return ()
    entry = HistoryRecord(
        finished_at=last.run.finished_at,
        complete=last.run.complete,
        counts=last.counts,
        figures=None if past.figures is None else dict(past.figures),
    )
    return (*last.history, entry)[-past.keep_runs :]
