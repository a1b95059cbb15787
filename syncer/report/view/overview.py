"""The first screen: the headline, the figures, and where their findings are listed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial

from syncer.manifest.document import FindingRecord
from syncer.model.findings import Owner, Severity
from syncer.model.matching import Verdict
from syncer.report.view.facts import Facts
from syncer.report.view.listing import count_present, count_working
from syncer.report.view.records import Figure, SectionKey, Tone
from syncer.report.view.remarks import is_scoped
from syncer.report.view.subjects import (
    find_topic,
    is_partly_ready,
    item_key,
    open_findings,
)
from syncer.report.view.topics import UNSEEN, topic_rank
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
    """The subjects of the open findings, as the report lists them: resources, not rows.

    Attributes:
        topics: the first topic of each subject that is more than information.
        gone: the shares and folders that are gone, with the code of the finding. What they explain
            is not counted, so they are counted themselves.
        new: the subjects in `topics` that are new.
        notes: the number of subjects that are only information.
        unseen_groups: the number of resources that could not be checked.
        explaining: the subjects that explain others.
    """

    topics: dict[tuple[str, ...], Topic]
    gone: dict[tuple[str, ...], str]
    new: frozenset[tuple[str, ...]]
    notes: int
    unseen_groups: int
    explaining: frozenset[tuple[str, ...]]

    def count(self, topics: Iterable[Topic]) -> int:
        """Return the number of subjects with one of these topics."""
        wanted = frozenset(topics)
        return sum(topic in wanted for topic in self.topics.values())

    def count_gone(self, code: str) -> int:
        """Return the number of shares or folders that are gone."""
        return sum(gone == code for gone in self.gone.values())

    @property
    def others(self) -> int:
        """The number of subjects that the headline has no own words for."""
        return sum(
            topic not in _NAMED and key not in self.gone
            for key, topic in self.topics.items()
            if not self._counted_as_resources(key, topic)
        )

    @property
    def unseen(self) -> int:
        """The number of resources, links and sources that could not be checked."""
        return self.unseen_groups + sum(
            topic in UNSEEN
            for key, topic in self.topics.items()
            if not self._counted_as_resources(key, topic)
        )

    def _counted_as_resources(self, key: tuple[str, ...], topic: Topic) -> bool:
        """Return whether `unseen_groups` counts the resources of this subject."""
        if topic is Topic.UNSEEN_SOURCES:
            return self.unseen_groups > 0 and key in self.explaining
        return topic is Topic.UNSEEN_RESOURCES


def tally_subjects(facts: Facts) -> StatusTally:
    """Count the subjects of the open findings; each is one item of the report."""
    topics: dict[tuple[str, ...], Topic] = {}
    gone: dict[tuple[str, ...], str] = {}
    new: set[tuple[str, ...]] = set()
    notes: set[tuple[str, ...]] = set()
    explaining: set[tuple[str, ...]] = set()
    for finding in _sort_open(facts):
        key = item_key(facts, finding)
        if key not in topics and key not in notes:
            if finding.severity == Severity.INFO:
                notes.add(key)
            else:
                topics[key] = find_topic(facts, finding)
            if finding.code in (_GONE_SHARE, _GONE_FOLDER):
                gone[key] = finding.code
        if finding.id in facts.effects:
            explaining.add(key)
        if finding.id in facts.new and key not in notes:
            new.add(key)
    unseen_groups = sum(
        any(row.status == Verdict.UNDETERMINED for row in rows) for rows in facts.groups.values()
    )
    return StatusTally(
        topics, gone, frozenset(new), len(notes), unseen_groups, frozenset(explaining)
    )


def _sort_open(facts: Facts) -> list[FindingRecord]:
    """Return the open findings by topic, those that are only information last."""
    return sorted(open_findings(facts), key=partial(_rank, facts))


def _rank(facts: Facts, finding: FindingRecord) -> tuple[bool, int]:
    return (finding.severity == Severity.INFO, topic_rank(find_topic(facts, finding)))


def write_headline(facts: Facts, tally: StatusTally) -> str:
    """Return the state in one sentence, without what is new."""
    words, labels, manifest = facts.words, facts.words.labels, facts.manifest
    clauses = _list_clauses(words, tally)
    if clauses:
        sentence = f"{words.join(clauses)}."
        sentence = sentence[0].upper() + sentence[1:]
        return sentence if manifest.run.complete else f"{labels.incomplete}. {sentence}"
    if not manifest.run.complete:
        return f"{labels.incomplete}. {labels.incomplete_so_far_well}"
    if not manifest.resources and not manifest.links:
        return labels.nothing_to_check
    if tally.notes:
        return words.fill(labels.only_notes, n=tally.notes)
    working = count_working(facts)
    present, _ = count_present(facts)
    return words.fill(
        labels.all_well_scoped if is_scoped(facts) else labels.all_well,
        resources=present or None,
        links=working or None,
    )


def _list_clauses(words: Words, tally: StatusTally) -> tuple[str, ...]:
    """Return the four most pressing counts in words, and the rest in one.

    The rest is called "other" only when there is something else.
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
    present = [(template, number) for template, number in counted if number]
    named = present[:_MAX_CLAUSES]
    rest = sum(number for _, number in present[_MAX_CLAUSES:]) + tally.others
    if rest:
        named.append((labels.count_other if named else labels.count_items, rest))
    return tuple(words.fill(template, n=number) for template, number in named)


def write_news(facts: Facts, tally: StatusTally) -> str:
    """Return how much is new, and since when; "" when nothing is, or when it is not known.

    With a baseline the closing line counts what is new.
    """
    words, labels = facts.words, facts.words.labels
    if facts.since is None or not tally.new:
        return ""
    match days_between(facts.since, facts.manifest.run.finished_at):
        case 0:
            since = words.fill(labels.since_today, at=facts.since)
        case 1:
            since = labels.since_yesterday
        case _:
            since = words.fill(labels.since_day, at=facts.since)
    return f"{words.fill(labels.count_new, n=len(tally.new), since=since)}."


def write_fine(facts: Facts, tally: StatusTally) -> str:
    """Return how much is in place and works; "" when there is nothing, or the headline says it."""
    if judge_tone(facts, tally) is Tone.GOOD:
        return ""
    working, words = count_working(facts), facts.words
    present, likely = count_present(facts)
    said = (
        words.fill(
            words.labels.fine_resources, n=present, all=len(facts.groups), likely=likely or None
        )
        if present
        else "",
        words.fill(words.labels.fine_links, n=working) if working else "",
    )
    return " ".join(filter(None, said))


def judge_tone(facts: Facts, tally: StatusTally) -> Tone:
    """Return the tone of the whole report; GOOD only when nothing at all is wrong."""
    if not facts.manifest.run.complete:
        return Tone.UNKNOWN
    if any(finding.severity == Severity.ERROR for finding in open_findings(facts)):
        return Tone.ALARM
    if tally.topics:
        return Tone.WARNING
    if tally.notes or not (facts.manifest.resources or facts.manifest.links):
        return Tone.NOTE
    return Tone.GOOD


def section_of(facts: Facts, finding: FindingRecord) -> SectionKey:
    """Return the section of a finding: "could not be checked", else that of its owner.

    A partly ready resource belongs to the secretariat, and not to the maintainer yet.
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


def list_figures(facts: Facts, tally: StatusTally) -> tuple[Figure, ...]:
    """Return the numbers of the first screen: what is in place first, then what is not."""
    words, labels = facts.words, facts.words.labels
    figures = []
    if facts.groups:
        present, likely = count_present(facts)
        label = f"{labels.figure_present} {words.fill(labels.of_total, n=len(facts.groups))}"
        label += words.fill(labels.of_which_likely, n=likely or None)
        tone = Tone.GOOD if present else Tone.NOTE
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
        Figure(words.number(number), label, tone, _find_anchor(facts, topics))
        for label, number, tone, topics in counted
        if number
    ]
    return tuple(figures)


def _find_anchor(facts: Facts, topics: Collection[Topic]) -> str | None:
    """Return the fragment of the first topic in the report, None when it is listed nowhere."""
    return next(
        (
            f"{section_of(facts, finding)}-{topic}"
            for finding in _sort_open(facts)
            if (topic := find_topic(facts, finding)) in topics and finding.severity != Severity.INFO
        ),
        None,
    )
