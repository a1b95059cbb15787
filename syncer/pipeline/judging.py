"""From what was seen to the manifest: matches, findings, and how they compare with yesterday.

In: the read handbook, the looked-at shares, the answers of the web. Out: the run's manifest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from syncer import __version__
from syncer.audit.distrust import Distrust, Suspicion, distrust
from syncer.audit.findings import find
from syncer.audit.observed import Observed, Waiver
from syncer.config import Settings
from syncer.config.schedule import parse_cron
from syncer.manifest.build import Past, Results, RunFacts, build_manifest
from syncer.manifest.document import StatusManifest
from syncer.matching.match import match_rows
from syncer.matching.mentions import find_mentions
from syncer.model.matching import Match, NamedLink, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareKind, ShareStatus
from syncer.pipeline.checking import Answers, judge_links
from syncer.pipeline.clock import find_day
from syncer.pipeline.complete import explain_incomplete
from syncer.pipeline.hidden import name_shares, show
from syncer.pipeline.job import Job
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.published import list_pages
from syncer.pipeline.reading import ReadHandbook
from syncer.pipeline.told import choose_vocabulary, list_pins
from syncer.store.suspicions import StoredSuspicion, load_suspicions, save_suspicions


def judge(
    job: Job,
    handbook: ReadHandbook,
    shares: Mapping[str, Share],
    web: Answers,
    *,
    run_id: str,
    started_at: datetime,
) -> StatusManifest:
    """Judge what was seen, and return the manifest of the run.

    Args:
        job: the run.
        handbook: as it was read.
        shares: by id, as they were looked at.
        web: one answer for each address that neither the site nor a share answers for.
        run_id: by which the run's log lines and manifest are known.
        started_at: when it began, aware, UTC.
    """
    past = _choose_past(job, handbook)
    observed, doubt = _observe(job, handbook, shares, web, past, started_at)
    reasons = explain_incomplete(observed, doubt, stopped=job.around.stop.is_set())
    finished_at = job.around.now()
    return build_manifest(
        RunFacts(
            version=__version__,
            id=run_id,
            started_at=started_at,
            finished_at=finished_at,
            scope=observed.scope,
            incomplete_because=reasons,
            next_expected_at=_expect_next(job.settings, finished_at) if job.scheduled else None,
        ),
        _gather_results(job.settings, handbook, observed),
        past,
    )


def _observe(
    job: Job,
    handbook: ReadHandbook,
    shares: Mapping[str, Share],
    web: Answers,
    past: Past,
    started_at: datetime,
) -> tuple[Observed, Distrust]:
    """Put together what was seen, each row and link with its verdict."""
    options, settings = job.options, job.settings
    today = find_day(started_at, settings.schedule.timezone)
    doubt = _match(job, handbook, shares, past, today)
    audited = frozenset(handbook.audited)
    rows = tuple(row for row in handbook.rows if row.page in audited)
    kept = frozenset(row.id for row in rows)
    observed = Observed(
        handbook=handbook.handbook,
        pages=tuple(handbook.pages[path] for path in handbook.audited),
        rows=rows,
        table_problems=tuple(p for p in handbook.table_problems if p.span.file in audited),
        matches=tuple(match for match in doubt.matches if match.row in kept),
        shares=shares,
        links=judge_links(handbook, shares, web, options),
        named_links=_name_links(job, handbook, shares, doubt),
        today=today,
        scope=options.scope,
        unreadable=handbook.unreadable,
        unpublished=tuple(path for path in handbook.site.unpublished if path in audited),
        empty_pages=tuple(path for path in handbook.site.empty if path in audited),
        emptied=doubt.emptied,
        waivers=_list_waivers(settings),
        previous=past.complete,
    )
    return observed, doubt


def _match(
    job: Job, handbook: ReadHandbook, shares: Mapping[str, Share], past: Past, today: date
) -> Distrust:
    """Match every row, then take back what rests on a share's sudden emptiness."""
    looked_at = shares if job.options.only != "links" else _leave_out(shares)
    matches = match_rows(
        handbook.rows,
        looked_at,
        choose_vocabulary(job.settings.matching),
        list_pins(job.settings.pin),
    )
    connection = None if job.memory.database is None else job.memory.database.connection
    remembered = {} if connection is None else _recall_suspicions(load_suspicions(connection))
    doubt = distrust(
        looked_at,
        handbook.rows,
        matches,
        previous=past.complete,
        remembered=remembered,
        today=today,
        accept_empty=job.options.accept_empty,
    )
    if connection is not None:
        save_suspicions(connection, _keep_suspicions(doubt, remembered, looked_at))
    if job.options.only == "links" or job.options.offline:
        doubt = replace(doubt, matches=_leave_rows_out(doubt.matches, job.options))
    return doubt


def _leave_rows_out(matches: Sequence[Match], options: AuditOptions) -> tuple[Match, ...]:
    """Let rows that had no share to search be unchecked: the scope left all looking out."""
    reason = Reason("only-links" if options.only == "links" else "offline")
    return tuple(
        replace(match, verdict=Verdict.UNCHECKED, reason=reason)
        if match.reason.code == "no-share-to-search"
        else match
        for match in matches
    )


def _name_links(
    job: Job, handbook: ReadHandbook, shares: Mapping[str, Share], doubt: Distrust
) -> tuple[NamedLink, ...]:
    """Find the links in running text that name a resource; none where one half is left out."""
    if job.options.only is not None:
        return ()
    targets = [(link, handbook.share_link(link.url)) for link in handbook.links]
    return find_mentions(
        [(link, target) for link, target in targets if target is not None],
        handbook.rows,
        doubt.matches,
        shares,
        choose_vocabulary(job.settings.matching),
    )


def _leave_out(shares: Mapping[str, Share]) -> dict[str, Share]:
    """Make the shares look unasked for the rows: with `--only links` these have no verdict."""
    return {
        share_id: replace(
            share, status=ShareStatus.UNCHECKED, tree=None, reason=Reason("only-links")
        )
        for share_id, share in shares.items()
    }


def _recall_suspicions(stored: tuple[StoredSuspicion, ...]) -> dict[str, Suspicion]:
    return {
        item.share: Suspicion(item.share, item.answer, item.days, item.accepted) for item in stored
    }


def _keep_suspicions(
    doubt: Distrust, remembered: Mapping[str, Suspicion], shares: Mapping[str, Share]
) -> Iterator[StoredSuspicion]:
    """Give today's suspicions, and those of shares that this run knows nothing of."""
    others = (item for share, item in sorted(remembered.items()) if share not in shares)
    for item in (*doubt.suspicions, *others):
        yield StoredSuspicion(item.share, item.answer, item.days, item.accepted)


def _choose_past(job: Job, handbook: ReadHandbook) -> Past:
    """Choose what this run may be compared with: earlier runs of the same handbook.

    A local copy is compared with nothing (contract, `--share-folder`), neither is it remembered.
    """
    if job.options.share_folders:
        return Past(keep_runs=job.settings.output.keep_runs)
    usable = {
        name: manifest
        for name, manifest in (("complete", job.memory.complete), ("newest", job.memory.newest))
        if manifest is not None
        and manifest.handbook.source == handbook.handbook.source
        and all(share.kind != ShareKind.LOCAL for share in manifest.shares)
    }
    names = name_shares(job.settings)
    return Past(
        complete=show(usable.get("complete"), names),
        newest=show(usable.get("newest"), names),
        keep_runs=job.settings.output.keep_runs,
    )


def _gather_results(settings: Settings, handbook: ReadHandbook, observed: Observed) -> Results:
    return Results(
        handbook=handbook.handbook,
        pages=len(handbook.audited),
        shares=observed.shares,
        rows=observed.rows,
        matches=observed.matches,
        links=observed.links,
        findings=find(observed),
        site_url=settings.handbook.site_url,
        source_url=settings.handbook.source_url,
        published=list_pages(handbook, settings.handbook.site_url),
        prefix=handbook.prefix,
    )


def _list_waivers(settings: Settings) -> tuple[Waiver, ...]:
    return tuple(
        Waiver(code=item.code, subject=item.subject, reason=item.reason, until=item.until)
        for item in settings.waive
    )


def _expect_next(settings: Settings, after: datetime) -> datetime | None:
    trigger = parse_cron(settings.schedule.cron, settings.schedule.timezone)
    expected = trigger.get_next_fire_time(None, after)
    return None if expected is None else expected.astimezone(UTC)
