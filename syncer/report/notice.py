"""What a mail or a message says of a run: the state, what is new, what is fixed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from syncer.manifest.document import StatusManifest
from syncer.report.terminal import render_summary_line
from syncer.report.view.annotations import Annotation, list_annotations
from syncer.report.view.build import build_view
from syncer.report.words import Lang, words_of

MAX_LINES = 20
"""How many lines a notice has at most: who wants them all reads the report."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A run in a few lines, each harmless to look at and escaped for no format yet.

    Attributes:
        subject: what it is about, and the state with its numbers; one line.
        headline: the state alone.
        lines: what is new, the worst first, then what is fixed; () when nothing is.
    """

    subject: str
    headline: str
    lines: tuple[str, ...]


def phrase_notice(
    manifest: StatusManifest, *, lang: Lang, new: Collection[str], fixed: Collection[str]
) -> Notice:
    """Put a run into a few lines.

    Args:
        manifest: of the run.
        lang: of the people who read it.
        new: ids of the findings that are news.
        fixed: ids of those in its changes that are news.
    """
    labels = words_of(lang).labels
    headline = render_summary_line(manifest, lang=lang)
    lines = [
        f"{labels.new}: {one.title}{_show_place(one)}"
        for one in list_annotations(manifest, lang=lang)
        if one.id in new
    ]
    lines = list(dict.fromkeys(lines))
    changes = build_view(manifest, lang).changes
    if changes is not None:
        said = zip(manifest.changes.fixed, changes.fixed, strict=True)
        lines += [f"{labels.fixed}: {text}" for one, text in said if one.id in fixed]
    if len(lines) > MAX_LINES:
        lines[MAX_LINES:] = [labels.cut_short]
    return Notice(f"{labels.report_title}: {headline}", headline, tuple(lines))


def _show_place(one: Annotation) -> str:
    """Return page and line in the form that editors jump to, in brackets."""
    if one.page is None:
        return ""
    return f" ({one.page})" if one.line is None else f" ({one.page}:{one.line})"
