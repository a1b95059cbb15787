"""One audit, top to bottom: the doors of the rooms, opened in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

import structlog

from syncer.log import begin_run
from syncer.manifest.document import StatusManifest
from syncer.model.links import LinkVerdict
from syncer.model.shares import Share, ShareStatus
from syncer.pipeline.hidden import find_hidden, hide, list_words, rename
from syncer.pipeline.job import Job
from syncer.pipeline.looking import confirm, look
from syncer.pipeline.reading import ReadHandbook, read
from syncer.startup import load_meanwhile
from syncer.store.links import StoredLinks
from syncer.store.shares import ShareStore
from syncer.store.suspicions import load_suspicions


def make_run_id(started_at: datetime) -> str:
    """Return the id of the run that began then, by which its log lines and manifest are known."""
    return f"{started_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"


def run_audit(job: Job) -> StatusManifest:
    """Audit once and return what was found.

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
    shares, web = _look(job, handbook)
    from syncer.pipeline.judging import judge

    shares = rename(shares, hidden)
    manifest = judge(job, handbook, shares, web, run_id=run_id, started_at=started_at)
    log.info(
        "run-finished",
        complete=manifest.run.complete,
        findings=len(manifest.findings),
        seconds=round((manifest.run.finished_at - started_at).total_seconds(), 3),
    )
    return hide(manifest, hidden)


def _look(
    job: Job, handbook: ReadHandbook
) -> tuple[Mapping[str, Share], Mapping[str, LinkVerdict]]:
    """Look at everything the handbook names: shares first, then the web, then doubtful places."""
    settings, options, around = job.settings, job.options, job.around
    database = job.memory.database
    connection = None if database is None else database.connection
    share_memory = None if connection is None else ShareStore(connection)
    # Only a full walk is a new answer of a share that looked too empty (design rule 2).
    suspected = connection is not None and bool(load_suspicions(connection))
    walk = replace(options, full=options.full or suspected)
    with load_meanwhile("syncer.pipeline.checking", "syncer.pipeline.judging"):
        shares = look(handbook, settings, walk, job.secrets, share_memory, around)
    _log_hosts(shares.values())
    looked_at = around.now()
    from syncer.pipeline.checking import ask_web

    link_memory = None if connection is None else StoredLinks(connection)
    web = ask_web(handbook, settings, options, link_memory, around)
    shares = confirm(shares, handbook, settings, job.secrets, around, looked_at=looked_at)
    for share in shares.values():
        _log_share(share)
    return shares, web


def _log_hosts(shares: Iterable[Share]) -> None:
    """Say one line per Nextcloud: its shares are read one after the other."""
    by_host = sorted(shares, key=_host_of)
    for host, group in groupby(by_host, key=_host_of):
        read = tuple(group)
        structlog.get_logger("syncer").info(
            "nextcloud-read",
            host=host,
            version=next((share.server_version for share in read if share.server_version), None),
            shares=len(read),
            ok=sum(share.status is ShareStatus.OK for share in read),
            requests=sum(share.requests for share in read),
            seconds=round(sum(share.seconds for share in read), 3),
        )


def _host_of(share: Share) -> str:
    return share.id.partition("/")[0]


def _log_share(share: Share) -> None:
    """Say one line per share: how it was learnt, what it cost, what came of it."""
    structlog.get_logger("syncer").info(
        "share-read",
        share=share.id,
        folder=None if share.id.endswith(f"/{share.name}") else share.name,
        status=share.status.value,
        listing=share.listing.value,
        files=None if share.tree is None else len(share.tree.files),
        requests=share.requests,
        seconds=round(share.seconds, 3),
        reason=None if share.reason is None else share.reason.code,
    )
