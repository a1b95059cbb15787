"""A nightly run: an audit under the lock, then writing and delivering its reports."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import structlog

from syncer.errors import ExitCode, StoreError, SyncerError
from syncer.log import begin_run
from syncer.manifest.amend import add_finding
from syncer.manifest.document import StatusManifest
from syncer.nightly.audit import AuditResult, audit_held
from syncer.nightly.deliver import Delivery
from syncer.nightly.earlier_runs import NEWEST, RUNS, read_remembered
from syncer.nightly.exit_code import decide_exit
from syncer.nightly.session import Session, find_output_folder, hold_state
from syncer.nightly.write import write_run
from syncer.pipeline.options import RunParams
from syncer.pipeline.run import make_run_id
from syncer.store.files import give_back, sweep_parts
from syncer.store.health import Health, write_health
from syncer.surroundings import Surroundings


def run_nightly(session: Session, params: RunParams, around: Surroundings) -> AuditResult:
    """Audit, write manifest and reports, deliver them; return the manifest and the baseline.

    A failed delivery is a finding or a log line, and never fails the run. The state folder records
    how the run went, for `syncer status`, also when it fails.

    Raises:
        SyncerError: as `audit`; StoreError also when state or output cannot be written.
    """
    delivery = Delivery(session, around, offline=params.audit.offline)
    with ExitStack() as stack:
        try:
            database = stack.enter_context(hold_state(session, params, around, required=True))
        except StoreError as error:
            delivery.ping_end(error.exit_code)
            raise
        begun = Health(started_at=around.now(), process=os.getpid())
        begin_run(make_run_id(begun.started_at))
        _record(session, begun)
        delivery.ping_start()
        try:
            newest = read_remembered(find_output_folder(session), NEWEST)
            manifest, baseline = audit_held(
                session, params, around, database, newest, nightly_at=begun.started_at
            )
            manifest = _write_and_deliver(session, manifest, newest, delivery)
        except BaseException as error:
            code = error.exit_code if isinstance(error, SyncerError) else ExitCode.BUG
            problem = session.redactor.clean(str(error)) or type(error).__name__
            ended = replace(begun, finished_at=around.now(), exit_code=int(code), problem=problem)
            _record(session, ended)
            delivery.ping_end(code)
            raise
        code = decide_exit(manifest, replace(params, allow_incomplete=False))
        _record(session, replace(begun, finished_at=around.now(), exit_code=int(code)))
        delivery.ping_end(decide_exit(manifest, params, baseline), manifest)
    return manifest, baseline


def _record(session: Session, health: Health) -> None:
    """Store the run's health; a failed write is only logged, so that it hides no other error."""
    try:
        write_health(session.state_folder, health)
    except StoreError as error:
        structlog.get_logger("syncer").warning("health-not-written", text=str(error))


def _write_and_deliver(
    session: Session,
    manifest: StatusManifest,
    newest: StatusManifest | None,
    delivery: Delivery,
) -> StatusManifest:
    """Write, upload and notify; return the manifest as it is in the output folder.

    The files are written before the upload, which may fail. Its failure is a finding of this run,
    with which they are written again.
    """
    for failure in delivery.list_failures():
        manifest = add_finding(manifest, failure, newest=newest)
    problem = delivery.publish(_write(session, manifest))
    if problem is not None:
        manifest = add_finding(manifest, problem, newest=newest)
        _write(session, manifest)
    delivery.notify(manifest, newest)
    return manifest


def _write(session: Session, manifest: StatusManifest) -> tuple[Path, ...]:
    output = session.loaded.settings.output
    folder = find_output_folder(session)
    for place in (session.state_folder, folder, folder / RUNS):
        sweep_parts(place)
    try:
        written = write_run(
            manifest,
            folder,
            formats=output.formats,
            lang=session.lang,
            keep_runs=output.keep_runs,
            report_to=output.report_to,
        )
    finally:
        give_back(folder)
    structlog.get_logger("syncer").info("written", files=[str(path) for path in written])
    return written
