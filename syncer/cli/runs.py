"""`audit`, `run` and `explain`: one audit each, with different output."""

from __future__ import annotations

import difflib
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from syncer.cli.output import emit, find_width, fit, print_lines
from syncer.cli.params import FormatRequest
from syncer.cli.progress import show_progress
from syncer.cli.targets import check_formats, keep_manifest, keep_own_files
from syncer.errors import ConfigError
from syncer.manifest.baseline import find_known
from syncer.manifest.document import StatusManifest
from syncer.nightly import run as nightly
from syncer.nightly.audit import AuditResult, audit
from syncer.nightly.baseline import Baseline
from syncer.nightly.exit_code import decide_exit, list_doubts
from syncer.nightly.session import Session, find_output_folder, open_session
from syncer.pipeline.options import RunParams
from syncer.redact import disarm_commands, make_printable
from syncer.report.explain import render_explanation
from syncer.report.terminal import render_added, render_reasons, render_summary_line
from syncer.report.words import Lang, words_of
from syncer.stopping import listen_for_stop
from syncer.surroundings import Surroundings

_UNREAD, _MOST_NAMES = "page-unreadable", 5


def audit_once(params: RunParams, formats: Sequence[FormatRequest], output: Path | None) -> int:
    """Audit once and print the result; return the exit code."""
    check_formats(formats, output)
    keep_manifest(formats, output, params.baseline)
    session = open_run(params)
    audit = params.audit
    keep_own_files(formats, output, session, audit.handbook, audit.share_folders.values())
    manifest, baseline = _audit(session, params)
    report_to = session.loaded.settings.output.report_to
    verbose = params.verbosity > 0
    emit(manifest, formats, output, session.lang, baseline, report_to, verbose=verbose)
    return _finish(session, params, manifest, baseline)


def run_nightly(params: RunParams, stop: threading.Event) -> int:
    """Audit, and write and deliver the reports, until `stop` is set; return the exit code."""
    session = open_run(params)
    with listen_with(stop, params, session.lang) as around:
        manifest, baseline = nightly.run_nightly(session, params, around)
    if params.verbosity >= 0:
        click.echo(make_printable(f"The reports are in {find_output_folder(session)}"), err=True)
    return _finish(session, params, manifest, baseline)


def explain_rows(name: str, params: RunParams) -> int:
    """Print the reasons for the verdict on each row of that name; return the exit code."""
    session = open_run(params)
    manifest, baseline = _audit(session, params)
    text = render_explanation(manifest, name, lang=session.lang, width=find_width())
    unread = sorted({one.page for one in manifest.findings if one.code == _UNREAD and one.page})
    if text is None and unread:
        # The row may be there.
        click.echo(
            make_printable(
                f"syncer: No page that was read has a row {name!r}. Not read: {_cut(unread)}."
            ),
            err=True,
        )
    elif text is None:
        names = sorted({resource.name for resource in manifest.resources})
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
        raise ConfigError(
            f"No row is called {name!r}." + (f" Similar: {', '.join(near)}." if near else "")
        )
    else:
        print_lines(text)
    return _finish(session, params, manifest, baseline)


def _cut(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def open_run(params: RunParams) -> Session:
    """Open the settings and the state that a command line names."""
    return open_session(
        params.config,
        lang=params.lang,
        verbosity=params.verbosity,
        handbook=params.audit.handbook,
    )


def _audit(session: Session, params: RunParams) -> AuditResult:
    with surround(params, session.lang) as around:
        return audit(session, params, around)


@contextmanager
def surround(params: RunParams, lang: Lang) -> Iterator[Surroundings]:
    """Yield the real clock, the stop event, and progress bars when stderr is a terminal."""
    with listen_for_stop() as stop, listen_with(stop, params, lang) as around:
        yield around


@contextmanager
def listen_with(stop: threading.Event, params: RunParams, lang: Lang) -> Iterator[Surroundings]:
    """Yield the same as `surround`, with a stop event that the caller has."""
    if not sys.stderr.isatty() or params.verbosity != 0:
        yield Surroundings(stop=stop, sleep=wait_for(stop))
        return
    with show_progress(words_of(lang).labels) as on_progress:
        yield Surroundings(stop=stop, sleep=wait_for(stop), on_progress=on_progress)


def wait_for(stop: threading.Event) -> Callable[[float], None]:
    """Return a sleep that ends when `stop` is set."""

    def sleep(seconds: float) -> None:
        stop.wait(seconds)

    return sleep


def _finish(
    session: Session,
    params: RunParams,
    manifest: StatusManifest,
    baseline: Baseline | None,
) -> int:
    """Print the summary line on stderr, unless `-q` is given, and return the exit code."""
    if params.verbosity >= 0:
        known = None if baseline is None else find_known(manifest, baseline.manifest)
        added = () if baseline is None else render_added(baseline.added, session.lang)
        doubts = render_reasons(list_doubts(manifest, baseline), session.lang)
        line = render_summary_line(manifest, lang=session.lang, known=known)
        for shown in (line, *doubts):
            click.echo(fit(shown, sys.stderr), err=True)
        for shown in added:
            click.echo(disarm_commands(shown), err=True)
    return int(decide_exit(manifest, params, baseline))
