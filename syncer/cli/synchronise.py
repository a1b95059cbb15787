"""`sync`: update the local copy of the documents, or compare it."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from syncer.cli.output import fit
from syncer.cli.runs import open_run, surround
from syncer.errors import ExitCode, most_serious
from syncer.manifest.document import StatusManifest
from syncer.manifest.looked import OF_CONTENT
from syncer.model.documents import CopyResult
from syncer.nightly.audit import synchronise
from syncer.nightly.exit_code import decide_exit
from syncer.pipeline.options import RunParams
from syncer.redact import disarm_commands
from syncer.report.copy_line import render_copy_line
from syncer.report.terminal import render_summary_line
from syncer.report.view.annotations import list_annotations
from syncer.report.words import Lang

_LEFT_OUT = "copy-incomplete"
# What a later run can put right by itself, or an administrator must: the copy is not up to date.
_BY_CHOICE = ("copy-file-too-big", "copy-too-big")


def synchronise_once(params: RunParams, *, check: bool) -> int:
    """Update the copy or compare it, print what was done, and return the exit code.

    With `check` 1 is for a copy that differs. What was left out for another reason than a limit of
    the settings makes the run incomplete.
    """
    scope = replace(params.audit, only="resources")
    session = open_run(replace(params, audit=scope))
    with surround(params, session.lang) as around:
        manifest, result = synchronise(session, replace(params, audit=scope), around, check=check)
    if params.verbosity >= 0:
        _print(manifest, result, session.lang, check=check)
    codes = [decide_exit(manifest, params)]
    if check and result.differs:
        codes.append(ExitCode.FINDINGS)
    if not params.allow_incomplete and any(
        finding.code == _LEFT_OUT and finding.args.get("why") not in _BY_CHOICE
        for finding in manifest.findings
    ):
        codes.append(ExitCode.INCOMPLETE)
    return int(most_serious(*codes))


def _print(manifest: StatusManifest, result: CopyResult, lang: Lang, *, check: bool) -> None:
    """Print what was done on stdout, and the findings about documents on stderr."""
    complete = manifest.run.complete
    line = render_copy_line(result, lang=lang, check=check, complete=complete)
    click.echo(disarm_commands(line))
    for one in list_annotations(manifest, lang=lang):
        if one.code == _LEFT_OUT or one.code in OF_CONTENT:
            click.echo(disarm_commands(f"{one.title}: {one.sentence}"), err=True)
    if not complete:
        click.echo(fit(render_summary_line(manifest, lang=lang), sys.stderr), err=True)
