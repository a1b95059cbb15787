"""The commands, in the order of `--help`. Each imports what is heavy only when it is called."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from syncer.cli.params import (
    FormatRequest,
    FormatType,
    config_option,
    lang_option,
    run_options,
    verbosity_options,
)
from syncer.pipeline.options import RunParams

_formats = click.option(
    "--format",
    "formats",
    type=FormatType(),
    multiple=True,
    help="terminal, json, markdown, html, sarif, junit or github; repeatable.",
)
_output = click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where the format without a FILE of its own goes, instead of stdout.",
)


@click.command()
@run_options(fail_on="error")
@_formats
@_output
def audit(params: RunParams, formats: tuple[FormatRequest, ...], output: Path | None) -> int:
    """Audit once and print the result.

    Writes nothing but what --output and --format name, and the state.
    """
    from syncer.cli.runs import audit_once

    return audit_once(params, formats, output)


@click.command()
@run_options(fail_on="never")
def run(params: RunParams) -> int:
    """Audit and leave manifest and reports.

    The nightly run, for cron and the systemd timer.
    """
    from syncer.cli.runs import run_nightly

    return run_nightly(params)


@click.command()
@config_option
@lang_option
@verbosity_options
def worker(config: Path | None, lang: str | None, verbose: int, quiet: bool) -> int:  # noqa: FBT001 - click passes flags by name
    """Stay, and run on schedule."""
    from syncer.nightly.worker import work

    return work(config=config, lang=lang, verbosity=-1 if quiet else max(verbose, 1))


@click.command()
@click.argument("manifest", required=False, type=click.Path(path_type=Path))
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Tell what has changed since that day, from the kept manifests.",
)
@config_option
@lang_option
@_formats
@_output
def report(
    manifest: Path | None,
    since: datetime | None,
    config: Path | None,
    lang: str | None,
    formats: tuple[FormatRequest, ...],
    output: Path | None,
) -> int:
    """Render a MANIFEST again.

    The newest if none is named; nothing is looked at.
    """
    from syncer.cli.reading import render_again

    return render_again(
        manifest, since=since, config=config, lang=lang, formats=formats, output=output
    )


@click.command()
@click.argument("name")
@run_options(fail_on="never")
def explain(name: str, params: RunParams) -> int:
    """Say why rows got their verdicts.

    Candidates, scores and reasons for each row of that NAME.
    """
    if not name.strip():
        raise click.UsageError("NAME is empty: name a row, or a part of what rows are called.")
    from syncer.cli.runs import explain_rows

    return explain_rows(name, params)


@click.command("check-config")
@config_option
@lang_option
@click.option(
    "--deep",
    is_flag=True,
    help="Try each output folder, host and share once, the upload and the mail server too.",
)
def check_config(config: Path | None, lang: str | None, deep: bool) -> int:  # noqa: FBT001 - click passes flags by name
    """Check the settings and print what is in force.

    Every problem is named at once; secrets are not shown.
    """
    from syncer.cli.check import check_settings

    return check_settings(config, deep=deep, lang=lang)


@click.command()
@config_option
@lang_option
def status(config: Path | None, lang: str | None) -> int:
    """Tell the last run and the next.

    Its age and result; the exit code is for monitoring.
    """
    from syncer.cli.standing import tell_status

    return tell_status(config, lang=lang)


@click.command()
def schema() -> int:
    """Print the manifest's JSON Schema."""
    from syncer.cli.reading import print_schema

    return print_schema()


@click.command()
@click.option("--serve", is_flag=True, help="Keep the server up, for other commands to try.")
@click.option("--pace", is_flag=True, help="The pace that was recorded from a real Nextcloud.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where handbook, manifest and report are left (default: ./demo).",
)
@lang_option
def demo(serve: bool, pace: bool, output: Path | None, lang: str | None) -> int:  # noqa: FBT001 - click passes flags by name
    """Do the main job on built-in data.

    On a handbook and a server of our own, on loopback: nothing to set up.
    """
    from syncer.cli.demonstrate import demonstrate

    return demonstrate(serve=serve, pace=pace, folder=output, lang=lang)


COMMANDS: tuple[click.Command, ...] = (
    audit,
    run,
    worker,
    report,
    explain,
    check_config,
    status,
    schema,
    demo,
)
