"""`audit`, `run` and `explain`: what they share is one audit, what differs is what they leave."""

from __future__ import annotations

import difflib
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from syncer.cli.output import check_formats, emit, find_width, fit
from syncer.cli.params import FormatRequest
from syncer.errors import ConfigError
from syncer.manifest.baseline import find_known
from syncer.manifest.document import StatusManifest
from syncer.nightly.audit import audit
from syncer.nightly.baseline import Baseline
from syncer.nightly.exit_code import decide_exit
from syncer.nightly.session import Session, listen_for_stop, open_session
from syncer.pipeline.options import RunParams
from syncer.surroundings import Surroundings


def audit_once(params: RunParams, formats: Sequence[FormatRequest], output: Path | None) -> int:
    """Audit once and print; return the exit code."""
    check_formats(formats, output)
    session = open_session(params.config, lang=params.lang, verbosity=params.verbosity)
    with surround(params) as around:
        manifest, baseline = audit(session, params, around)
    emit(manifest, formats, output, session.lang, baseline)
    return _finish(session, params, manifest, baseline)


def run_nightly(params: RunParams) -> int:
    """Audit and leave manifest and reports in the output folder; return the exit code."""
    from syncer.nightly import run as nightly

    session = open_session(params.config, lang=params.lang, verbosity=params.verbosity)
    with surround(params) as around:
        manifest, baseline = nightly.run_nightly(session, params, around)
    return _finish(session, params, manifest, baseline)


def explain_rows(name: str, params: RunParams) -> int:
    """Print why each row of that name got its verdict."""
    from syncer.report.explain import render_explanation

    session = open_session(params.config, lang=params.lang, verbosity=params.verbosity)
    with surround(params) as around:
        manifest, baseline = audit(session, params, around)
    text = render_explanation(manifest, name, lang=session.lang, width=find_width())
    if text is None:
        names = sorted({resource.name for resource in manifest.resources})
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
        raise ConfigError(
            f"No row is called {name!r}." + (f" Near: {', '.join(near)}." if near else "")
        )
    click.echo(text, nl=False)
    return _finish(session, params, manifest, baseline)


@contextmanager
def surround(params: RunParams) -> Iterator[Surroundings]:
    """Give the real clock, the stop event, and progress bars when stderr is a terminal."""
    with listen_for_stop() as stop:
        if not sys.stderr.isatty() or params.verbosity != 0:
            yield Surroundings(stop=stop, sleep=_wait_for(stop))
            return
        from syncer.cli.progress import show_progress

        with show_progress() as on_progress:
            yield Surroundings(stop=stop, sleep=_wait_for(stop), on_progress=on_progress)


def _wait_for(stop: threading.Event) -> Callable[[float], None]:
    """Give a sleep that a signal ends."""

    def sleep(seconds: float) -> None:
        stop.wait(seconds)

    return sleep


def _finish(
    session: Session,
    params: RunParams,
    manifest: StatusManifest,
    baseline: Baseline | None,
) -> int:
    """Say the one line on stderr, unless `-q` wants errors only, and return the exit code."""
    if params.verbosity >= 0:
        from syncer.report.terminal import render_summary_line

        known = None if baseline is None else find_known(manifest, baseline.manifest)
        closing = render_summary_line(manifest, lang=session.lang, known=known)
        click.echo(fit(closing, sys.stderr), err=True)
    return int(
        decide_exit(
            manifest,
            fail_on=params.fail_on,
            allow_incomplete=params.allow_incomplete,
            baseline=None if baseline is None else baseline.manifest,
        )
    )
