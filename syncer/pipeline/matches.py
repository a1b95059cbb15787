"""Resource rows and shares → one match per row.

Verdicts that depend on a share's sudden emptiness are withdrawn until it is confirmed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime

from syncer.audit.distrust import Distrust, distrust
from syncer.audit.emptied_folders import Held, doubt_folders, list_holdings
from syncer.audit.share_changes import compare_traits
from syncer.config.settings import MatchingSettings, PinSettings
from syncer.manifest.document import StatusManifest
from syncer.matching.files.step_budget import allow_steps
from syncer.matching.match import match_rows
from syncer.matching.mentions import find_mentions
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from syncer.matching.row_requests import Pin
from syncer.model.matching import Match, NamedLink, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareStatus, ShareTraits, Suspicion
from syncer.pipeline.globs import normalize_path
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.job import Job
from syncer.pipeline.manifest import list_pages
from syncer.pipeline.options import AuditOptions
from syncer.store.share_memory import ShareStore
from syncer.surroundings import find_day


def match_resources(
    job: Job,
    handbook: ReadHandbook,
    shares: Mapping[str, Share],
    *,
    previous: StatusManifest | None,
    suspicions: Mapping[str, Suspicion],
    started_at: datetime,
) -> Distrust:
    """Match every row of the handbook, and withdraw what depends on a share's sudden emptiness.

    `suspicions` are those of earlier runs. Returns one match per row of the handbook, in the rows'
    order, and the distrusted shares.
    """
    searched = shares if job.options.only != "links" else _mark_unsearched(shares)
    matches = match_rows(
        handbook.rows,
        searched,
        choose_vocabulary(job.settings.matching),
        list_pins(job.settings.pin),
        {page.path: page.title or "" for page in list_pages(handbook, None)},
        allow_steps(len(handbook.rows), searched, job.around.stop.is_set),
    )
    doubt = distrust(
        searched,
        handbook.rows,
        matches,
        previous=previous,
        remembered=suspicions,
        today=find_day(started_at, job.settings.schedule.timezone),
        accept_empty=job.options.accept_empty,
    )
    if job.options.only == "links" or job.options.offline:
        doubt = replace(doubt, matches=_mark_unchecked(doubt.matches, job.options))
    return doubt


def doubt_emptied(
    job: Job, shares: Mapping[str, Share], *, started_at: datetime
) -> tuple[dict[str, Share], Held]:
    """Mark folders that suddenly lost everything as unread; return also what folders held."""
    database = job.memory.database
    held = {} if database is None else ShareStore(database).load_holdings()
    return doubt_folders(
        shares,
        held,
        today=find_day(started_at, job.settings.schedule.timezone),
        accept_empty=job.options.accept_empty,
    )


def save_holdings(
    job: Job,
    handbook: ReadHandbook,
    shares: Mapping[str, Share],
    doubt: Distrust,
    before: Held,
) -> None:
    """Remember what the folders of rows hold; not in a run that judges no rows."""
    options, database = job.options, job.memory.database
    if database is None or options.only == "links" or options.offline:
        return
    emptied = [item.share for item in doubt.emptied]
    ShareStore(database).save_holdings(
        list_holdings(shares, handbook.rows, doubt.matches, before=before, emptied=emptied)
    )


def load_traits(
    job: Job, shares: Mapping[str, Share], *, started_at: datetime
) -> dict[str, ShareTraits]:
    """Return what the links of the run show, compared with the last time; {} without memory."""
    if job.memory.database is None:
        return {}
    before = ShareStore(job.memory.database).load_traits()
    today = find_day(started_at, job.settings.schedule.timezone)
    return compare_traits(shares, before, today=today)


def save_traits(job: Job, traits: Mapping[str, ShareTraits]) -> None:
    """Remember what the links of the run show."""
    if job.memory.database is not None:
        ShareStore(job.memory.database).save_traits(traits)


def load_suspicions(job: Job) -> Mapping[str, Suspicion]:
    """Return which shares earlier runs found suddenly empty; {} without memory."""
    database = job.memory.database
    return {} if database is None else ShareStore(database).load_suspicions()


def save_suspicions(
    job: Job, doubt: Distrust, before: Mapping[str, Suspicion], shares: Collection[str]
) -> None:
    """Remember today's suspicions, and those of shares that are not part of this run."""
    if job.memory.database is not None:
        others = (suspicion for share, suspicion in before.items() if share not in shares)
        ShareStore(job.memory.database).save_suspicions([*doubt.suspicions, *others])


def name_links(
    job: Job, handbook: ReadHandbook, shares: Mapping[str, Share], matches: Sequence[Match]
) -> tuple[NamedLink, ...]:
    """Return the links in running text that name a resource; () with `--only`."""
    if job.options.only is not None:
        return ()
    links = [(routed.link, routed.share) for routed in handbook.links if routed.share is not None]
    return find_mentions(
        links,
        handbook.rows,
        matches,
        shares,
        choose_vocabulary(job.settings.matching),
        allow_steps(len(links), shares, job.around.stop.is_set),
    )


def choose_vocabulary(settings: MatchingSettings) -> Vocabulary:
    """Return the built-in words and those of the settings."""
    added = {
        key.name: getattr(DEFAULT_VOCABULARY, key.name) + getattr(settings, key.name)
        for key in fields(DEFAULT_VOCABULARY)
        if hasattr(settings, key.name)
    }
    return replace(DEFAULT_VOCABULARY, **added)


def list_pins(settings: Sequence[PinSettings]) -> tuple[Pin, ...]:
    """Return the pins of the settings, in their order."""
    return tuple(
        Pin(
            name=pin.name,
            page=pin.page,
            share=pin.share,
            path=None if pin.path is None else normalize_path(pin.path),
            file_id=pin.file_id,
        )
        for pin in settings
    )


def _mark_unsearched(shares: Mapping[str, Share]) -> dict[str, Share]:
    """Mark every share as unchecked, since rows get no verdict with `--only links`."""
    return {
        share_id: replace(
            share, status=ShareStatus.UNCHECKED, tree=None, reason=Reason("only-links")
        )
        for share_id, share in shares.items()
    }


def _mark_unchecked(matches: Sequence[Match], options: AuditOptions) -> tuple[Match, ...]:
    """Mark rows as unchecked when the scope excluded every share."""
    reason = Reason("only-links" if options.only == "links" else "offline")
    return tuple(
        replace(match, verdict=Verdict.UNCHECKED, reason=reason)
        if match.reason.code == "no-share-to-search"
        else match
        for match in matches
    )
