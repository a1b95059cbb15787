"""`demo`: an audit of a sample handbook on a server of our own."""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import click

from syncer.cli.output import emit, fit
from syncer.cli.runs import listen_with
from syncer.demo.pace import Pace
from syncer.demo.session import DemoSession, open_demo
from syncer.errors import ConfigError, StoreError
from syncer.handbook.source.committed_links import explain_refused_output
from syncer.nightly.earlier_runs import RUNS
from syncer.nightly.exit_code import decide_exit
from syncer.nightly.session import open_session
from syncer.nightly.write import write_run
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import RunParams
from syncer.pipeline.run import run_audit
from syncer.report.terminal import render_summary_line
from syncer.stopping import listen_for_stop
from syncer.store.files import write_atomically

_FIRST_LINE = "# Written by `syncer demo`"


def demonstrate(
    *, serve: bool, pace: bool, place: Path, lang: str | None, stop: threading.Event
) -> int:
    """Write the handbook, start the server, audit, write and print the result.

    With `serve` the server then runs until it is interrupted. `stop` ends what other threads do.
    Returns the exit code.
    """
    for below in (place, place / RUNS, *(place / "handbook").rglob("*")):
        if linked := explain_refused_output(below):
            raise ConfigError(f"{below} is not used: {linked}. Name another folder.")
    with ExitStack() as stack:
        try:
            if not _may_fill(place):
                raise ConfigError(
                    f"{place} contains files that are not an earlier demo's: name a new or "
                    "an empty folder."
                )
            demo = stack.enter_context(open_demo(place / "handbook", pace=Pace() if pace else None))
        except OSError as error:
            raise StoreError(f"The demo cannot be written to {place}: {error.strerror}.") from error
        settings_file = place / "syncer.toml"
        write_atomically(settings_file, _write_settings(demo).encode("utf-8"))
        code = _run(settings_file, place, lang, stop)
        if serve:
            _serve(demo, settings_file)
    return code


def _may_fill(place: Path) -> bool:
    """Return whether a demo here overwrites only an earlier demo: nothing else shows whose it is.

    A folder that is missing or empty may be filled.

    Raises:
        OSError: the folder or its settings file cannot be read.
    """
    settings_file = place / "syncer.toml"
    try:
        if not any(place.iterdir()):
            return True
        with settings_file.open("rb") as file:
            first = file.read(len(_FIRST_LINE))
    except (FileNotFoundError, NotADirectoryError):
        # A file in place of the folder is told when the folder is made.
        return not place.is_dir()
    return first == _FIRST_LINE.encode() and not settings_file.is_symlink()


def _write_settings(demo: DemoSession) -> str:
    """Return a settings file with which any other command finds the demo.

    The demo's server also answers for all web hosts that the handbook links to.
    """
    remap = ", ".join(
        f"{json.dumps(old)} = {json.dumps(new)}" for old, new in demo.web_remap.items()
    )
    return (
        f"{_FIRST_LINE}; the address is that of its server while it runs.\n"
        '[handbook]\nsource = "handbook"\n\n'
        f"[[nextcloud]]\nhost = {json.dumps(demo.host)}\n"
        f"base_url = {json.dumps(demo.base_url)}\n\n"
        f"[links]\nallow_private = true\nremap = {{ {remap} }}\n\n"
        '[state]\nfolder = "state"\n\n[output]\nfolder = "reports"\n'
    )


def _run(settings_file: Path, place: Path, lang: str | None, stop: threading.Event) -> int:
    # Settings in the environment are meant for real runs.
    env = {name: value for name, value in os.environ.items() if not name.startswith("SYNCER_")}
    session = open_session(settings_file, lang=lang, verbosity=0, env=env)
    settings = session.loaded.settings
    params = RunParams(config=settings_file, lang=lang)
    with listen_with(stop, params, session.lang) as around:
        manifest = run_audit(Job(settings, params.audit, session.secrets, Memory(), around))
    written = write_run(
        manifest,
        place / "reports",
        formats=settings.output.formats,
        lang=session.lang,
        keep_runs=settings.output.keep_runs,
    )
    emit(manifest, (), None, session.lang)
    click.echo(fit(render_summary_line(manifest, lang=session.lang), sys.stderr), err=True)
    report = next((path for path in written if path.name == "report.html"), written[0])
    click.echo(f"\n{report}\n{place / 'reports' / 'status.json'}", err=True)
    return int(decide_exit(manifest, params))


def _serve(demo: DemoSession, settings_file: Path) -> None:
    """Keep the server running until a signal comes, and print which commands to try."""
    click.echo(
        f"\nserving {demo.base_url} until Ctrl-C; try in another terminal:\n"
        f"  syncer audit --config {settings_file}\n"
        f"  syncer explain Tilslutningsaftale --config {settings_file}\n"
        f"  syncer run --config {settings_file}",
        err=True,
    )
    with listen_for_stop() as stop:
        stop.wait()
