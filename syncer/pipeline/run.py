"""One audit, from the handbook's address to its manifest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog

from syncer.audit.distrust import Distrust, doubt_listings
from syncer.audit.emptied_folders import Held
from syncer.audit.observed import Observed
from syncer.audit.rules import find
from syncer.log import begin_run
from syncer.manifest.build import Past
from syncer.manifest.document import StatusManifest
from syncer.model.documents import CopyResult
from syncer.model.findings import Finding
from syncer.model.shares import Share, ShareTraits, Suspicion
from syncer.pipeline.documents import look_at_documents
from syncer.pipeline.findings import explain_incomplete, observe
from syncer.pipeline.fixable import mark_fixable
from syncer.pipeline.handbook import ReadHandbook, load_handbook
from syncer.pipeline.job import Job
from syncer.pipeline.links import Answers, ask_web, judge_links
from syncer.pipeline.manifest import assemble_manifest, choose_past
from syncer.pipeline.matches import (
    doubt_emptied,
    load_suspicions,
    load_traits,
    match_resources,
    save_holdings,
    save_suspicions,
    save_traits,
)
from syncer.pipeline.shares import confirm_missing, look_at_shares
from syncer.pipeline.tokens import find_hidden, hide_secrets, list_words, rename_shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What a run knows before it judges anything.

    Attributes:
        job: as given, without the handbook's own settings.
        handbook: the pages, rows and links.
        shares: by id, after the second look; folders that are suddenly empty are unread.
        held: what the folders of rows held at earlier runs, by share.
        traits: what the links of the run show, compared with earlier runs, by share.
        answers: of the web, by address.
        suspicions: of earlier runs, by share.
        hidden: names of the shares whose link is in no page.
    """

    job: Job
    handbook: ReadHandbook
    shares: dict[str, Share]
    held: Held
    traits: dict[str, ShareTraits]
    answers: Answers
    past: Past
    suspicions: dict[str, Suspicion]
    hidden: dict[str, str]
    started_at: datetime
    run_id: str

    @property
    def own_job(self) -> Job:
        """The job with the handbook's own pins, aliases and excluded addresses."""
        return replace(self.job, settings=self.handbook.settings)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts of a run: on links, rows, shares and documents, and the findings.

    `copy` is what was done to the copy of the documents, None without one.
    """

    observed: Observed
    doubt: Distrust
    findings: tuple[Finding, ...]
    copy: CopyResult | None = None


def make_run_id(started_at: datetime) -> str:
    """Return the id of a run, by which log lines and manifest name it."""
    return f"{started_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"


def run_audit(job: Job) -> StatusManifest:
    """Audit a handbook once.

    Raises:
        HandbookError: there is no handbook to read.
        ConfigError: the options do not fit the handbook.
    """
    known = look(job)
    return conclude(known, open_documents(known, judge(known)))


def look(job: Job) -> Knowledge:
    """Read the handbook, the shares and the web.

    Raises:
        HandbookError: there is no handbook to read.
        ConfigError: the options do not fit the handbook.
    """
    started_at = job.started_at or job.around.now()
    run_id = make_run_id(started_at)
    begin_run(run_id)

    handbook = load_handbook(job)
    structlog.get_logger("syncer").info(
        "handbook-read", pages=len(handbook.audited), rows=len(handbook.rows)
    )
    hidden = find_hidden(handbook.handbook, job.settings)
    for word in list_words(hidden):
        job.keep_secret(word)
    own_job = replace(job, settings=handbook.settings)

    # The web is asked between the two looks at the shares, which must be some seconds apart.
    first_look = look_at_shares(own_job, handbook)
    looked_at = job.around.now()
    answers = ask_web(own_job, handbook)
    shares = confirm_missing(first_look, own_job, handbook, looked_at=looked_at)
    shares, held = doubt_emptied(job, rename_shares(shares, hidden), started_at=started_at)
    return Knowledge(
        job=job,
        handbook=handbook,
        shares=shares,
        held=held,
        traits=load_traits(job, shares, started_at=started_at),
        answers=answers,
        past=choose_past(own_job, handbook),
        suspicions=dict(load_suspicions(job)),
        hidden=hidden,
        started_at=started_at,
        run_id=run_id,
    )


def judge(known: Knowledge) -> Judged:
    """Return the verdicts and findings; nothing is asked, read or written."""
    job, handbook, shares = known.own_job, known.handbook, known.shares
    previous = known.past.complete
    doubt = match_resources(
        job,
        handbook,
        shares,
        previous=previous,
        suspicions=known.suspicions,
        started_at=known.started_at,
    )
    listed = doubt_listings(shares, doubt.emptied)
    links = judge_links(handbook, listed, known.answers, job.options)
    observed = observe(job, handbook, shares, links, doubt, previous, known.started_at)
    observed = replace(observed, traits=known.traits)
    return Judged(observed, doubt, find(observed))


def open_documents(known: Knowledge, judged: Judged) -> Judged:
    """Return the verdicts with those on the documents, which are fetched and copied as wanted.

    Raises:
        ConfigError: the folder of the copy is not ours.
        StoreError: the folder of the copy cannot be used.
        RunLocked: another run writes that copy.
    """
    seen = look_at_documents(
        known.own_job,
        known.handbook,
        known.shares,
        judged.doubt,
        hidden=known.hidden,
        started_at=known.started_at,
    )
    observed = replace(
        judged.observed,
        documents=seen.documents,
        copied_at=seen.copied_at,
        left_out=seen.left_out,
    )
    return replace(judged, observed=observed, findings=find(observed), copy=seen.copy)


def conclude(known: Knowledge, judged: Judged) -> StatusManifest:
    """Remember which shares are suspected, and return the manifest of the run, which ends now."""
    job, observed, doubt = known.own_job, judged.observed, judged.doubt
    save_suspicions(job, doubt, known.suspicions, known.shares)
    save_traits(job, known.traits)
    save_holdings(job, known.handbook, known.shares, doubt, known.held)
    manifest = assemble_manifest(
        job,
        known.handbook,
        observed,
        mark_fixable(known.handbook, observed, judged.findings),
        known.past,
        run_id=known.run_id,
        started_at=known.started_at,
        incomplete_because=explain_incomplete(observed, doubt, stopped=job.around.stop.is_set()),
    )
    structlog.get_logger("syncer").info(
        "run-finished",
        complete=manifest.run.complete,
        findings=len(manifest.findings),
        seconds=round((manifest.run.finished_at - known.started_at).total_seconds(), 3),
    )
    return hide_secrets(manifest, known.hidden)
