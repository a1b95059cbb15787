"""The report for GitHub Actions: annotations, and the text of the job summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from syncer.manifest.document import StatusManifest
from syncer.model.findings import Severity
from syncer.redact import make_visible
from syncer.report.markdown import escape, render_markdown
from syncer.report.terminal import render_summary_line
from syncer.report.view.annotations import Annotation, list_annotations
from syncer.report.words import Lang, words_of

# GitHub's limit for a job summary is 1 MiB.
MAX_SUMMARY_BYTES = 1_000_000

# GitHub shows no more of a kind in a step.
MAX_OF_A_KIND = 10

_COMMANDS = ("error", "warning", "notice")


def render_github(
    manifest: StatusManifest,
    *,
    lang: Lang,
    new: Collection[str] | None = None,
    changed_pages: Collection[str] = (),
    doubts: Sequence[str] = (),
) -> str:
    """Return workflow commands for the open findings, and one for the state of the run.

    Of each kind the first `MAX_OF_A_KIND`, that of the state among them, which counts the others:
    errors first, `changed_pages` first, new before old, then by page and line. `new` are the ids
    that are not in the baseline: only these get a command, the others are counted in the last one.
    None, without a baseline, uses the manifest's changes. `doubts` say what a change hides. Paths
    start at the top of the handbook's repository. Source: GitHub's workflow commands.
    """
    shown = [
        one
        for one in list_annotations(manifest, lang=lang, new=new)
        if not (one.waived or one.explained or one.known)
    ]
    shown.sort(key=lambda one: (_COMMANDS.index(_command(one)), one.page not in changed_pages))
    state = "notice" if manifest.run.complete and not doubts else "warning"
    room = Counter({command: MAX_OF_A_KIND - (command == state) for command in _COMMANDS})
    lines: list[str] = []
    for one in shown:
        room[_command(one)] -= 1
        if room[_command(one)] >= 0:
            lines.append(_write(one, manifest.handbook.prefix))
    known = None if new is None else {one.id for one in manifest.findings} - frozenset(new)
    said = " ".join((render_summary_line(manifest, lang=lang, known=known), *doubts))
    if left_out := len(shown) - len(lines):
        words = words_of(lang)
        said += f" {words.fill(words.labels.left_out, count=left_out)}"
    return "\n".join([*lines, f"::{state}::{_escape(said)}"]) + "\n"


def render_job_summary(
    manifest: StatusManifest, *, lang: Lang, new: Collection[str] | None = None
) -> str:
    """Return the Markdown for `$GITHUB_STEP_SUMMARY`, cut between lines when it is too long."""
    report = render_markdown(manifest, lang=lang, new=new)
    if len(report.encode()) <= MAX_SUMMARY_BYTES:
        return report
    note = f"\n\n{escape(words_of(lang).labels.cut_short)}\n"
    cut = report.encode()[: MAX_SUMMARY_BYTES - len(note.encode())]
    return cut.decode(errors="ignore").rpartition("\n")[0] + note


def _command(one: Annotation) -> str:
    match one.severity:
        case Severity.ERROR:
            return "error"
        case Severity.INFO:
            return "notice"
    return "warning"


def _write(one: Annotation, prefix: str) -> str:
    properties = {
        "file": None if one.page is None else make_visible(prefix + one.page),
        "line": one.line,
        "col": one.column,
        "endLine": one.end_line,
        "title": one.title,
    }
    written = ",".join(
        f"{name}={_escape(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in properties.items()
        if value is not None
    )
    return f"::{_command(one)} {written}::{_escape(one.message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
