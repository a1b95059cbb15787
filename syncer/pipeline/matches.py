"""Resource rows and shares → one match per row.

Reads the rows, the trees of the shares and what the settings add to the matching. Returns the
matches, without those that rest on a sudden emptiness that is not believed yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime

from syncer.audit.distrust import Distrust, Suspicion, distrust
from syncer.config.settings import MatchingSettings, PinSettings
from syncer.manifest.document import StatusManifest
from syncer.matching.asks import Pin
from syncer.matching.match import match_rows
from syncer.matching.mentions import find_mentions
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from syncer.model.matching import Match, NamedLink, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareStatus
from syncer.pipeline.globs import normalize_path
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.job import Job
from syncer.pipeline.options import AuditOptions
from syncer.store.suspicions import StoredSuspicion, load_suspicions, save_suspicions
from syncer.surroundings import find_day


def match_resources(
    job: Job,
    handbook: ReadHandbook,
    shares: Mapping[str, Share],
    *,
    previous: StatusManifest | None,
    started_at: datetime,
) -> Distrust:
    """Match every row of the handbook, then withdraw what rests on a share's sudden emptiness.

    Args:
        job: the run.
        handbook: as it was read.
        shares: by id.
        previous: the last complete run; None when there is none.
        started_at: when the run began, aware.

    Returns:
        One match per row of the handbook, in the rows' order, and the shares that are distrusted.
    """
    searched = shares if job.options.only != "links" else _mark_unsearched(shares)
    matches = match_rows(
        handbook.rows,
        searched,
        choose_vocabulary(job.settings.matching),
        list_pins(job.settings.pin),
    )
    connection = job.memory.connection
    remembered = {} if connection is None else _recall_suspicions(load_suspicions(connection))
    doubt = distrust(
        searched,
        handbook.rows,
        matches,
        previous=previous,
        remembered=remembered,
        today=find_day(started_at, job.settings.schedule.timezone),
        accept_empty=job.options.accept_empty,
    )
    if connection is not None:
        save_suspicions(connection, _keep_suspicions(doubt, remembered, searched))
    if job.options.only == "links" or job.options.offline:
        doubt = replace(doubt, matches=_mark_unchecked(doubt.matches, job.options))
    return doubt


def name_links(
    job: Job, handbook: ReadHandbook, shares: Mapping[str, Share], matches: Sequence[Match]
) -> tuple[NamedLink, ...]:
    """Return the links in running text that name a resource; none with `--only`."""
    if job.options.only is not None:
        return ()
    return find_mentions(
        [(routed.link, routed.share) for routed in handbook.links if routed.share is not None],
        handbook.rows,
        matches,
        shares,
        choose_vocabulary(job.settings.matching),
    )


def choose_vocabulary(settings: MatchingSettings) -> Vocabulary:
    """Return the built-in words with those of the settings added."""
    added = {
        key.name: getattr(DEFAULT_VOCABULARY, key.name) + getattr(settings, key.name)
        for key in fields(settings)
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


def _recall_suspicions(stored: tuple[StoredSuspicion, ...]) -> dict[str, Suspicion]:
    return {
        item.share: Suspicion(item.share, item.answer, item.days, item.accepted) for item in stored
    }


def _keep_suspicions(
    doubt: Distrust, remembered: Mapping[str, Suspicion], shares: Mapping[str, Share]
) -> Iterator[StoredSuspicion]:
    """Yield today's suspicions, and those of shares that are not part of this run."""
    others = (item for share, item in sorted(remembered.items()) if share not in shares)
    for item in (*doubt.suspicions, *others):
        yield StoredSuspicion(item.share, item.answer, item.days, item.accepted)
