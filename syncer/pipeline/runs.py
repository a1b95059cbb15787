"""A run as a whole, under the lock: an audit with its memory, a nightly with what it leaves."""

from __future__ import annotations

import structlog

from syncer.manifest.document import StatusManifest
from syncer.pipeline.audit import Job, Memory, run_audit
from syncer.pipeline.baseline import read_baseline
from syncer.pipeline.clock import Surroundings
from syncer.pipeline.nightly import NEWEST, NEWEST_COMPLETE, read_remembered, write_run
from syncer.pipeline.options import RunParams
from syncer.pipeline.session import Session, find_output_folder, hold_state
from syncer.store.database import Database


def audit(
    session: Session, params: RunParams, around: Surroundings
) -> tuple[StatusManifest, StatusManifest | None]:
    """Audit once, and return the manifest and that of `--baseline`; the state alone is written.

    Raises:
        SyncerError: there is nothing to audit, or another run holds the lock.
    """
    with hold_state(session, params, around, required=False) as database:
        return _audit(session, params, around, database, nightly=False)


def run_nightly(
    session: Session, params: RunParams, around: Surroundings
) -> tuple[StatusManifest, StatusManifest | None]:
    """Audit, leave manifest and reports in the output folder, and return as `audit` does.

    Raises:
        SyncerError: likewise; StoreError also when state or output cannot be written.
    """
    output = session.loaded.settings.output
    with hold_state(session, params, around, required=True) as database:
        manifest, baseline = _audit(session, params, around, database, nightly=True)
        written = write_run(
            manifest,
            find_output_folder(session),
            formats=output.formats,
            lang=session.lang,
            keep_runs=output.keep_runs,
        )
    structlog.get_logger("syncer").info("written", files=[str(path) for path in written])
    return manifest, baseline


def _audit(
    session: Session,
    params: RunParams,
    around: Surroundings,
    database: Database | None,
    *,
    nightly: bool,
) -> tuple[StatusManifest, StatusManifest | None]:
    output = find_output_folder(session)
    job = Job(
        settings=session.loaded.settings,
        options=params.audit,
        secrets=session.secrets,
        memory=Memory(
            database=database,
            folder=None if database is None else session.state_folder,
            complete=read_remembered(output, NEWEST_COMPLETE),
            newest=read_remembered(output, NEWEST),
        ),
        around=around,
        scheduled=nightly,
    )
    baseline = read_baseline(params.baseline, job)
    return run_audit(job), baseline
