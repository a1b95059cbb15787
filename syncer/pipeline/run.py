"""One audit, from the handbook's address to its manifest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import structlog

from syncer.audit.rules import find
from syncer.log import begin_run
from syncer.manifest.document import StatusManifest
from syncer.pipeline.findings import explain_incomplete, observe
from syncer.pipeline.handbook import load_handbook
from syncer.pipeline.job import Job
from syncer.pipeline.links import ask_web, judge_links
from syncer.pipeline.manifest import assemble_manifest, choose_past
from syncer.pipeline.matches import match_resources
from syncer.pipeline.shares import confirm_missing, look_at_shares
from syncer.pipeline.tokens import find_hidden, hide_secrets, list_words, rename_shares


def make_run_id(started_at: datetime) -> str:
    """Return the id of a run, by which log lines and manifest name it."""
    return f"{started_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"


def run_audit(job: Job) -> StatusManifest:
    """Audit a handbook once.

    Raises:
        HandbookError: there is no handbook to read.
        ConfigError: the options do not fit the handbook.
    """
    started_at = job.started_at or job.around.now()
    run_id = make_run_id(started_at)
    begin_run(run_id)
    log = structlog.get_logger("syncer")

    handbook = load_handbook(job)
    log.info("handbook-read", pages=len(handbook.audited), rows=len(handbook.rows))
    hidden = find_hidden(handbook.handbook, job.settings)
    for word in list_words(hidden):
        job.keep_secret(word)
    # From here on the handbook's own pins, aliases and excluded addresses count too.
    job = replace(job, settings=handbook.settings)

    # The web is asked between the two looks at the shares, which must be some seconds apart.
    first_look = look_at_shares(job, handbook)
    looked_at = job.around.now()
    answers = ask_web(job, handbook)
    shares = confirm_missing(first_look, job, handbook, looked_at=looked_at)
    shares = rename_shares(shares, hidden)

    links = judge_links(handbook, shares, answers, job.options)
    past = choose_past(job, handbook)
    matches = match_resources(job, handbook, shares, previous=past.complete, started_at=started_at)
    observed = observe(job, handbook, shares, links, matches, past.complete, started_at)
    findings = find(observed)
    manifest = assemble_manifest(
        job,
        handbook,
        observed,
        findings,
        past,
        run_id=run_id,
        started_at=started_at,
        incomplete_because=explain_incomplete(observed, matches, stopped=job.around.stop.is_set()),
    )
    log.info(
        "run-finished",
        complete=manifest.run.complete,
        findings=len(manifest.findings),
        seconds=round((manifest.run.finished_at - started_at).total_seconds(), 3),
    )
    return hide_secrets(manifest, hidden)
