"""A whole view from a manifest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from syncer.manifest.document import FindingRecord, StatusManifest
from syncer.model.findings import Severity
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.report.view.course import draw_history
from syncer.report.view.facts import Facts, gather_facts
from syncer.report.view.items import make_items, open_findings, waived_findings
from syncer.report.view.listing import (
    count_mail,
    list_filters,
    list_links,
    list_resources,
    list_shares,
)
from syncer.report.view.overview import (
    count_things,
    judge_tone,
    make_figures,
    say_headline,
    say_new,
    section_of,
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
from syncer.report.view.remarks import say_incomplete, say_remarks
from syncer.report.visible import make_visible, show_url
from syncer.report.words import Lang, Topic, words_of

_REVISION_LENGTH = 10
_BY_PAGE = (Topic.LINKS, Topic.LINK_NOTES, Topic.UNSEEN_LINKS)


def build_view(manifest: StatusManifest, lang: Lang, new: Collection[str] | None = None) -> View:
    """Return the view of a manifest: the same one each time, whatever the day.

    `new` are the ids of the findings that are not in the baseline, which are marked; None, without
    one, takes what the manifest says.

    Raises nothing for what it does not know: a code of a newer manifest is said as such.
    """
    words = words_of(lang)
    facts = gather_facts(manifest, words, new)
    tally = count_things(facts)
    resources, links = list_resources(facts), list_links(facts)
    run, mails = manifest.run, count_mail(facts)
    return View(
        lang=lang,
        title=words.fill(words.labels.title, day=run.finished_at),
        tone=judge_tone(facts, tally),
        complete=run.complete,
        headline=say_headline(facts, tally),
        new_line=say_new(facts, tally),
        remarks=say_remarks(facts),
        incomplete_because=say_incomplete(facts),
        made_at=words.fill(words.labels.made_at, at=run.finished_at),
        made_at_iso=run.finished_at.isoformat(),
        next_at=None
        if run.next_expected_at is None
        else words.fill(words.labels.next_at, at=run.next_expected_at),
        next_at_iso=None if run.next_expected_at is None else run.next_expected_at.isoformat(),
        figures=make_figures(facts, tally),
        sections=_make_sections(facts),
        changes=_list_changes(facts),
        history=draw_history(facts),
        waived=make_items(facts, waived_findings(facts)),
        resources=resources,
        links=links,
        shares=list_shares(facts),
        filters=list_filters(facts, resources, links),
        mail_remark=words.fill(words.labels.mail_count, n=mails) if mails else None,
        colophon=_sign(facts),
    )


def _make_sections(facts: Facts) -> tuple[Section, ...]:
    labels = facts.words.labels
    sorted_out: dict[SectionKey, list[FindingRecord]] = {key: [] for key in SectionKey}
    for finding in open_findings(facts):
        sorted_out[section_of(facts, finding)].append(finding)
    headings = {
        SectionKey.SECRETARIAT: (labels.section_secretariat, labels.section_secretariat_intro),
        SectionKey.MAINTAINER: (labels.section_maintainer, labels.section_maintainer_intro),
        SectionKey.ADMINISTRATOR: (
            labels.section_administrator,
            labels.section_administrator_intro,
        ),
        SectionKey.UNSEEN: (labels.section_unseen, labels.section_unseen_intro),
    }
    return tuple(
        _make_section(facts, key, headings[key], findings) for key, findings in sorted_out.items()
    )


def _make_section(
    facts: Facts,
    key: SectionKey,
    heading: tuple[str, str],
    findings: Sequence[FindingRecord],
) -> Section:
    items = make_items(facts, findings)
    return Section(
        key=key,
        heading=heading[0],
        intro=heading[1],
        topics=_sort_into_topics(facts, (one for one in items if one.severity != Severity.INFO)),
        notes=_sort_into_topics(facts, (one for one in items if one.severity == Severity.INFO)),
        remarks=_remark_on_unseen(facts) if key is SectionKey.UNSEEN else (),
    )


def _remark_on_unseen(facts: Facts) -> tuple[str, ...]:
    """Return what was left out or is none of Nextcloud's, so that nobody takes it for fine."""
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


def _sort_into_topics(facts: Facts, items: Iterable[Item]) -> tuple[TopicView, ...]:
    """Return the items by topic, which they come sorted by; broken links also by page."""
    topics = []
    for topic, some in groupby(items, key=lambda item: item.topic):
        of_topic = tuple(some)
        words = facts.words.topic(topic)
        topics.append(
            TopicView(
                topic=topic,
                heading=words.heading,
                intro=words.intro,
                count=len(of_topic),
                groups=_group_by_page(of_topic)
                if topic in _BY_PAGE
                else (ItemGroup(None, "", None, of_topic),),
            )
        )
    return tuple(topics)


def _group_by_page(items: Sequence[Item]) -> tuple[ItemGroup, ...]:
    def first_place(item: Item) -> tuple[str, int]:
        mention = item.mentions[0] if item.mentions else None
        return ("", 0) if mention is None else (mention.page, mention.line or 0)

    by_page = groupby(sorted(items, key=first_place), key=lambda item: first_place(item)[0])
    return tuple(_make_group(page, tuple(some)) for page, some in by_page)


def _make_group(page: str, items: tuple[Item, ...]) -> ItemGroup:
    first = items[0].mentions[0] if page else None
    if first is None:
        return ItemGroup(None, "", None, items)
    return ItemGroup(page, first.title, first.page_url, items)


def _list_changes(facts: Facts) -> Changes | None:
    """Return what is fixed and moved; None when there is no earlier run to compare with."""
    changes, words = facts.manifest.changes, facts.words
    if changes.since is None:
        return None
    fixed = (
        words.fill(
            words.labels.fixed_item,
            subject=facts.name_share(one.subject)
            if one.subject in facts.shares
            else show_url(one.subject),
            badge=words.finding(one.code).badge,
        )
        for one in changes.fixed
    )
    moved = (
        words.fill(words.labels.moved_item, before=make_visible(one.from_), after=one.to)
        for one in changes.moved
    )
    return Changes(heading=words.labels.section_changes, fixed=tuple(fixed), moved=tuple(moved))


def _sign(facts: Facts) -> tuple[str, ...]:
    manifest, words = facts.manifest, facts.words
    tool = words.fill(words.labels.made_by, name=manifest.tool.name, version=manifest.tool.version)
    if manifest.handbook.revision is None:
        return (tool,)
    revision = manifest.handbook.revision[:_REVISION_LENGTH]
    return (words.fill(words.labels.handbook_revision, revision=revision), tool)
