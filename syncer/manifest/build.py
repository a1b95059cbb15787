"""From what a run found to its status manifest (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from syncer.manifest.changes import compare, find_earlier, find_paths
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
)
from syncer.manifest.mail import MASKED_LINK, mask_args, mask_mail, mask_mail_link
from syncer.model.findings import Finding
from syncer.model.handbook import Handbook, Placement, ResourceRow
from syncer.model.links import LinkCheck, LinkKind
from syncer.model.matching import Candidate, Match, MatchedFile
from syncer.model.reason import Args, Reason
from syncer.model.shares import Share

TOOL_NAME = "syncer"
MAX_FILES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """The run itself.

    Attributes:
        version: of syncer.
        id: of the run.
        started_at, finished_at: aware UTC.
        scope: what was asked for.
        incomplete_because: what within the scope could not be looked at; () for a complete run.
        next_expected_at: when the schedule runs again, None without one.
    """

    version: str
    id: str
    started_at: datetime
    finished_at: datetime
    scope: ScopeRecord
    incomplete_because: tuple[Reason, ...] = ()
    next_expected_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What the run has found; `matches` holds one per row.

    Attributes:
        pages: how many were audited.
        published: their titles and addresses, by path.
        prefix: where the handbook lies in its git checkout.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What earlier runs said.

    Attributes:
        complete: the last complete run: changes are told since then.
        newest: the last run, complete or not: history and the age of findings go on from it.
            None when `complete` is the newest, or when there is none.
        keep_runs: how many runs the history holds at most.
    """

    complete: StatusManifest | None = None
    newest: StatusManifest | None = None
    keep_runs: int = 30


def build_manifest(run: RunFacts, results: Results, past: Past) -> StatusManifest:
    """Put a run's results into the records of the contract.

    Lists are sorted by page, line and id, shares by id; counts are derived; findings keep since
    when and in how many runs they were seen; mail addresses of the handbook are masked. Two runs
    over the same input differ in nothing but the clock.
    """
    shares = _record_shares(results.shares)
    resources = _record_resources(results)
    links = _record_links(results.links)
    mail_links = frozenset(link.id for link in links if link.kind == LinkKind.MAIL)
    findings = _record_findings(results.findings, mail_links, run.finished_at, past)
    manifest = StatusManifest(
        schema_version=SCHEMA_VERSION,
        tool=ToolRecord(name=TOOL_NAME, version=run.version),
        run=_record_run(run),
        handbook=_record_handbook(results),
        shares=shares,
        resources=resources,
        links=links,
        findings=findings,
        changes=ChangesRecord(),
        history=_extend_history(past),
        counts=count(resources, links, findings),
    )
    paths = find_paths(results.shares.values(), past.complete)
    return replace(manifest, changes=compare(manifest, past.complete, paths))


def record_reason(reason: Reason) -> ReasonRecord:
    """Return a reason as the manifest holds it, its arguments sorted."""
    return ReasonRecord(code=reason.code, args=_record_args(reason.args))


def _record_args(args: Args) -> Arguments:
    return {name: args[name] for name in sorted(args)}


def _maybe(reason: Reason | None) -> ReasonRecord | None:
    return None if reason is None else record_reason(reason)


def _record_run(run: RunFacts) -> RunRecord:
    return RunRecord(
        id=run.id,
        started_at=run.started_at,
        finished_at=run.finished_at,
        complete=not run.incomplete_because,
        incomplete_because=tuple(map(record_reason, run.incomplete_because)),
        scope=run.scope,
        next_expected_at=run.next_expected_at,
    )


def _record_handbook(results: Results) -> HandbookRecord:
    return HandbookRecord(
        source=results.handbook.source,
        revision=results.handbook.revision,
        pages=results.pages,
        site_url=results.site_url,
        source_url=results.source_url,
        published=tuple(map(_record_page, results.published)),
        prefix=results.prefix,
    )


def _record_page(page: PublishedPage) -> PublishedPage:
    return page if page.title is None else replace(page, title=mask_mail(page.title))


def _record_shares(shares: Mapping[str, Share]) -> tuple[ShareRecord, ...]:
    return tuple(_record_share(shares[share_id]) for share_id in sorted(shares))


def _record_share(share: Share) -> ShareRecord:
    """Record a share; sizes that the server did not say make the sum unknown."""
    tree = share.tree
    sizes = [] if tree is None else [file.size_bytes for file in tree.files]
    known = [size for size in sizes if size is not None]
    return ShareRecord(
        id=share.id,
        kind=share.kind,
        name=share.name,
        endpoint=share.endpoint,
        server_version=share.server_version,
        status=share.status,
        listing=share.listing,
        files=None if tree is None else len(tree.files),
        folders=None if tree is None else sum(1 for folder in tree.folders if folder.path),
        bytes=None if tree is None or len(known) < len(sizes) else sum(known),
        requests=share.requests,
        last_full_walk_at=share.last_full_walk_at,
        writable_by_link=share.writable_by_link,
        base_url=share.base_url,
        reason=_maybe(share.reason),
    )


def _record_resources(results: Results) -> tuple[ResourceRecord, ...]:
    matches = {match.row: match for match in results.matches}
    records = (_record_resource(row, matches[row.id]) for row in results.rows)
    return tuple(sorted(records, key=lambda record: (record.page, record.line, record.id)))


def _record_resource(row: ResourceRow, match: Match) -> ResourceRecord:
    span = row.span
    return ResourceRecord(
        id=row.id,
        group=match.group,
        name=mask_mail(row.name),
        span=SpanRecord(
            line=span.line,
            column=span.column,
            end_line=span.end_line,
            end_column=span.end_column,
        ),
        page=row.page,
        line=span.line,
        section=None if row.section is None else mask_mail(row.section),
        todo=row.todo,
        label=mask_mail(row.label),
        places=tuple(map(_record_place, row.places)),
        status=match.verdict,
        files=tuple(map(_record_file, match.files[:MAX_FILES])),
        files_count=len(match.files),
        expected=tuple(
            ExpectedRecord(name=kind.name, status=kind.status) for kind in match.expected
        ),
        score=match.score,
        reason=record_reason(match.reason),
        candidates=tuple(map(_record_candidate, match.candidates)),
        suggestion=match.suggestion,
    )


def _record_place(place: Placement) -> PlaceRecord:
    url = None if place.url is None else mask_mail(place.url)
    return PlaceRecord(url=url, share=place.share, path=place.path)


def _record_file(file: MatchedFile) -> FileRecord:
    return FileRecord(
        share=file.share,
        path=file.path,
        folder=file.folder,
        size_bytes=file.size_bytes,
        modified_at=file.modified_at,
        file_id=file.file_id,
    )


def _record_candidate(candidate: Candidate) -> CandidateRecord:
    return CandidateRecord(
        share=candidate.file.share,
        path=candidate.file.path,
        folder=candidate.file.folder,
        score=candidate.score,
        chosen=candidate.chosen,
        reasons=tuple(map(record_reason, candidate.reasons)),
    )


def _record_links(links: Iterable[LinkCheck]) -> tuple[LinkRecord, ...]:
    records = (_record_link(check) for check in links)
    return tuple(sorted(records, key=lambda record: (record.page, record.line, record.id)))


def _record_link(check: LinkCheck) -> LinkRecord:
    link, verdict = check.link, check.verdict
    is_mail = verdict.kind is LinkKind.MAIL
    reason = _maybe(verdict.reason)
    return LinkRecord(
        id=check.id,
        page=check.page,
        line=link.span.line,
        column=link.span.column,
        text=mask_mail_link(link.text) if is_mail else mask_mail(link.text),
        url=MASKED_LINK if is_mail else mask_mail(link.url),
        kind=verdict.kind,
        status=verdict.status,
        http_status=verdict.http_status,
        final_url=None if verdict.final_url is None else mask_mail(verdict.final_url),
        reason=None
        if reason is None
        else replace(reason, args=mask_args(reason.args, of_mail_link=is_mail)),
        checked_at=verdict.checked_at,
    )


def _record_findings(
    findings: Iterable[Finding], mail_links: Collection[str], now: datetime, past: Past
) -> tuple[FindingRecord, ...]:
    earlier = find_earlier(past.complete, past.newest)
    records = (
        _mask_finding(record_finding(finding, now, earlier), mail_links) for finding in findings
    )
    return tuple(
        sorted(records, key=lambda record: (record.page or "", record.line or 0, record.id))
    )


def record_finding(
    finding: Finding, now: datetime, earlier: Mapping[str, FindingRecord]
) -> FindingRecord:
    """Return a finding as the manifest holds it, with what is remembered of it by its id."""
    before = earlier.get(finding.id)
    return FindingRecord(
        id=finding.id,
        code=finding.code,
        severity=finding.severity,
        owner=finding.owner,
        page=finding.page,
        line=finding.line,
        subject=finding.subject,
        args=_record_args(finding.args),
        hint=_maybe(finding.hint),
        caused_by=finding.caused_by,
        first_seen_at=now if before is None else before.first_seen_at,
        runs=1 if before is None else before.runs + 1,
        waived_until=finding.waived_until,
        resource=finding.row,
        link=finding.link,
    )


def _mask_finding(finding: FindingRecord, mail_links: Collection[str]) -> FindingRecord:
    """Mask the handbook's words in a finding about a row or a link; others hold none of them."""
    if finding.resource is None and finding.link is None:
        return finding
    is_mail = finding.link in mail_links
    return replace(
        finding,
        subject=MASKED_LINK if is_mail else mask_mail(finding.subject),
        args=mask_args(finding.args, of_mail_link=is_mail),
    )


def _extend_history(past: Past) -> tuple[HistoryRecord, ...]:
    """Put the last run behind the history that it had itself; at most `keep_runs` of them."""
    last = past.newest or past.complete
    if last is None or past.keep_runs <= 0:
        return ()
    entry = HistoryRecord(
        finished_at=last.run.finished_at, complete=last.run.complete, counts=last.counts
    )
    return (*last.history, entry)[-past.keep_runs :]
