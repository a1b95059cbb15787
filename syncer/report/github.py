"""The report for GitHub Actions: annotations at the lines, and the text of the job summary."""

from __future__ import annotations

from collections.abc import Collection

from syncer.manifest.document import StatusManifest
from syncer.model.findings import Severity
from syncer.report.markdown import escape, render_markdown
from syncer.report.terminal import render_summary_line
from syncer.report.view.annotations import Annotation, list_annotations
from syncer.report.visible import make_visible
from syncer.report.words import Lang, words_of

MAX_SUMMARY_BYTES = 1_000_000
"""What GitHub takes of a job summary, with a little to spare (its limit is 1 MiB)."""

_KINDS = ("error", "warning", "notice")


def render_github(
    manifest: StatusManifest,
    *,
    lang: Lang,
    new: Collection[str] | None = None,
    changed_pages: Collection[str] = (),
) -> str:
    """Return one workflow command for each open finding, then one with the state of it all.

    GitHub shows ten of each kind, so order is everything: errors first, what is in
    `changed_pages` first, new before old, then by page and line. `new` are the ids that are not
    in the baseline, and are marked; None, without one, takes what the manifest says. Paths count
    from the top of the handbook's repository, as GitHub counts. Source: GitHub's workflow commands.
    """
    changed = frozenset(changed_pages)
    shown = [
        one
        for one in list_annotations(manifest, lang=lang, new=new)
        if not one.waived and not one.explained
    ]
    shown.sort(key=lambda one: (_KINDS.index(_command(one.severity)), one.page not in changed))
    mark = "" if new is None else f"{words_of(lang).labels.new} – "
    lines = [_write(one, manifest.handbook.prefix, mark if one.new else "") for one in shown]
    state = "notice" if manifest.run.complete else "warning"
    known = None if new is None else {one.id for one in manifest.findings} - frozenset(new)
    lines.append(f"::{state}::{_escape(render_summary_line(manifest, lang=lang, known=known))}")
    return "\n".join(lines) + "\n"


def render_job_summary(
    manifest: StatusManifest, *, lang: Lang, new: Collection[str] | None = None
) -> str:
    """Return the Markdown for `$GITHUB_STEP_SUMMARY`, cut at a line when it is too long."""
    report = render_markdown(manifest, lang=lang, new=new)
    if len(report.encode()) <= MAX_SUMMARY_BYTES:
        return report
    said = f"\n\n{escape(words_of(lang).labels.cut_short)}\n"
    room = report.encode()[: MAX_SUMMARY_BYTES - len(said.encode())]
    return room.decode(errors="ignore").rpartition("\n")[0] + said


def _command(severity: str) -> str:
    """Return the kind of annotation that a severity is."""
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.INFO:
            return "notice"
    return "warning"


def _write(one: Annotation, prefix: str, mark: str) -> str:
    properties = {
        "file": None if one.page is None else make_visible(prefix + one.page),
        "line": one.line,
        "col": one.column,
        "endLine": one.end_line,
        "title": mark + one.title,
    }
    said = ",".join(
        f"{name}={_escape_property(str(value))}"
        for name, value in properties.items()
        if value is not None
    )
    severity = _command(one.severity)
    return f"::{severity} {said}::{_escape(one.message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
