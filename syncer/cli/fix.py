"""`fix`: print, make or count the corrections that an audit proves."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Sequence

import click

from syncer.cli.output import fit, print_bytes, print_lines
from syncer.cli.runs import open_run, surround
from syncer.errors import ConfigError, ExitCode, most_serious
from syncer.fix.edited_pages import blot_page, encode_page, list_changes
from syncer.fix.patch import render_patch
from syncer.fix.proposals import FIXABLE_CODES
from syncer.handbook.source.checkout import is_git_url
from syncer.handbook.source.read import find_folder
from syncer.manifest.document import StatusManifest
from syncer.model.handbook import PageText
from syncer.nightly.audit import correct
from syncer.nightly.exit_code import decide_exit
from syncer.nightly.session import Session
from syncer.pipeline.corrections import Corrections, FixChoice
from syncer.pipeline.handbook import WAIVABLE_CODES
from syncer.pipeline.options import RunParams
from syncer.redact import make_visible, mask_user_info
from syncer.report.fix_lists import list_uncorrected, render_corrected, render_patch_head
from syncer.report.terminal import render_summary_line
from syncer.report.words import words_of
from syncer.store.replaced_pages import replace_inside
from syncer.surroundings import find_day


def correct_handbook(
    params: RunParams, codes: Sequence[str], *, write: bool, check: bool, ask: bool
) -> int:
    """Audit, print the patch, or with `write` make it; return the exit code.

    What was or can be corrected goes to stdout, what cannot be corrected to stderr.

    Raises:
        ConfigError: the options do not fit together, or the handbook is no folder to write to.
    """
    _check_codes(codes)
    if write and check:
        raise ConfigError("--write and --check exclude each other: give one.")
    session = open_run(params)
    source = params.audit.handbook or session.loaded.settings.handbook.source
    if write and is_git_url(source):
        raise ConfigError("--write needs a folder: clone the repository, and name the clone.")
    with surround(params, session.lang) as around:
        manifest, found = correct(session, params, FixChoice(tuple(codes), ask), around)
        if write and around.stop.is_set():
            click.echo("The run was stopped, and no page was written. Run it again.", err=True)
            return int(ExitCode.INCOMPLETE)
        if write:
            # Within these surroundings a stop is only noted: no page is left half way.
            replace_inside(
                find_folder(source),
                (
                    (before.place or before.path, encode_page(before), encode_page(after))
                    for before, after in found.pages
                ),
            )
    _print(session, manifest, found, is_patch=not (write or check), check=check)
    if params.verbosity >= 0:
        _print_rest(session, manifest, found)
    codes_left = decide_exit(manifest, params)
    return int(most_serious(codes_left, ExitCode.FINDINGS if check and found.made else ExitCode.OK))


def _check_codes(codes: Sequence[str]) -> None:
    unknown = sorted(set(codes) - FIXABLE_CODES)
    if unknown:
        raise ConfigError(
            f"--only {unknown[0]}: fix corrects no such code. It corrects "
            f"{', '.join(sorted(FIXABLE_CODES))}."
        )


def _print(
    session: Session,
    manifest: StatusManifest,
    found: Corrections,
    *,
    is_patch: bool,
    check: bool,
) -> None:
    mended = {one.finding.id for one in found.made} | {one.id for one in found.also_gone}
    if not is_patch:
        print_lines(
            render_corrected(
                manifest,
                mended,
                {one.finding.id: list_changes(one, found.pages) for one in found.made},
                len(found.pages),
                lang=session.lang,
                check=check,
            )
        )
    elif found.made:
        head = render_patch_head(manifest, mended, len(found.pages), lang=session.lang)
        print_lines(head)
        _print_patch(found.pages, manifest.handbook.prefix, session)


def _print_patch(pages: Sequence[tuple[PageText, PageText]], prefix: str, session: Session) -> None:
    """Print the patch as it is, for `git apply`; at a terminal nothing of it acts on that.

    There passwords in addresses are masked, also where lines or context cut an address; elsewhere
    the lines must be those of the page.

    In a job's log GitHub's runner obeys no line of it: it is told to stop, and to go on.
    """
    patch = render_patch(pages, prefix)
    if not sys.stdout.isatty():
        if os.environ.get("GITHUB_ACTIONS") and not _is_stdout_a_file():
            word = secrets.token_hex(16).encode()
            patch = b"::stop-commands::%b\n%b::%b::\n" % (word, patch, word)
        print_bytes(patch)
        return
    blotted = render_patch(
        [(blot_page(before), blot_page(after)) for before, after in pages], prefix
    )
    lines = blotted.decode("utf-8", "surrogateescape").split("\n")
    shown = "\n".join(make_visible(mask_user_info(line)) for line in lines)
    print_lines(shown)
    if shown != patch.decode("utf-8", "surrogateescape"):
        click.echo(words_of(session.lang).labels.fix_shown, err=True)


def _is_stdout_a_file() -> bool:
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except OSError:
        return False


def _print_rest(session: Session, manifest: StatusManifest, found: Corrections) -> None:
    today = find_day(manifest.run.started_at, session.loaded.settings.schedule.timezone)
    lines = [
        *list_uncorrected(manifest, found.rest, WAIVABLE_CODES, today, lang=session.lang),
        render_summary_line(manifest, lang=session.lang),
    ]
    for line in lines:
        click.echo(fit(line, sys.stderr), err=True)
