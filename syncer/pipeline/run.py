"""One audit, from the handbook's address to its manifest."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog

from syncer.audit.rules import find
from syncer.log import begin_run
from syncer.manifest.document import StatusManifest
from syncer.pipeline.findings import explain_incomplete, observe
from syncer.pipeline.handbook import read
from syncer.pipeline.job import Job
from syncer.pipeline.links import ask_web, judge_links
from syncer.pipeline.manifest import assemble_manifest, choose_past
from syncer.pipeline.matches import match_resources
from syncer.pipeline.shares import confirm, look
from syncer.pipeline.tokens import find_hidden, hide, list_words, rename


def make_run_id(started_at: datetime) -> str:
    """Return the id of the run that began then, by which its log lines and manifest are known."""
    return f"{started_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"


def run_audit(job: Job) -> StatusManifest:
    """Audit a handbook once and return what was found.

    Raises:
        HandbookError: there is no handbook to read.
        ConfigError: the options do not fit the handbook.
    """
    started_at = job.started_at or job.around.now()
    run_id = make_run_id(started_at)
    begin_run(run_id)
    log = structlog.get_logger("syncer")

    handbook = read(job.settings, job.options, job.memory.folder, job.around.stop)
    log.info("handbook-read", pages=len(handbook.audited), rows=len(handbook.rows))
    hidden = find_hidden(handbook.handbook, job.settings)
    for word in list_words(hidden):
        job.keep_secret(word)

    first_look = look(job, handbook)
    looked_at = job.around.now()
    answers = ask_web(job, handbook)
    shares = rename(confirm(first_look, job, handbook, looked_at=looked_at), hidden)
    links = judge_links(handbook, shares, answers, job.options)

    past = choose_past(job, handbook)
    matches = match_resources(job, handbook, shares, previous=past.complete, started_at=started_at)
    observed = observe(job, handbook, shares, links, matches, past.complete, started_at)
    findings = find(observed)
    incomplete_because = explain_incomplete(observed, matches, stopped=job.around.stop.is_set())
    manifest = assemble_manifest(
        job,
        handbook,
        observed,
        findings,
        past,
        run_id=run_id,
        started_at=started_at,
        incomplete_because=incomplete_because,
    )
    log.info(
        "run-finished",
        complete=manifest.run.complete,
        findings=len(manifest.findings),
        seconds=round((manifest.run.finished_at - started_at).total_seconds(), 3),
    )
    return hide(manifest, hidden)
