"""The commands, in the order of `--help`. Each imports heavy modules only when it is called."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

import click

from syncer.cli.params import (
    FormatRequest,
    FormatType,
    OutputType,
    config_options,
    deprecate,
    fix_options,
    lang_option,
    run_options,
    verbosity_options,
)
from syncer.pipeline.options import ConfigChoice, RunParams
from syncer.stopping import listen_for_stop

_formats = click.option(
    "--format",
    "formats",
    type=FormatType(),
    multiple=True,
    help="terminal, short, json, markdown, html, sarif, junit or github; FILE - is stdout; "
    "repeatable.",
)
_output = click.option(
    "-o",
    "--output",
    type=OutputType(),
    metavar="FILE",
    help="Write the format that has no FILE of its own here; - is stdout.",
)


@click.command(epilog="Example: syncer audit ~/handbook --baseline origin/main --format short")
@click.argument("place", required=False, metavar="[HANDBOOK]")
@run_options(fail_on="error")
@_formats
@_output
def audit(params: RunParams, formats: tuple[FormatRequest, ...], output: Path | None) -> int:
    """Audit a handbook and print the result.

    HANDBOOK is a folder, a page or a git URL. Writes only the outputs that you name, and the state.
    """
    from syncer.cli.runs import audit_once

    return audit_once(params, formats, output)


@click.command(epilog="Example: syncer fix ~/handbook | git -C ~/handbook apply")
@click.argument("place", required=False, metavar="[HANDBOOK]")
@fix_options
@click.option("--write", is_flag=True, help="Make the corrections, and print what was corrected.")
@click.option(
    "--check", is_flag=True, help="Print what can be corrected; exit with 1 if there is anything."
)
@click.option("--ask", is_flag=True, help="Also make corrections that a person should look at.")
@click.option(
    "--only",
    "codes",
    multiple=True,
    metavar="CODE",
    help="Correct findings with this code only; repeatable.",
)
def fix(params: RunParams, codes: tuple[str, ...], *, write: bool, check: bool, ask: bool) -> int:
    """Print a patch with the corrections that can be proven.

    HANDBOOK is a folder, a page or a git URL. `git apply` takes the patch.
    """
    from syncer.cli.fix import correct_handbook

    return correct_handbook(params, codes, write=write, check=check, ask=ask)


@click.command(epilog="Example: syncer run --config /etc/syncer/os2.toml")
@run_options(fail_on="never")
def run(params: RunParams) -> int:
    """Audit, write the reports and send notices.

    The nightly run, for cron and the systemd timer.
    """
    # The imports take a second, and systemd may end the run in it.
    with listen_for_stop() as stop:
        from syncer.cli.runs import run_nightly

        return run_nightly(params, stop)


@click.command(epilog="Example: syncer sync --check")
@click.option("--check", is_flag=True, help="Compare only; exit with 1 if copy and server differ.")
@run_options(fail_on="never")
def sync(params: RunParams, *, check: bool) -> int:
    """Update the local copy of the documents.

    The folder is copy in [documents] of the settings. Fetches only what has changed.
    """
    if params.audit.offline or params.audit.only == "links" or params.audit.share_folders:
        raise click.UsageError("--offline, --only links and --share-folder leave nothing to copy.")
    from syncer.cli.synchronise import synchronise_once

    return synchronise_once(params, check=check)


@click.command(epilog="Example: syncer worker --config /etc/syncer/os2.toml")
@config_options
@lang_option
@verbosity_options
def worker(config: ConfigChoice, lang: str | None, verbosity: int) -> int:
    """Run on schedule until stopped."""
    from syncer.nightly.worker import Worker

    return Worker(config, lang=lang, verbosity=verbosity or 1).work()


@click.command(epilog="Example: syncer report --since 2026-11-01 --format html -o report.html")
@click.argument("manifest", required=False, type=click.Path(path_type=Path))
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Show what has changed since that day, from the stored manifests.",
)
@config_options
@lang_option
@_formats
@_output
@click.option("-v", "--verbose", is_flag=True, help="List what is fine too.")
def report(
    manifest: Path | None,
    since: datetime | None,
    config: ConfigChoice,
    lang: str | None,
    formats: tuple[FormatRequest, ...],
    output: Path | None,
    *,
    verbose: bool,
) -> int:
    """Render a MANIFEST again, without auditing.

    The newest one if none is named.
    """
    from syncer.cli.past_runs import render_again

    return render_again(
        manifest,
        since=since,
        config=config,
        lang=lang,
        formats=formats,
        output=output,
        verbose=verbose,
    )


@click.command(epilog="Example: syncer explain Tilslutningsaftale --handbook ~/handbook")
@click.argument("name")
@run_options(fail_on="never")
def explain(name: str, params: RunParams) -> int:
    """Explain the verdicts on the rows called NAME.

    Prints candidates, scores and reasons for each row.
    """
    if not name.strip():
        raise click.UsageError("NAME is empty: name a row, or a part of a row's name.")
    from syncer.cli.runs import explain_rows

    return explain_rows(name, params)


@click.command(
    "check-config", epilog="Example: syncer check-config --config /etc/syncer/os2.toml --deep"
)
@config_options
@lang_option
@click.option(
    "--deep", is_flag=True, help="Try each folder, host and share, the upload and the mail server."
)
@click.option("--all", "everything", is_flag=True, help="Print the defaults too.")
@click.pass_obj
def check_config(
    stop: threading.Event,
    config: ConfigChoice,
    lang: str | None,
    *,
    deep: bool,
    everything: bool,
) -> int:
    """Check the settings and print those that differ from the defaults.

    Reports every problem at once; secrets are not shown.
    """
    from syncer.cli.check import check_settings

    return check_settings(config, deep=deep, everything=everything, lang=lang, stop=stop)


@click.command(epilog="Example: syncer status --config /etc/syncer/os2.toml")
@config_options
@lang_option
def status(config: ConfigChoice, lang: str | None) -> int:
    """Show the last run, its result and the next run.

    The exit code is for monitoring.
    """
    from syncer.cli.past_runs import print_status

    return print_status(config, lang=lang)


@click.command(epilog="Example: syncer init ~/handbook -o syncer.toml")
@click.argument("place", default=".", metavar="[HANDBOOK]")
@click.option(
    "-o",
    "--output",
    type=OutputType(),
    default="syncer.toml",
    show_default=True,
    metavar="FILE",
    help="The settings file to write; - is stdout.",
)
@click.option(
    "--ask",
    multiple=True,
    metavar="HOST",
    help="Ask this Nextcloud for its version and the state of its shares; repeatable.",
)
@click.pass_obj
def init(stop: threading.Event, place: str, output: Path, ask: tuple[str, ...]) -> int:
    """Write a commented settings file for a handbook.

    HANDBOOK is a folder, a page or a git URL. Contacts only the hosts that --ask names.
    """
    from syncer.cli.init import write_settings

    return write_settings(place, output, ask, stop)


@click.command(epilog="Example: syncer schema > status.schema.json")
def schema() -> int:
    """Print the manifest's JSON Schema."""
    from syncer.manifest.codec import json_schema

    click.echo(json_schema(), nl=False)
    return 0


@click.command(epilog="Example: syncer demo --serve")
@click.option("--serve", is_flag=True, help="Keep the server running for other commands.")
@click.option("--pace", is_flag=True, help="Answer as slowly as a real Nextcloud does.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="demo",
    show_default=True,
    metavar="FOLDER",
    help="Folder for the handbook, the manifest and the report.",
)
@lang_option
@click.pass_obj
def demo(stop: threading.Event, output: Path, lang: str | None, *, serve: bool, pace: bool) -> int:
    """Run an audit on built-in sample data.

    Uses a sample handbook and a server on this machine; there is nothing to set up.
    """
    from syncer.cli.demonstrate import demonstrate

    return demonstrate(serve=serve, pace=pace, place=output, lang=lang, stop=stop)


# Options of `audit` that explain nothing; they go with the next major version.
deprecate(
    explain,
    "accept_empty",
    "allow_incomplete",
    "baseline",
    "fail_on",
    "full",
    "only",
    "wait",
)

COMMANDS: tuple[click.Command, ...] = (
    audit,
    fix,
    run,
    sync,
    worker,
    report,
    explain,
    check_config,
    status,
    init,
    schema,
    demo,
)
