"""The sections of the report: the items of each owner, the most pressing and the new ones first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from syncer.model.findings import Severity
from syncer.model.links import LinkStatus
from syncer.report.view.counts import Counts, LinkPart, ResourcePart
from syncer.report.view.facts import Facts
from syncer.report.view.items import make_item, rank_item
from syncer.report.view.points import Point, PointKind
from syncer.report.view.records import Item, ItemBlock, ItemGroup, Section, SectionKey
from syncer.report.words import Topic

_BY_PAGE = (Topic.LINKS, Topic.LINK_NOTES, Topic.UNSEEN_LINKS)


def make_sections(facts: Facts, points: Sequence[Point], counts: Counts) -> tuple[Section, ...]:
    """Return every section, also the empty ones, in the order of the report."""
    labels = facts.words.labels
    texts = {
        SectionKey.SECRETARIAT: (labels.section_secretariat, labels.section_secretariat_intro),
        SectionKey.MAINTAINER: (labels.section_maintainer, labels.section_maintainer_intro),
        SectionKey.ADMINISTRATOR: (
            labels.section_administrator,
            labels.section_administrator_intro,
        ),
        SectionKey.UNSEEN: (labels.section_unseen, labels.section_unseen_intro),
    }
    return tuple(
        Section(
            key=key,
            heading=heading,
            intro=intro,
            blocks=_make_blocks(facts, key, points),
            promised=_make_block(facts, key, PointKind.PROMISED, labels.block_promised, points),
            notes=_make_block(facts, key, PointKind.NOTE, labels.notes, points),
            remarks=_remark_on_unseen(facts, counts) if key is SectionKey.UNSEEN else (),
        )
        for key, (heading, intro) in texts.items()
    )


def _make_blocks(facts: Facts, key: SectionKey, points: Sequence[Point]) -> tuple[ItemBlock, ...]:
    """Return what there is to do: errors first; what could not be checked is of one kind."""
    labels = facts.words.labels
    of_section = [p for p in points if p.section is key and p.kind is PointKind.TO_DO]
    errors = [point for point in of_section if point.severity == Severity.ERROR]
    others = [point for point in of_section if point.severity != Severity.ERROR]
    calm = labels.block_unseen if key is SectionKey.UNSEEN else labels.block_warnings
    named = (("errors", labels.block_errors, errors), ("warnings", calm, others))
    return tuple(
        ItemBlock(name, heading, _group_by_page(_list_items(facts, some)))
        for name, heading, some in named
        if some
    )


def _make_block(
    facts: Facts, key: SectionKey, kind: PointKind, heading: str, points: Sequence[Point]
) -> ItemBlock | None:
    some = [point for point in points if point.section is key and point.kind is kind]
    return ItemBlock(kind, heading, _group_by_page(_list_items(facts, some))) if some else None


def _list_items(facts: Facts, points: Iterable[Point]) -> list[Item]:
    made = ((point.section, make_item(facts, point.findings)) for point in points)
    # What could not be looked at is no news: nobody knows how it is.
    items = (replace(i, new=False) if key is SectionKey.UNSEEN else i for key, i in made)
    return sorted(items, key=rank_item)


def _group_by_page(items: Iterable[Item]) -> tuple[ItemGroup, ...]:
    """Return the links by page and all other items together, groups with something new first."""
    groups: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        is_listed = item.topic in _BY_PAGE and item.mentions and not item.parts
        groups[item.mentions[0].page if is_listed else ""].append(item)
    ranked = sorted(groups.items(), key=lambda group: (not _has_news(group[1]), group[0]))
    return tuple(_make_group(page, some) for page, some in ranked)


def _has_news(items: Iterable[Item]) -> bool:
    return any(item.new for item in items)


def _make_group(page: str, items: Sequence[Item]) -> ItemGroup:
    if not page:
        return ItemGroup("", "", None, tuple(items))
    in_order = sorted(items, key=lambda item: (not item.new, item.mentions[0].line or 0))
    first = items[0].mentions[0]
    return ItemGroup(page, first.title, first.page_url, tuple(in_order))


def _remark_on_unseen(facts: Facts, counts: Counts) -> tuple[str, ...]:
    """Return how much was not checked, so that it is not mistaken for correct."""
    words, labels = facts.words, facts.words.labels
    excluded = sum(link.status == LinkStatus.EXCLUDED for link in facts.manifest.links)
    counted = (
        (labels.unseen_outside, counts.resources.get(ResourcePart.OUTSIDE)),
        (labels.unseen_rows, counts.resources.get(ResourcePart.UNSEEN)),
        (labels.unseen_links, counts.links.get(LinkPart.UNSEEN)),
        (labels.unseen_excluded, excluded),
    )
    return tuple(words.fill(template, n=number) for template, number in counted if number)
