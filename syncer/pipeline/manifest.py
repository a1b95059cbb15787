"""The results of a run → its manifest, compared with earlier runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

from syncer import __version__
from syncer.audit.observed import Observed
from syncer.config import Settings
from syncer.config.schedule import parse_cron
from syncer.manifest.build import Past, Results, RunFacts, build_manifest
from syncer.manifest.document import PublishedPage, StatusManifest
from syncer.model.findings import Finding
from syncer.model.handbook import ParsedPage
from syncer.model.reason import Reason
from syncer.model.shares import ShareKind
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.job import Job
from syncer.pipeline.tokens import name_shares, restore_tokens
from syncer.redact import mask_user_info
from syncer.report.view.counts import count_all

_MAX_TITLE = 200


def choose_past(job: Job, handbook: ReadHandbook) -> Past:
    """Return the earlier runs that this run is compared with: those of the same handbook.

    A run with `--share-folder` is compared with none.
    """
    if job.options.share_folders:
        return Past()
    usable = {
        name: manifest
        for name, manifest in (("complete", job.memory.complete), ("newest", job.memory.newest))
        if manifest is not None
        and is_same_place(manifest.handbook.source, handbook.handbook.source)
        and all(share.kind != ShareKind.LOCAL for share in manifest.shares)
    }
    names = name_shares(job.settings)
    last = usable.get("newest") or usable.get("complete")
    return Past(
        complete=restore_tokens(usable.get("complete"), names),
        newest=restore_tokens(usable.get("newest"), names),
        keep_runs=job.settings.output.keep_runs,
        figures=None if last is None else count_all(last).figures,
    )


def is_same_place(one: str, other: str) -> bool:
    """Return whether two sources are one handbook: the same address, or the same folder."""
    if mask_user_info(one) == mask_user_info(other):
        return True
    return Path(one).is_absolute() and Path(one).resolve() == Path(other).resolve()


def assemble_manifest(
    job: Job,
    handbook: ReadHandbook,
    observed: Observed,
    findings: tuple[Finding, ...],
    past: Past,
    *,
    run_id: str,
    started_at: datetime,
    incomplete_because: tuple[Reason, ...],
) -> StatusManifest:
    """Return the manifest of the run, which ends now; no `incomplete_because`: it is complete."""
    settings, finished_at = job.settings, job.around.now()
    facts = RunFacts(
        version=__version__,
        id=run_id,
        started_at=started_at,
        finished_at=finished_at,
        scope=observed.scope,
        timezone=settings.schedule.timezone,
        incomplete_because=incomplete_because,
        next_expected_at=_expect_next(settings, finished_at) if job.scheduled else None,
    )
    results = Results(
        handbook=handbook.handbook,
        pages=len(handbook.audited),
        shares=observed.shares,
        rows=observed.rows,
        matches=observed.matches,
        links=observed.links,
        findings=findings,
        site_url=settings.handbook.site_url,
        source_url=settings.handbook.source_url,
        published=list_pages(handbook, settings.handbook.site_url),
        prefix=handbook.prefix,
        documents=observed.documents,
        copied_at=observed.copied_at,
        site=handbook.kind,
    )
    return build_manifest(facts, results, past)


def list_pages(handbook: ReadHandbook, site_url: str | None) -> tuple[PublishedPage, ...]:
    """Return every audited page by path, with its title, and its address if the site is known."""
    return tuple(
        PublishedPage(
            path=path,
            title=_find_title(handbook.pages[path]),
            url=_find_address(handbook, path, site_url),
        )
        for path in handbook.audited
    )


def _find_title(page: ParsedPage) -> str | None:
    """Return a page's `title`, as just-the-docs shows it, else its first heading."""
    title = (page.front_matter or {}).get("title")
    headings = (heading.text for heading in page.headings)
    found = title if isinstance(title, str) else next(headings, "")
    return " ".join(found.split())[:_MAX_TITLE] or None


def _find_address(handbook: ReadHandbook, path: str, site_url: str | None) -> str | None:
    served_at = handbook.site.url_of(path)
    if site_url is None or served_at is None:
        return None
    return urljoin(site_url, served_at)


def _expect_next(settings: Settings, after: datetime) -> datetime | None:
    trigger = parse_cron(settings.schedule.cron, settings.schedule.timezone)
    expected = trigger.get_next_fire_time(None, after)
    return None if expected is None else expected.astimezone(UTC)
