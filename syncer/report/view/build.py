"""Build the view of a manifest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from syncer.manifest.document import FindingRecord, StatusManifest
from syncer.model.findings import Severity
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.redact import make_visible
from syncer.report.view.course import draw_history
from syncer.report.view.facts import Facts, gather_facts
from syncer.report.view.items import make_items
from syncer.report.view.listing import (
    count_mail,
    list_filters,
    list_links,
    list_resources,
    list_shares,
)
from syncer.report.view.overview import (
    judge_tone,
    list_figures,
    section_of,
    tally_subjects,
    write_fine,
    write_headline,
    write_news,
)
from syncer.report.view.records import (
    Changes,
    Item,
    ItemGroup,
    Section,
    SectionKey,
    TopicView,
    View,
)
from syncer.report.view.remarks import list_incomplete_reasons, list_remarks
from syncer.report.view.subjects import open_findings, waived_findings
from syncer.report.view.updates import phrase_changed
from syncer.report.visible import show_url
from syncer.report.words import Lang, Topic, words_of

_REVISION_LENGTH = 10
_BY_PAGE = (Topic.LINKS, Topic.LINK_NOTES, Topic.UNSEEN_LINKS)


def build_view(manifest: StatusManifest, lang: Lang, new: Collection[str] | None = None) -> View:
    """Return the view of a manifest, the same on every day.

    `new` are the ids of the findings that are not in the baseline; None, without a baseline, marks
    what is new since the last complete run. An unknown code of a newer manifest is shown as such.
    """
    words = words_of(lang)
    facts = gather_facts(manifest, words, new)
    tally = tally_subjects(facts)
    resources, links = list_resources(facts), list_links(facts)
    run, mails, next_at = manifest.run, count_mail(facts), manifest.run.next_expected_at
    return View(
        lang=lang,
        title=words.fill(words.labels.title, day=run.finished_at),
        tone=judge_tone(facts, tally),
        complete=run.complete,
        headline=write_headline(facts, tally),
        new_line=write_news(facts, tally),
        fine=write_fine(facts, tally),
        remarks=list_remarks(facts),
        incomplete_because=list_incomplete_reasons(facts),
        made_at=words.fill(words.labels.made_at, at=run.finished_at),
        made_at_iso=run.finished_at.isoformat(),
        next_at=None if next_at is None else words.fill(words.labels.next_at, at=next_at),
        next_at_iso=None if next_at is None else next_at.isoformat(),
        figures=list_figures(facts, tally),
        sections=_make_sections(facts),
        changes=_list_changes(facts),
        history=draw_history(facts),
        waived=make_items(facts, waived_findings(facts)),
        resources=resources,
        links=links,
        shares=list_shares(facts),
        filters=list_filters(facts, resources, links),
        mail_remark=words.fill(words.labels.mail_count, n=mails) if mails else None,
        colophon=_write_colophon(facts),
    )


def _make_sections(facts: Facts) -> tuple[Section, ...]:
    labels = facts.words.labels
    findings: dict[SectionKey, list[FindingRecord]] = {key: [] for key in SectionKey}
    for finding in open_findings(facts):
        findings[section_of(facts, finding)].append(finding)
    texts = {
        SectionKey.SECRETARIAT: (labels.section_secretariat, labels.section_secretariat_intro),
        SectionKey.MAINTAINER: (labels.section_maintainer, labels.section_maintainer_intro),
        SectionKey.ADMINISTRATOR: (
            labels.section_administrator,
            labels.section_administrator_intro,
        ),
        SectionKey.UNSEEN: (labels.section_unseen, labels.section_unseen_intro),
    }
    return tuple(_make_section(facts, key, *texts[key], some) for key, some in findings.items())


def _make_section(
    facts: Facts, key: SectionKey, heading: str, intro: str, findings: Sequence[FindingRecord]
) -> Section:
    items = make_items(facts, findings)
    return Section(
        key=key,
        heading=heading,
        intro=intro,
        topics=_group_by_topic(facts, (one for one in items if one.severity != Severity.INFO)),
        notes=_group_by_topic(facts, (one for one in items if one.severity == Severity.INFO)),
        remarks=_remark_on_unseen(facts) if key is SectionKey.UNSEEN else (),
    )


def _remark_on_unseen(facts: Facts) -> tuple[str, ...]:
    """Return how much was not checked, so that it is not mistaken for correct."""
    words, labels = facts.words, facts.words.labels
    rows = [row.status for row in facts.manifest.resources]
    links = [link.status for link in facts.manifest.links]
    counted = (
        (labels.unseen_outside, rows.count(Verdict.NOT_A_FILE)),
        (labels.unseen_rows, rows.count(Verdict.UNCHECKED)),
        (labels.unseen_links, links.count(LinkStatus.UNCHECKED)),
        (labels.unseen_excluded, links.count(LinkStatus.EXCLUDED)),
    )
    return tuple(words.fill(template, n=number) for template, number in counted if number)


def _group_by_topic(facts: Facts, items: Iterable[Item]) -> tuple[TopicView, ...]:
    """Return the topics of items that are sorted by topic."""
    topics = []
    for topic, some in groupby(items, key=lambda item: item.topic):
        of_topic = tuple(some)
        words = facts.words.topic(topic)
        groups = _group_by_page(of_topic) if topic in _BY_PAGE else (_make_group("", of_topic),)
        topics.append(TopicView(topic, words.heading, words.intro, len(of_topic), groups))
    return tuple(topics)


def _group_by_page(items: Sequence[Item]) -> tuple[ItemGroup, ...]:
    def first_place(item: Item) -> tuple[str, int]:
        mention = item.mentions[0] if item.mentions else None
        return ("", 0) if mention is None else (mention.page, mention.line or 0)

    by_page = groupby(sorted(items, key=first_place), key=lambda item: first_place(item)[0])
    return tuple(_make_group(page, tuple(some)) for page, some in by_page)


def _make_group(page: str, items: tuple[Item, ...]) -> ItemGroup:
    if not page:
        return ItemGroup("", "", None, items)
    first = items[0].mentions[0]
    return ItemGroup(page, first.title, first.page_url, items)


def _list_changes(facts: Facts) -> Changes | None:
    """Return what was fixed, moved and updated; None without an earlier run to compare with."""
    changes, words, labels = facts.manifest.changes, facts.words, facts.words.labels
    if changes.since is None:
        return None
    fixed = []
    for one in changes.fixed:
        is_share = one.subject in facts.shares
        subject = facts.name_share(one.subject) if is_share else show_url(one.subject)
        badge = words.finding(one.code).badge
        fixed.append(words.fill(labels.fixed_item, subject=subject, badge=badge))
    moved = [
        words.fill(labels.moved_item, before=make_visible(one.from_), after=one.to)
        for one in changes.moved
    ]
    return Changes(labels.section_changes, tuple(fixed), tuple(moved), phrase_changed(facts))


def _write_colophon(facts: Facts) -> tuple[str, ...]:
    manifest, words = facts.manifest, facts.words
    tool = words.fill(words.labels.made_by, name=manifest.tool.name, version=manifest.tool.version)
    handbook = manifest.handbook
    kinds = {
        "jekyll": words.labels.site_jekyll,
        "github": words.labels.site_github,
        "files": words.labels.site_files,
    }
    read_as = [kinds[handbook.site]] if handbook.site in kinds else []
    if handbook.revision is None:
        return (*read_as, tool)
    revision = handbook.revision[:_REVISION_LENGTH]
    return (words.fill(words.labels.handbook_revision, revision=revision), *read_as, tool)
