"""Render a manifest in the requested formats, each to its file or to stdout."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from syncer.cli.params import STDOUT, FormatRequest
from syncer.errors import ConfigError, StoreError
from syncer.handbook.source.committed_links import explain_committed_link
from syncer.log import may_color
from syncer.manifest.baseline import find_known
from syncer.manifest.codec import encode
from syncer.manifest.document import StatusManifest
from syncer.nightly.baseline import Baseline
from syncer.redact import disarm_commands
from syncer.report.github import render_github, render_job_summary
from syncer.report.html import render_html
from syncer.report.junit import render_junit
from syncer.report.markdown import render_markdown
from syncer.report.sarif import render_sarif
from syncer.report.short import render_short
from syncer.report.terminal import render_terminal
from syncer.report.words import Lang
from syncer.report.xlsx import render_xlsx
from syncer.store.files import write_output

_WIDTH_OFF_TERMINAL = 100
_RENDERERS = {
    "markdown": render_markdown,
    "short": render_short,
    "sarif": render_sarif,
    "junit": render_junit,
}


def emit(
    manifest: StatusManifest,
    formats: Sequence[FormatRequest],
    output: Path | None,
    lang: Lang,
    baseline: Baseline | None = None,
    report_to: str | None = None,
    *,
    verbose: bool = False,
) -> None:
    """Render `manifest` in every requested format (`terminal` when none is).

    `report_to` is as in `render_html`, `verbose` as in `render_terminal`.

    Raises:
        ConfigError: two formats have the same target.
        StoreError: a file, or stdout, cannot be written.
    """
    for name, target in _choose_targets(formats, output):
        at_terminal = target is None and sys.stdout.isatty()
        if name == "xlsx":
            content = render_xlsx(manifest, lang=lang, new=_list_new(manifest, baseline))
        else:
            text = render(
                manifest,
                name,
                lang,
                baseline,
                report_to=report_to,
                at_terminal=at_terminal,
                verbose=verbose,
            )
            content = _disarm_format(text, name).encode("utf-8")
        if target is not None:
            write_output(target, content)
        elif name in ("terminal", "short"):
            print_lines(content.decode("utf-8"))
        else:
            print_bytes(content)
        if name == "github":
            _append_job_summary(manifest, lang, baseline)


def find_width() -> int:
    """Return the number of columns for stdout: the terminal's, 100 elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH_OFF_TERMINAL


def fit(line: str, stream: TextIO) -> str:
    """Return a line for a stream: wrapped between words at a terminal, obeyed by no job's log."""
    if not stream.isatty():
        return disarm_commands(line)
    width = shutil.get_terminal_size().columns
    wrapped = textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(map(disarm_commands, wrapped))


def print_lines(text: str) -> None:
    """Write text for people to stdout; raises `StoreError` when it cannot be written."""
    print_bytes(_disarm_lines(text).encode(sys.stdout.encoding or "utf-8", "replace"))


def _disarm_lines(text: str) -> str:
    return "".join(map(disarm_commands, text.splitlines(keepends=True)))


def _disarm_format(text: str, format_name: str) -> str:
    """Return a format with the same content, without what GitHub's runner obeys in a job's log.

    The same for a file: a job may print it later.
    """
    if format_name == "github":
        return text
    if format_name in ("short", "terminal"):
        return _disarm_lines(text)
    return text.replace("##[", "\\u0023#[" if format_name in ("json", "sarif") else "&#35;#[")


def print_bytes(content: bytes) -> None:
    """Write to stdout; formats for programs are UTF-8 whatever the terminal's encoding is.

    Raises:
        StoreError: stdout cannot be written, as on a full disk.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StoreError(f"The result cannot be written to stdout: {error.strerror}.") from error


def check_formats(formats: Sequence[FormatRequest], output: Path | None) -> None:
    """Check before the audit that every format has its own target, in an existing folder.

    A missing folder is not created: its name may be mistyped.

    Raises:
        ConfigError: two formats have the same target, or one cannot be written there.
    """
    chosen = _choose_targets(formats, output)
    if ("xlsx", None) in chosen and sys.stdout.isatty():
        raise ConfigError("xlsx is no text: give it a file, as in --format xlsx:report.xlsx.")
    targets = [target for _, target in chosen]
    problems = [_find_problem(target) for target in targets if target is not None]
    if found := [problem for problem in problems if problem is not None]:
        raise ConfigError(*found)


def _choose_targets(
    formats: Sequence[FormatRequest], output: Path | None
) -> list[tuple[str, Path | None]]:
    """Return each format with its file; None is stdout."""
    requests = list(formats) or [FormatRequest("terminal", None)]
    targets = [request.file or output for request in requests]
    chosen = [None if target == STDOUT else target for target in targets]
    if len(set(chosen)) < len(chosen):
        raise ConfigError(
            "Several formats would go to the same place: give each its own file, as in "
            "--format html:report.html."
        )
    return [(request.name, target) for request, target in zip(requests, chosen, strict=True)]


def render(
    manifest: StatusManifest,
    format_name: str,
    lang: Lang,
    baseline: Baseline | None = None,
    *,
    report_to: str | None = None,
    at_terminal: bool = False,
    verbose: bool = False,
) -> str:
    """Return `manifest` in one format of text.

    Each but json marks what is new since `baseline`, else since the last complete run.
    `at_terminal` gives colour and the terminal's width.
    """
    new = _list_new(manifest, baseline)
    match format_name:
        case "json":
            return encode(manifest).decode("utf-8")
        case "terminal":
            return render_terminal(
                manifest,
                lang=lang,
                width=find_width() if at_terminal else _WIDTH_OFF_TERMINAL,
                color=at_terminal and may_color(),
                new=new,
                verbose=verbose,
            )
        case "html":
            return render_html(manifest, lang=lang, new=new, report_to=report_to)
        case "github":
            changed = frozenset() if baseline is None else baseline.changed_pages or frozenset()
            return render_github(manifest, lang=lang, new=new, changed_pages=changed)
    return _RENDERERS[format_name](manifest, lang=lang, new=new)


def _find_problem(target: Path) -> str | None:
    """Return why a target cannot be written; None when nothing is known against it."""
    try:
        if linked := explain_committed_link(target):
            return f"{target} is not written: {linked}. Name another place."
        if target.is_dir():
            return f"{target} is a folder: name a file in it."
        if target.is_symlink() and not target.exists():
            target = Path(os.path.realpath(target))
        if target.parent.is_dir():
            return None
        found = next(folder for folder in target.parents if folder.exists())
    except OSError as error:
        return f"{target} cannot be looked at: {error.strerror}."
    if not found.is_dir():
        return f"{target} cannot be written: {found} is a file and no folder. Name another place."
    return f"There is no folder {target.parent} to write to. Make it, or name another place."


def _list_new(manifest: StatusManifest, baseline: Baseline | None) -> frozenset[str] | None:
    """Return the ids of the findings that a baseline does not have; None without a baseline."""
    if baseline is None:
        return None
    known = find_known(manifest, baseline.manifest)
    return frozenset(finding.id for finding in manifest.findings) - known


def _append_job_summary(manifest: StatusManifest, lang: Lang, baseline: Baseline | None) -> None:
    """Append the whole report to the job page of GitHub: annotations show only few findings."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(render_job_summary(manifest, lang=lang, new=_list_new(manifest, baseline)))
