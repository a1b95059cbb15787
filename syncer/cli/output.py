"""Render a manifest in the requested formats, each to its file or to stdout."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import structlog

from syncer.cli.params import FormatRequest
from syncer.cli.targets import choose_targets
from syncer.log import may_color
from syncer.manifest.baseline import find_known
from syncer.manifest.codec import encode
from syncer.manifest.document import StatusManifest
from syncer.nightly.baseline import Baseline
from syncer.nightly.exit_code import list_doubts
from syncer.redact import disarm_commands
from syncer.report.github import render_github, render_job_summary
from syncer.report.html import render_html
from syncer.report.junit import render_junit
from syncer.report.markdown import render_markdown
from syncer.report.sarif import render_sarif
from syncer.report.short import render_short
from syncer.report.terminal import render_reasons, render_terminal
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
    for name, target in choose_targets(formats, output):
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
            if at_terminal and name == "json":
                text = _escape_unseen(text)
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


def _escape_unseen(text: str) -> str:
    """Return the same JSON without characters that a terminal obeys or that turn its text round."""
    return "".join(part if part.isprintable() or part == "\n" else _escape(part) for part in text)


def _escape(character: str) -> str:
    # `dumps` leaves DEL as it is.
    return "\\u007f" if character == "\x7f" else json.dumps(character)[1:-1]


def print_bytes(content: bytes) -> None:
    """Write to stdout; formats for programs are UTF-8 whatever the terminal's encoding is.

    Raises:
        StoreError: stdout cannot be written, as on a full disk.
    """
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.flush()


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
            doubts = render_reasons(list_doubts(manifest, baseline), lang)
            return render_github(manifest, lang=lang, new=new, changed_pages=changed, doubts=doubts)
    return _RENDERERS[format_name](manifest, lang=lang, new=new)


def _list_new(manifest: StatusManifest, baseline: Baseline | None) -> frozenset[str] | None:
    """Return the ids of the findings that a baseline does not have; None without a baseline."""
    if baseline is None:
        return None
    known = find_known(manifest, baseline.manifest)
    return frozenset(finding.id for finding in manifest.findings) - known


def _append_job_summary(manifest: StatusManifest, lang: Lang, baseline: Baseline | None) -> None:
    """Append the whole report to the job page of GitHub: annotations show only few findings."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    summary = render_job_summary(manifest, lang=lang, new=_list_new(manifest, baseline))
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(summary)
    except OSError as error:
        structlog.get_logger("syncer").warning(
            "job-summary-not-written", text=f"$GITHUB_STEP_SUMMARY {path}: {error.strerror}."
        )
