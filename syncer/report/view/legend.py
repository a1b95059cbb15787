"""The legend: what the badges of a report mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from syncer.report.view.facts import Facts
from syncer.report.view.records import Item, Section, Term, Tone

NEW = "new"
"""The term of the badge that something was not there at the last complete run."""


def explain_badges(
    facts: Facts, sections: Iterable[Section], waived: Iterable[Item]
) -> tuple[Term, ...]:
    """Return the badges that the report shows, each once, in the order of the words' tables.

    One that this version does not know is left out.
    """
    words = facts.words
    shown = [*_list_items(sections), *waived]
    tones = {item.term: item.tone for item in reversed(shown)}
    terms = [
        Term(code, words.finding(code).badge, tones[code], words.explain(code))
        for code in words.tables.meanings
        if code in tones
    ]
    if any(item.new for item in shown):
        terms.insert(0, Term(NEW, words.labels.new, Tone.NOTE, words.labels.new_meaning))
    return tuple(terms)


def _list_items(sections: Iterable[Section]) -> Iterator[Item]:
    for section in sections:
        for block in section.shown:
            yield from block.items
        if section.notes is not None:
            yield from section.notes.items
