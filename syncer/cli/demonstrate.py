"""`demo`: the main job on a handbook and a server of our own, nothing to set up."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from syncer.cli.output import emit, fit
from syncer.cli.runs import surround
from syncer.config import Settings
from syncer.demo.pace import Pace
from syncer.demo.session import DemoSession, open_demo
from syncer.nightly.exit_code import decide_exit
from syncer.nightly.session import listen_for_stop, open_session
from syncer.nightly.write import write_run
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import RunParams
from syncer.pipeline.run import run_audit
from syncer.report.terminal import render_summary_line
from syncer.store.files import write_atomically

_SETTINGS_FILE = "syncer.toml"


def demonstrate(*, serve: bool, pace: bool, folder: Path | None, lang: str | None) -> int:
    """Write the handbook, start the server, audit, leave manifest and report, print.

    With `serve` the server stays up afterwards, until it is interrupted.
    """
    place = folder or Path("demo")
    with open_demo(place / "handbook", pace=Pace() if pace else None) as demo:
        settings_file = place / _SETTINGS_FILE
        write_atomically(settings_file, _write_settings(demo).encode("utf-8"))
        code = _run(settings_file, place, lang)
        if serve:
            _stay(demo, settings_file)
    return code


def _write_settings(demo: DemoSession) -> str:
    """Return a settings file with which any other command finds the demo.

    The only web is the demo's own server, which stands in for the hosts the handbook links to.
    """
    remap = ", ".join(
        f"{json.dumps(old)} = {json.dumps(new)}" for old, new in demo.web_remap.items()
    )
    return (
        "# Written by `syncer demo`; the address is that of its server while it runs.\n"
        '[handbook]\nsource = "handbook"\n\n'
        f"[[nextcloud]]\nhost = {json.dumps(demo.server.host)}\n"
        f"base_url = {json.dumps(demo.server.base_url)}\n\n"
        f"[links]\nallow_private = true\nremap = {{ {remap} }}\n\n"
        '[state]\nfolder = "state"\n\n[output]\nfolder = "reports"\n'
    )


def _run(settings_file: Path, place: Path, lang: str | None) -> int:
    # The environment's own settings are for the real run, not for this one.
    env = {name: value for name, value in os.environ.items() if not name.startswith("SYNCER_")}
    session = open_session(settings_file, lang=lang, verbosity=0, env=env)
    settings: Settings = session.loaded.settings
    params = RunParams(config=settings_file, lang=lang)
    with surround(params) as around:
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
    return int(decide_exit(manifest, fail_on=params.fail_on, allow_incomplete=False))


def _stay(demo: DemoSession, settings_file: Path) -> None:
    """Keep the server up until a signal comes; say what can be tried meanwhile."""
    click.echo(
        f"\nserving {demo.server.base_url} until Ctrl-C; try in another terminal:\n"
        f"  syncer audit --config {settings_file}\n"
        f"  syncer explain Tilslutningsaftale --config {settings_file}\n"
        f"  syncer run --config {settings_file}",
        err=True,
    )
    with listen_for_stop() as stop:
        stop.wait()
