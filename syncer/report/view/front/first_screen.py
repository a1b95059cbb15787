"""The first screen: how it is, what is new, what was solved, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from syncer.model.findings import Severity
from syncer.report.view.counts import OWNERS, Counts
from syncer.report.view.facts import Facts
from syncer.report.view.front.front_records import Door, Figures, NewItem, NewsView
from syncer.report.view.front.solved import phrase_solved
from syncer.report.view.points import Point, PointKind, severity_rank
from syncer.report.view.records import Item, Section, SectionKey, Tone
from syncer.report.view.remarks import is_scoped, was_stopped
from syncer.report.words.phrasing import days_between

_PRESSING_TONES = (Tone.ALARM, Tone.WARNING, Tone.UNKNOWN)


def judge(facts: Facts, points: Sequence[Point], counts: Counts) -> tuple[str, Tone]:
    """Return how it is, in at most a line, and its tone.

    GOOD only when everything was looked at and there is nothing to do: a promise is not due, and
    a note asks for nothing.
    """
    words, labels, manifest = facts.words, facts.words.labels, facts.manifest
    if not manifest.run.complete:
        stopped = was_stopped(manifest)
        return labels.verdict_stopped if stopped else labels.verdict_incomplete, Tone.UNKNOWN
    if not manifest.resources and not manifest.links and not counts.to_do:
        return labels.nothing_to_check, Tone.NOTE
    if not counts.to_do:
        scoped = is_scoped(facts)
        return (labels.verdict_scoped, Tone.NOTE) if scoped else (labels.verdict_nothing, Tone.GOOD)
    errors = any(p.severity == Severity.ERROR and p.section in OWNERS for p in points)
    tone = Tone.ALARM if errors else Tone.WARNING
    if not _can_compare(facts):
        return words.fill(labels.verdict_all, n=counts.to_do), tone
    if not counts.new_to_do:
        return words.fill(labels.verdict_old, n=counts.to_do), tone
    old = counts.to_do - counts.new_to_do
    return words.fill(labels.verdict_new, n=counts.new_to_do, old=old or None), tone


def detail(facts: Facts, counts: Counts, news: NewsView, figures: Iterable[Figures]) -> str:
    """Return the numbers behind the verdict in sentences, for formats without doors.

    When there is nothing to do, they are those of all resources and links.
    """
    words, labels = facts.words, facts.words.labels
    parts = []
    if counts.to_do:
        shares = [
            words.fill(template, n=counts.of(key))
            for key, template in (
                (SectionKey.SECRETARIAT, labels.share_secretariat),
                (SectionKey.MAINTAINER, labels.share_maintainer),
                (SectionKey.ADMINISTRATOR, labels.share_administrator),
            )
            if counts.of(key)
        ]
        parts.append(f"{words.join(shares)}.")
    else:
        for whole in figures:
            said = words.join([f"{part.number} {part.label}" for part in whole.parts])
            parts.append(f"{whole.heading}: {said}.")
    if counts.new_to_do and not facts.manifest.run.complete:
        parts.append(f"{news.new_heading}.")
    if news.solved and news.solved_heading:
        parts.append(f"{news.solved_heading}.")
    return " ".join(parts)


def open_doors(facts: Facts, some: Iterable[Section], counts: Counts) -> tuple[Door, ...]:
    """Return the way to each owner's section, with the number of its points."""
    words, labels = facts.words, facts.words.labels
    sections = {section.key: section for section in some}
    saw_all = facts.manifest.run.complete and not is_scoped(facts)
    names = {
        SectionKey.SECRETARIAT: labels.door_secretariat,
        SectionKey.MAINTAINER: labels.door_maintainer,
        SectionKey.ADMINISTRATOR: labels.door_administrator,
    }
    doors = []
    for key in OWNERS:
        number = counts.of(key)
        details = (
            words.fill(labels.door_new, n=counts.new.get(key) or None),
            "" if saw_all or number else labels.door_in_part,
            words.fill(labels.door_promised, n=counts.of(key, PointKind.PROMISED) or None),
        )
        doors.append(
            Door(
                key=key,
                label=names[key],
                number=words.number(number),
                details=" · ".join(filter(None, details)),
                tone=_find_tone(sections[key], Tone.GOOD if saw_all else Tone.UNKNOWN),
                open=not sections[key].empty,
            )
        )
    return tuple(doors)


def _find_tone(section: Section, calm: Tone) -> Tone:
    """Return the tone of the most pressing item to do; `calm` without one."""
    tones = {item.tone for block in section.blocks for item in block.items}
    return next((tone for tone in _PRESSING_TONES if tone in tones), calm)


def tell_news(facts: Facts, sections: Iterable[Section], counts: Counts) -> NewsView:
    """Return what is new and what was solved, errors first.

    Without an earlier run all is new, and nothing is known to be solved.
    """
    words, labels = facts.words, facts.words.labels
    items = sorted(
        (
            item
            for section in sections
            if section.key in OWNERS
            for block in section.blocks
            for item in block.items
        ),
        key=lambda item: severity_rank(item.severity),
    )
    if not _can_compare(facts):
        return NewsView(labels.first_check, tuple(map(_show_new, items)), "", ())
    new = tuple(_show_new(item) for item in items if item.new)
    solved = phrase_solved(facts)
    if facts.since is None:
        heading = words.fill(labels.new_beside_baseline, n=counts.new_to_do)
        return NewsView(heading, new, "", solved)
    since = _name_since(facts)
    return NewsView(
        new_heading=words.fill(labels.new_since, n=counts.new_to_do, since=since)
        if new
        else words.fill(labels.none_new, since=since),
        new=new,
        solved_heading=words.fill(labels.solved_since, n=len(solved), since=since)
        if solved
        else words.fill(labels.none_solved, since=since),
        solved=solved,
    )


def _can_compare(facts: Facts) -> bool:
    return facts.since is not None or facts.has_baseline


def _name_since(facts: Facts) -> str:
    words, labels = facts.words, facts.words.labels
    if facts.since is None:
        return ""
    match days_between(facts.since, facts.manifest.run.finished_at):
        case 0:
            return words.fill(labels.since_today, at=facts.since)
        case 1:
            return labels.since_yesterday
    return words.fill(labels.since_day, at=facts.since)


def _show_new(item: Item) -> NewItem:
    place = item.mentions[0].title if item.mentions else ""
    return NewItem(item.id, item.title, item.badge, item.term, place, item.tone)
