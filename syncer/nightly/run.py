"""A nightly run as a whole: an audit under the lock, and what it leaves and tells."""

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
from syncer.nightly.baseline import Baseline
from syncer.nightly.deliver import Delivery
from syncer.nightly.earlier_runs import NEWEST, RUNS, read_remembered
from syncer.nightly.exit_code import decide_exit
from syncer.nightly.session import Session, explain_database, find_output_folder, hold_state
from syncer.nightly.write import write_run
from syncer.pipeline.options import RunParams
from syncer.pipeline.run import make_run_id
from syncer.store.files import give_back, sweep_parts
from syncer.store.health import Health, write_health
from syncer.surroundings import Surroundings


def run_nightly(session: Session, params: RunParams, around: Surroundings) -> AuditResult:
    """Audit, leave manifest and reports in the output folder, and return as `runs.audit` does.

    Then they are uploaded, and who is to be told is told: what fails there is a finding or a line
    in the log, and never fails the run. How it goes is left in the state folder too, for `syncer
    status`, whatever becomes of it.

    Raises:
        SyncerError: likewise; StoreError also when state or output cannot be written.
    """
    delivery = Delivery(session, around, offline=params.audit.offline)
    with ExitStack() as stack:
        try:
            database = stack.enter_context(hold_state(session, params, around, required=True))
        except StoreError as error:
            # Nothing can be left in the state folder; who watches is told all the same.
            delivery.ping_end(error.exit_code)
            raise
        begun = Health(started_at=around.now(), process=os.getpid())
        begin_run(make_run_id(begun.started_at))
        _note(session, begun)
        delivery.ping_start()
        try:
            with explain_database(session):
                newest = read_remembered(find_output_folder(session), NEWEST)
                manifest, baseline = audit_held(
                    session, params, around, database, newest, nightly_at=begun.started_at
                )
                manifest = _leave(session, manifest, newest, delivery)
        except BaseException as error:
            code = error.exit_code if isinstance(error, SyncerError) else ExitCode.BUG
            problem = session.redactor.clean(str(error)) or type(error).__name__
            ended = replace(begun, finished_at=around.now(), exit_code=int(code), problem=problem)
            _note(session, ended)
            delivery.ping_end(code)
            raise
        code = decide_exit(manifest, fail_on=params.fail_on, allow_incomplete=False)
        _note(session, replace(begun, finished_at=around.now(), exit_code=int(code)))
        delivery.ping_end(_answer(params, manifest, baseline))
    return manifest, baseline


def _note(session: Session, health: Health) -> None:
    """Leave how the run goes; a full disk must not hide what else is wrong."""
    try:
        write_health(session.state_folder, health)
    except StoreError as error:
        structlog.get_logger("syncer").warning("health-not-written", text=str(error))


def _answer(params: RunParams, manifest: StatusManifest, baseline: Baseline | None) -> ExitCode:
    """Return the exit code of the process."""
    return decide_exit(
        manifest,
        fail_on=params.fail_on,
        allow_incomplete=params.allow_incomplete,
        baseline=None if baseline is None else baseline.manifest,
    )


def _leave(
    session: Session,
    manifest: StatusManifest,
    newest: StatusManifest | None,
    delivery: Delivery,
) -> StatusManifest:
    """Write, upload and tell; return the manifest as it stands in the output folder.

    First the files are written here, so that a failing upload costs no run; one that fails is a
    finding of this run, with which they are written once more.
    """
    problem = delivery.publish(_write(session, manifest))
    if problem is not None:
        manifest = add_finding(manifest, problem, newest=newest)
        _write(session, manifest)
    delivery.tell(manifest, newest)
    return manifest


def _write(session: Session, manifest: StatusManifest) -> tuple[Path, ...]:
    output = session.loaded.settings.output
    folder = find_output_folder(session)
    for left in (session.state_folder, folder, folder / RUNS):
        sweep_parts(left)
    try:
        written = write_run(
            manifest,
            folder,
            formats=output.formats,
            lang=session.lang,
            keep_runs=output.keep_runs,
        )
    finally:
        give_back(folder)
    structlog.get_logger("syncer").info("written", files=[str(path) for path in written])
    return written
