"""From a manifest to the formats that were asked for, each to its file or to stdout."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from syncer.cli.params import FormatRequest
from syncer.errors import ConfigError, StoreError
from syncer.manifest.document import StatusManifest
from syncer.nightly.baseline import Baseline
from syncer.report.words import Lang

_WIDTH_OFF_TERMINAL = 100


def emit(
    manifest: StatusManifest,
    formats: Sequence[FormatRequest],
    output: Path | None,
    lang: Lang,
    baseline: Baseline | None = None,
) -> None:
    """Render `manifest` in every format asked for (the terminal's when none is).

    Raises:
        ConfigError: two formats would go to the same place.
        StoreError: a file, or stdout, cannot be written.
    """
    from syncer.store.files import write_atomically

    requests = list(formats) or [FormatRequest("terminal", None)]
    _check_targets(requests, output)
    for request in requests:
        target = request.file or output
        at_terminal = target is None and sys.stdout.isatty()
        text = render(manifest, request.name, lang, baseline, at_terminal=at_terminal)
        if target is None:
            _print(text, as_utf8=request.name != "terminal")
        else:
            write_atomically(target, text.encode("utf-8"))
        if request.name == "github":
            _append_job_summary(manifest, lang, baseline)


def find_width() -> int:
    """Return how many columns what goes to stdout may have: the terminal's, 100 elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH_OFF_TERMINAL


def fit(line: str, stream: TextIO) -> str:
    """Return a line for a stream: broken between words at a terminal, whole for programs."""
    if not stream.isatty():
        return line
    width = shutil.get_terminal_size().columns
    return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)


def _print(text: str, *, as_utf8: bool) -> None:
    """Write to stdout; formats for files are UTF-8 whatever the terminal's letters are.

    Raises:
        StoreError: what stdout leads to is full.
    """
    try:
        if as_utf8 and hasattr(sys.stdout, "buffer"):
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8"))
        else:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StoreError(f"The result cannot be written to stdout: {error.strerror}.") from error


def _wants_color(*, at_terminal: bool) -> bool:
    """Tell whether there is somebody to see colour (no-color.org; a dumb terminal shows none)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return at_terminal and not plain


def check_formats(formats: Sequence[FormatRequest], output: Path | None) -> None:
    """Check before the work that every format has a place of its own, in a folder that is there.

    A folder is not made: what is no folder yet may be a mistyped one.

    Raises:
        ConfigError: two formats would go to the same place, or one where no file can be.
    """
    requests = list(formats) or [FormatRequest("terminal", None)]
    _check_targets(requests, output)
    targets = [request.file or output for request in requests]
    problems = [_find_problem(target) for target in targets if target is not None]
    if found := [problem for problem in problems if problem is not None]:
        raise ConfigError(*found)


def render(
    manifest: StatusManifest,
    format_name: str,
    lang: Lang,
    baseline: Baseline | None = None,
    *,
    at_terminal: bool = False,
) -> str:
    """Return `manifest` in one format.

    Each but json tells what is new against `baseline`, else against the last complete run;
    `at_terminal` gives colour and the terminal's width.
    """
    new = _list_new(manifest, baseline)
    match format_name:
        case "json":
            from syncer.manifest.codec import encode

            return encode(manifest).decode("utf-8")
        case "terminal":
            from syncer.report.terminal import render_terminal

            width = find_width() if at_terminal else _WIDTH_OFF_TERMINAL
            color = _wants_color(at_terminal=at_terminal)
            return render_terminal(manifest, lang=lang, width=width, color=color, new=new)
        case "markdown":
            from syncer.report.markdown import render_markdown

            return render_markdown(manifest, lang=lang, new=new)
        case "html":
            from syncer.report.html import render_html

            return render_html(manifest, lang=lang, new=new)
        case "sarif":
            from syncer.report.sarif import render_sarif

            return render_sarif(manifest, lang=lang, new=new)
        case "junit":
            from syncer.report.junit import render_junit

            return render_junit(manifest, lang=lang, new=new)
        case "github":
            from syncer.report.github import render_github

            changed = frozenset() if baseline is None else baseline.changed_pages
            return render_github(
                manifest,
                lang=lang,
                new=new,
                changed_pages=changed,
            )
    raise ValueError(format_name)


def _check_targets(requests: Sequence[FormatRequest], output: Path | None) -> None:
    targets = [request.file or output for request in requests]
    if targets.count(None) > 1 or len(set(targets)) < len(targets):
        raise ConfigError(
            "Several formats would go to the same place: give each its own file, as in "
            "--format html:report.html."
        )


def _find_problem(target: Path) -> str | None:
    """Say why no file can be written at a place; None when one can, as far as it can be seen."""
    try:
        if target.is_dir():
            return f"{target} is a folder: name a file in it."
        if target.parent.is_dir():
            return None
        found = next(folder for folder in target.parents if folder.exists())
    except OSError as error:
        return f"{target} cannot be looked at: {error.strerror}."
    if not found.is_dir():
        return f"{target} cannot be written: {found} is a file and no folder. Name another place."
    return f"There is no folder {target.parent} to write to. Make it, or name another place."


def _list_new(manifest: StatusManifest, baseline: Baseline | None) -> frozenset[str] | None:
    """Return the ids of the findings that a baseline has not; None without one."""
    if baseline is None:
        return None
    from syncer.manifest.baseline import find_known

    return frozenset(finding.id for finding in manifest.findings) - find_known(
        manifest, baseline.manifest
    )


def _append_job_summary(manifest: StatusManifest, lang: Lang, baseline: Baseline | None) -> None:
    """Give GitHub's job page the whole report; annotations show only a few findings."""
    from syncer.report.github import render_job_summary

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(render_job_summary(manifest, lang=lang, new=_list_new(manifest, baseline)))
