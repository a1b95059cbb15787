"""The first screen: the sentence with the state, the figures, and where each is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from syncer.manifest.document import FindingRecord
from syncer.model.findings import Owner, Severity
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.report.view.facts import Facts
from syncer.report.view.items import (
    address_key,
    find_topic,
    is_partly_ready,
    open_findings,
    subject_key,
)
from syncer.report.view.listing import count_present
from syncer.report.view.records import Figure, SectionKey, Tone
from syncer.report.view.remarks import is_scoped
from syncer.report.view.topics import UNSEEN
from syncer.report.words import Topic, Words
from syncer.report.words.phrasing import days_between

_MISSING = (Topic.MISSING,)
_PROMISED = (Topic.PROMISED,)
_READY = (Topic.READY,)
_IMPROVABLE = (Topic.PARTIAL, Topic.DRAFT, Topic.OUTDATED, Topic.ELSEWHERE, Topic.AMBIGUOUS)
_BROKEN = (Topic.LINKS,)
_PLACES = (Topic.PLACES, Topic.SHARES)
_NAMED = (*_MISSING, *_PROMISED, *_READY, *_IMPROVABLE, *_BROKEN)
_GONE_SHARE, _GONE_FOLDER = "share-gone", "place-missing"
_MAX_CLAUSES = 4


@dataclass(frozen=True, slots=True)
class StatusTally:
    """How many things the open findings are about, by topic: resources and addresses, not rows.

    Attributes:
        topics: each thing's key with its most pressing topic.
        gone: the keys of gone shares and folders with the code that says so: what they explain is
            not counted, so that they must be told.
        new: the keys of those that are new.
        notes: the keys of those that are only for information.
        unseen_groups: how many resources could not be looked at.
        explaining: the keys of those that explain others, which are counted instead.
    """

    topics: dict[tuple[str, ...], Topic]
    gone: dict[tuple[str, ...], str]
    new: frozenset[tuple[str, ...]]
    notes: frozenset[tuple[str, ...]]
    unseen_groups: int
    explaining: frozenset[tuple[str, ...]]

    def count(self, topics: Iterable[Topic]) -> int:
        """Return how many things have one of these topics."""
        wanted = frozenset(topics)
        return sum(topic in wanted for key, topic in self.topics.items() if key not in self.notes)

    def count_gone(self, code: str) -> int:
        """Return how many shares or folders are gone."""
        return sum(said == code for said in self.gone.values())

    @property
    def others(self) -> int:
        """How many things the headline has no other words for."""
        return sum(
            topic not in _NAMED and key not in self.gone
            for key, topic in self.topics.items()
            if key not in self.notes and not self._counted_as_resources(key, topic)
        )

    @property
    def unseen(self) -> int:
        """How many things could not be looked at: resources, and what is none of them."""
        return self.unseen_groups + sum(
            topic in UNSEEN
            for key, topic in self.topics.items()
            if key not in self.notes and not self._counted_as_resources(key, topic)
        )

    def _counted_as_resources(self, key: tuple[str, ...], topic: Topic) -> bool:
        """Whether it is about resources that `unseen_groups` counts."""
        if topic is Topic.UNSEEN_SOURCES:
            return self.unseen_groups > 0 and key in self.explaining
        return topic is Topic.UNSEEN_RESOURCES


def count_things(facts: Facts) -> StatusTally:
    """Count what the open findings are about; one address is one thing on however many pages."""
    topics: dict[tuple[str, ...], Topic] = {}
    gone: dict[tuple[str, ...], str] = {}
    new: set[tuple[str, ...]] = set()
    notes: set[tuple[str, ...]] = set()
    explaining: set[tuple[str, ...]] = set()
    for finding in sorted(open_findings(facts), key=partial(_pressing, facts)):
        key = _thing(facts, finding)
        if key not in topics:
            topics[key] = find_topic(facts, finding)
            if finding.severity == Severity.INFO:
                notes.add(key)
            if finding.code in (_GONE_SHARE, _GONE_FOLDER):
                gone[key] = finding.code
        if finding.id in facts.caused:
            explaining.add(key)
        if finding.id in facts.new and key not in notes:
            new.add(key)
    unseen_groups = sum(
        any(row.status == Verdict.UNDETERMINED for row in rows) for rows in facts.groups.values()
    )
    return StatusTally(
        topics=topics,
        gone=gone,
        new=frozenset(new),
        notes=frozenset(notes),
        unseen_groups=unseen_groups,
        explaining=frozenset(explaining),
    )


def _pressing(facts: Facts, finding: FindingRecord) -> tuple[bool, int]:
    order = tuple(Topic)
    return (finding.severity == Severity.INFO, order.index(find_topic(facts, finding)))


def _thing(facts: Facts, finding: FindingRecord) -> tuple[str, ...]:
    link = facts.links.get(finding.link or "")
    if link is not None:
        return (finding.code, address_key(link))
    return subject_key(facts, finding)


def say_headline(facts: Facts, tally: StatusTally) -> str:
    """Return the one sentence with the state, without what is new."""
    words, labels = facts.words, facts.words.labels
    clauses = _clauses(words, tally)
    run = facts.manifest.run
    if clauses:
        sentence = f"{words.join(clauses)}."
        sentence = sentence[0].upper() + sentence[1:]
        return sentence if run.complete else f"{labels.incomplete}. {sentence}"
    if not run.complete:
        return f"{labels.incomplete}. {labels.incomplete_so_far_well}"
    if not facts.manifest.resources and not facts.manifest.links:
        return labels.nothing_to_check
    if tally.notes:
        return words.fill(labels.only_notes, n=len(tally.notes))
    return _say_all_well(facts)


def _say_all_well(facts: Facts) -> str:
    """Return that nothing is wrong, with what was seen to be right; nothing else is claimed."""
    labels = facts.words.labels
    links = sum(link.status == LinkStatus.OK for link in facts.manifest.links)
    return facts.words.fill(
        labels.all_well_scoped if is_scoped(facts) else labels.all_well,
        resources=count_present(facts) or None,
        links=links or None,
    )


def _clauses(words: Words, tally: StatusTally) -> tuple[str, ...]:
    """Return the four most pressing counts in words, and the rest in one.

    Where there is nothing else, the rest is not called "other".
    """
    labels = words.labels
    counted = (
        (labels.count_missing, tally.count(_MISSING)),
        (labels.count_gone_shares, tally.count_gone(_GONE_SHARE)),
        (labels.count_gone_folders, tally.count_gone(_GONE_FOLDER)),
        (labels.count_broken, tally.count(_BROKEN)),
        (labels.count_unseen, tally.unseen_groups),
        (labels.count_improvable, tally.count(_IMPROVABLE)),
        (labels.count_ready, tally.count(_READY)),
        (labels.count_promised, tally.count(_PROMISED)),
    )
    there = [(template, number) for template, number in counted if number]
    named = there[:_MAX_CLAUSES]
    rest = sum(number for _, number in there[_MAX_CLAUSES:]) + tally.others
    if rest:
        named.append((labels.count_other if named else labels.count_items, rest))
    return tuple(words.fill(template, n=number) for template, number in named)


def say_new(facts: Facts, tally: StatusTally) -> str:
    """Return how much is new, and since when; "" when nothing is or nothing is known.

    What is new beside a baseline is counted in the closing line alone.
    """
    since = facts.since
    if since is None or not tally.new:
        return ""
    said = facts.words.fill(
        facts.words.labels.count_new,
        n=len(tally.new),
        since=_say_since(facts.words, since, facts.manifest.run.finished_at),
    )
    return f"{said}."


def _say_since(words: Words, since: datetime, now: datetime) -> str:
    match days_between(since, now):
        case 0:
            return words.labels.since_today
        case 1:
            return words.labels.since_yesterday
    return words.fill(words.labels.since_day, at=since)


def judge_tone(facts: Facts, tally: StatusTally) -> Tone:
    """Return how the report as a whole looks; GOOD only when nothing at all is wrong."""
    if not facts.manifest.run.complete:
        return Tone.UNKNOWN
    severities = {finding.severity for finding in open_findings(facts)}
    if Severity.ERROR in severities:
        return Tone.ALARM
    if len(tally.topics) > len(tally.notes):
        return Tone.WARNING
    if tally.notes or not (facts.manifest.resources or facts.manifest.links):
        return Tone.NOTE
    return Tone.GOOD


def section_of(facts: Facts, finding: FindingRecord) -> SectionKey:
    """Return where a finding is shown: what we do not know first, else with its owner.

    A promise that is kept in part is the secretariat's, not the maintainer's yet.
    """
    if find_topic(facts, finding) in UNSEEN:
        return SectionKey.UNSEEN
    if is_partly_ready(facts, finding):
        return SectionKey.SECRETARIAT
    match finding.owner:
        case Owner.SECRETARIAT:
            return SectionKey.SECRETARIAT
        case Owner.MAINTAINER:
            return SectionKey.MAINTAINER
    return SectionKey.ADMINISTRATOR


def make_figures(facts: Facts, tally: StatusTally) -> tuple[Figure, ...]:
    """Return the numbers of the first screen: what is in place first, then what is not."""
    words, labels = facts.words, facts.words.labels
    present = count_present(facts)
    tone = Tone.GOOD if present else Tone.NOTE
    label = f"{labels.figure_present} {words.fill(labels.of_total, n=len(facts.groups))}"
    figures = []
    if facts.groups:
        figures.append(Figure(words.number(present), label, tone, "all-resources"))
    counted = (
        (labels.figure_missing, tally.count(_MISSING), Tone.ALARM, _MISSING),
        (labels.figure_gone, len(tally.gone), Tone.ALARM, _PLACES),
        (labels.figure_broken, tally.count(_BROKEN), Tone.ALARM, _BROKEN),
        (labels.figure_improvable, tally.count(_IMPROVABLE), Tone.WARNING, _IMPROVABLE),
        (labels.figure_ready, tally.count(_READY), Tone.WARNING, _READY),
        (labels.figure_promised, tally.count(_PROMISED), Tone.WARNING, _PROMISED),
        (labels.figure_unseen, tally.unseen, Tone.UNKNOWN, UNSEEN),
    )
    figures += [
        Figure(words.number(number), label, tone, _find_section(facts, topics))
        for label, number, tone, topics in counted
        if number
    ]
    return tuple(figures)


def _find_section(facts: Facts, topics: Collection[Topic]) -> str | None:
    """Return where the first finding of these topics is shown; None when there is none."""
    places = (
        (section_of(facts, finding), find_topic(facts, finding))
        for finding in sorted(open_findings(facts), key=partial(_pressing, facts))
        if find_topic(facts, finding) in topics and finding.severity != Severity.INFO
    )
    return next((anchor_of(section, topic) for section, topic in places), None)


def anchor_of(section: SectionKey, topic: Topic) -> str:
    """Return the address fragment of a topic in a section."""
    return f"{section}-{topic}"
