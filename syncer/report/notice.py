"""The text of a message about a run: the state, what is new, what is fixed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from syncer.manifest.document import FindingRecord, StatusManifest
from syncer.report.mail_subject import say_item
from syncer.report.terminal import render_summary_line
from syncer.report.view.facts import gather_facts
from syncer.report.view.front.solved import phrase_solved
from syncer.report.view.front.updates import phrase_changed
from syncer.report.view.items import make_items
from syncer.report.view.records import Item, SectionKey
from syncer.report.view.remarks import phrase_rules_changed
from syncer.report.view.subjects import section_of
from syncer.report.words import Lang, words_of

MAX_LINES = 20


@dataclass(frozen=True, slots=True)
class Notice:
    """A run in a few lines, each safe to display but not escaped for a format.

    Attributes:
        headline: the state with its numbers.
        lines: what is new by severity, in the words of a mail's subject, what could not be looked
            at, what is solved, and which documents were updated; at most 20, and one that says so.
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
    news: defaultdict[bool, list[FindingRecord]] = defaultdict(list)
    for finding in manifest.findings:
        if finding.id in new:
            news[section_of(facts, finding) is SectionKey.UNSEEN].append(finding)
    lines = [
        f"{label}: {say_item(words, item)}{_show_place(item)}"
        for label, some in ((labels.new, news[False]), (words.mail.block_unseen, news[True]))
        for item in make_items(facts, some)
    ]
    if manifest.changes.rules_changed:
        lines.insert(0, phrase_rules_changed(words, manifest))
    lines += [f"{words.mail.block_fixed}: {text}" for text in phrase_solved(facts, fixed)]
    lines += [f"{words.mail.block_changed}: {text}" for text in phrase_changed(facts)]
    if len(lines) > MAX_LINES:
        lines[MAX_LINES:] = [labels.cut_short]
    return Notice(headline, tuple(lines))


def _show_place(item: Item) -> str:
    """Return the page and line of an item's first place; "" for the items of one cause."""
    if not item.mentions:
        return ""
    first = item.mentions[0]
    return f" ({first.page})" if first.line is None else f" ({first.page}:{first.line})"
