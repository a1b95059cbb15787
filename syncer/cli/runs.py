"""`audit`, `run` and `explain`: what they share is one audit, what differs is what they leave."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import click
import structlog

from syncer.cli.output import check_formats, emit
from syncer.cli.params import FormatRequest, RunParams
from syncer.cli.session import (
    Session,
    find_output_folder,
    hold_state,
    open_session,
    surround,
)
from syncer.errors import ConfigError
from syncer.manifest.document import StatusManifest
from syncer.pipeline.audit import Job, Memory, run_audit
from syncer.pipeline.baseline import read_baseline
from syncer.pipeline.clock import Surroundings
from syncer.pipeline.nightly import NEWEST, NEWEST_COMPLETE, read_remembered, write_run
from syncer.pipeline.verdict import decide_exit
from syncer.report.terminal import render_summary_line


def audit_once(params: RunParams, formats: Sequence[FormatRequest], output: Path | None) -> int:
    """Audit once and print; return the exit code."""
    check_formats(formats, output)
    session = open_session(params.config, lang=params.lang, verbosity=params.verbosity)
    with surround(params) as around:
        manifest, baseline = _audit(session, params, around, scheduled=False)
    emit(manifest, formats, output, session.lang)
    return _finish(session, params, manifest, baseline)


def run_nightly(params: RunParams) -> int:
    """Audit and leave manifest and reports in the output folder; return the exit code."""
    session = open_session(params.config, lang=params.lang, verbosity=params.verbosity)
    with surround(params) as around:
        return run_with(session, params, around)


def run_with(session: Session, params: RunParams, around: Surroundings) -> int:
    """Do one nightly with what is open already; the worker calls it again and again."""
    manifest, baseline = _audit(session, params, around, scheduled=True)
    output = session.loaded.settings.output
    written = write_run(
        manifest,
        find_output_folder(session),
        formats=output.formats,
        lang=session.lang,
        keep_runs=output.keep_runs,
    )
    structlog.get_logger("syncer").info("written", files=[str(path) for path in written])
    return _finish(session, params, manifest, baseline)


def explain_rows(name: str, params: RunParams) -> int:
    """Print why each row of that name got its verdict."""
    from syncer.report.explain import render_explanation

    session = open_session(params.config, lang=params.lang, verbosity=params.verbosity)
    with surround(params) as around:
        manifest, baseline = _audit(session, params, around, scheduled=False)
    text = render_explanation(manifest, name, lang=session.lang)
    if text is None:
        names = sorted({resource.name for resource in manifest.resources})
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
        raise ConfigError(
            f"No row is called {name!r}." + (f" Near: {', '.join(near)}." if near else "")
        )
    click.echo(text, nl=False)
    return _finish(session, params, manifest, baseline)


def _audit(
    session: Session, params: RunParams, around: Surroundings, *, scheduled: bool
) -> tuple[StatusManifest, StatusManifest | None]:
    """Audit, and return the manifest and that of `--baseline`."""
    output = find_output_folder(session)
    with hold_state(session, params, around, required=scheduled) as database:
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
            scheduled=scheduled,
        )
        baseline = read_baseline(params.baseline, job)
        return run_audit(job), baseline


def _finish(
    session: Session,
    params: RunParams,
    manifest: StatusManifest,
    baseline: StatusManifest | None,
) -> int:
    """Say the one line on stderr and return the exit code."""
    click.echo(render_summary_line(manifest, lang=session.lang), err=True)
    return int(
        decide_exit(
            manifest,
            fail_on=params.fail_on,
            allow_incomplete=params.allow_incomplete,
            baseline=baseline,
        )
    )
