"""One audit under the lock, with its memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeAlias

import structlog

from syncer.errors import ConfigError
from syncer.handbook.own_settings import OwnSettings
from syncer.manifest.baseline import withdraw_waivers
from syncer.manifest.document import FindingRecord, StatusManifest
from syncer.model.documents import CopyResult
from syncer.nightly.baseline import Baseline, read_baseline
from syncer.nightly.earlier_runs import NEWEST, read_comparable, read_remembered
from syncer.nightly.session import Session, find_output_folder, hold_state
from syncer.pipeline.corrections import Corrections, FixChoice, find_corrections
from syncer.pipeline.job import DocumentWork, Job, Memory
from syncer.pipeline.manifest import is_same_place
from syncer.pipeline.options import RunParams
from syncer.pipeline.run import conclude, judge, look, open_documents, run_audit
from syncer.redact import mask_user_info
from syncer.store.database import Database
from syncer.store.document_copy import open_copy
from syncer.surroundings import Surroundings

AuditResult: TypeAlias = tuple[StatusManifest, Baseline | None]


def audit(session: Session, params: RunParams, around: Surroundings) -> AuditResult:
    """Audit once, and return the manifest and the baseline; only the state is written.

    Raises:
        SyncerError: there is nothing to audit, or another run holds the lock.
    """
    with hold_state(session, params, around, required=False) as database:
        newest = read_remembered(find_output_folder(session), NEWEST)
        return audit_held(session, params, around, database, newest, nightly_at=None)


def audit_held(
    session: Session,
    params: RunParams,
    around: Surroundings,
    database: Database | None,
    newest: StatusManifest | None,
    *,
    nightly_at: datetime | None,
) -> AuditResult:
    """Audit while the lock is held, and return the manifest and the baseline.

    `database` is None when nothing can be remembered, `newest` is the manifest of the last run, and
    `nightly_at` is when a nightly began, None for an audit that writes no reports.
    """
    work = DocumentWork.LOCAL if nightly_at is None else DocumentWork.FETCH
    job = _make_job(
        session, params, around, database, newest, nightly_at=nightly_at, documents=work
    )
    baseline = read_baseline(params.baseline, job)
    if baseline is not None:
        job = replace(job, trusted=baseline.trusted)
    manifest = run_audit(job)
    if baseline is not None and baseline.trusted is not None:
        manifest = withdraw_waivers(
            manifest, baseline.manifest, partial(_is_beyond, baseline.trusted)
        )
    if baseline is not None and baseline.changed_pages is None:
        _warn_of_another_handbook(manifest.handbook.source, baseline.manifest.handbook.source)
    return manifest, baseline


def _is_beyond(trusted: OwnSettings, finding: FindingRecord) -> bool:
    """Return whether the handbook's waiver of a finding says less than what it is about.

    One for a page, or for an address with Liquid, does not say where links lead: a change can
    bring new ones, or lead the old ones elsewhere.
    """
    if finding.waiver is None or finding.waiver.from_ != "handbook":
        return False
    alike = [
        waiver
        for waiver in trusted.waivers
        if waiver.lines is None
        and waiver.code == finding.code
        and waiver.page in (None, finding.page)
        and waiver.until.isoformat() == finding.waived_until
    ]
    exact = any(waiver.names_target and waiver.subject == finding.subject for waiver in alike)
    return not exact and any(not waiver.names_target for waiver in alike)


def _warn_of_another_handbook(source: str, earlier: str) -> None:
    if not is_same_place(earlier, source):
        structlog.get_logger("syncer").warning(
            "baseline-of-another-handbook",
            text=f"The baseline is of {mask_user_info(earlier)}, this audit of "
            f"{mask_user_info(source)}. If these are two handbooks, name a manifest of this one.",
        )


def correct(
    session: Session, params: RunParams, choice: FixChoice, around: Surroundings
) -> tuple[StatusManifest, Corrections]:
    """Audit once, and return the manifest and the corrections; no page is written.

    Raises:
        SyncerError: there is nothing to audit, or another run holds the lock.
    """
    with hold_state(session, params, around, required=False) as database:
        newest = read_remembered(find_output_folder(session), NEWEST)
        known = look(_make_job(session, params, around, database, newest, nightly_at=None))
        judged = judge(known)
        found = find_corrections(known, judged, choice)
        # Last, since it says whether the run was stopped before all was proven.
        return conclude(known, judged), found


def synchronise(
    session: Session, params: RunParams, around: Surroundings, *, check: bool
) -> tuple[StatusManifest, CopyResult]:
    """Update the copy of the documents, or with `check` compare it with the server.

    Returns:
        The manifest of the resources, and what was done, or would be.

    Raises:
        SyncerError: as `audit`; ConfigError also without a folder for the copy.
    """
    if session.loaded.settings.documents.copy is None:
        raise ConfigError(
            'No folder for the copy: set copy = "FOLDER" in [documents] of the settings.'
        )
    work = DocumentWork.COMPARE if check else DocumentWork.FETCH
    with hold_state(session, params, around, required=False) as database:
        newest = read_remembered(find_output_folder(session), NEWEST)
        known = look(
            _make_job(session, params, around, database, newest, nightly_at=None, documents=work)
        )
        judged = open_documents(known, judge(known))
        return conclude(known, judged), judged.copy or CopyResult()


def _make_job(
    session: Session,
    params: RunParams,
    around: Surroundings,
    database: Database | None,
    newest: StatusManifest | None,
    *,
    nightly_at: datetime | None,
    documents: DocumentWork = DocumentWork.LOCAL,
) -> Job:
    output = find_output_folder(session)
    copy = session.loaded.settings.documents.copy
    if copy is not None and documents is not DocumentWork.LOCAL:
        # A folder that is not ours ends the run before anything is asked.
        with open_copy(copy, writes=False):
            pass
    job = Job(
        settings=session.loaded.settings,
        options=params.audit,
        secrets=session.secrets,
        memory=Memory(
            database=database,
            folder=None if database is None else session.state_folder,
            complete=read_comparable(output, params.audit.scope),
            newest=newest,
        ),
        around=around,
        scheduled=nightly_at is not None,
        started_at=nightly_at,
        documents=documents,
        keep_secret=session.redactor.add,
    )
    if nightly_at is not None and job.memory.newest is None:
        structlog.get_logger("syncer").info(
            "no-earlier-run",
            text="This run cannot say how old a finding is or what was fixed. Keep "
            f"{output} and {session.state_folder} between runs.",
        )
    return job
