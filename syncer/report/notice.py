"""The text of a message about a run: the state, what is new, what is fixed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from syncer.manifest.document import StatusManifest
from syncer.report.terminal import render_summary_line
from syncer.report.view.annotations import Annotation, list_annotations
from syncer.report.view.causes import name_causes
from syncer.report.view.facts import gather_facts
from syncer.report.view.front.solved import phrase_solved
from syncer.report.view.front.updates import phrase_changed
from syncer.report.view.remarks import phrase_rules_changed
from syncer.report.words import Lang, words_of

MAX_LINES = 20


@dataclass(frozen=True, slots=True)
class Notice:
    """A run in a few lines, each safe to display but not escaped for a format.

    Attributes:
        headline: the state with its numbers.
        lines: what is new by severity, what is fixed, and which documents were updated; at most
            20 and a line that says so.
    """

    headline: str
    lines: tuple[str, ...]


def phrase_notice(
    manifest: StatusManifest, *, lang: Lang, new: Collection[str], fixed: Collection[str]
) -> Notice:
    """Summarise a run; `new` and `fixed` are the ids of the findings to report as news."""
    words = words_of(lang)
    labels = words.labels
    headline = render_summary_line(manifest, lang=lang)
    facts = gather_facts(manifest, words)
    causes = name_causes(facts, (finding for finding in manifest.findings if finding.id in new))
    lines = [
        f"{labels.new}: {causes.get(one.id) or one.title + _show_place(one)}"
        for one in list_annotations(manifest, lang=lang)
        if one.id in new
    ]
    if manifest.changes.rules_changed:
        lines.insert(0, phrase_rules_changed(words, manifest))
    lines = list(dict.fromkeys(lines))
    lines += [f"{labels.fixed}: {text}" for text in phrase_solved(facts, fixed)]
    lines += [f"{labels.changed}: {text}" for text in phrase_changed(facts)]
    if len(lines) > MAX_LINES:
        lines[MAX_LINES:] = [labels.cut_short]
    return Notice(headline, tuple(lines))


def _show_place(one: Annotation) -> str:
    if one.page is None:
        return ""
    return f" ({one.page})" if one.line is None else f" ({one.page}:{one.line})"
