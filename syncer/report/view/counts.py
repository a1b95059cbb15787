"""Every number that people see, each defined once.

Points are what there is to do: the items of the sections. The parts of the resources add up to all
resources, the parts of the links to all links. A resource is a group of rows; a link is one address
on one page, and an empty one by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from syncer.manifest.document import LinkRecord, StatusManifest
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.report.view.facts import Facts, gather_facts
from syncer.report.view.points import Point, PointKind, list_points
from syncer.report.view.records import SectionKey
from syncer.report.view.states import (
    BAD_FILE,
    EXPLAINED,
    PARTIAL,
    group_state,
    link_state,
)
from syncer.report.view.subjects import address_key
from syncer.report.view.topics import topic_rank
from syncer.report.words import Lang, Topic, words_of

OWNERS = (SectionKey.SECRETARIAT, SectionKey.MAINTAINER, SectionKey.ADMINISTRATOR)
"""The sections of those who have something to do."""


class ResourcePart(StrEnum):
    """The parts of all resources, as they are shown from left to right."""

    PRESENT = "present"
    MISSING = "missing"
    EXPLAINED = "explained"
    IMPROVABLE = "improvable"
    READY = "ready"
    PLANNED = "planned"
    UNSEEN = "unseen"
    LOGIN = "login"
    OUTSIDE = "outside"
    OTHER = "other"


class LinkPart(StrEnum):
    """The parts of all links, as they are shown from left to right."""

    WORKING = "working"
    BROKEN = "broken"
    UNSURE = "unsure"
    UNSEEN = "unseen"
    LOGIN = "login"
    OTHER = "other"


_BY_TOPIC = {
    Topic.MISSING: ResourcePart.MISSING,
    Topic.PROMISED: ResourcePart.PLANNED,
    Topic.READY: ResourcePart.READY,
    **dict.fromkeys(
        (Topic.PARTIAL, Topic.DRAFT, Topic.OUTDATED, Topic.ELSEWHERE, Topic.AMBIGUOUS),
        ResourcePart.IMPROVABLE,
    ),
}
_BY_STATE: Mapping[str, ResourcePart] = {
    Verdict.PRESENT: ResourcePart.PRESENT,
    Verdict.LIKELY: ResourcePart.PRESENT,
    Verdict.MISSING: ResourcePart.MISSING,
    Verdict.PLANNED: ResourcePart.PLANNED,
    Verdict.ARRIVED: ResourcePart.READY,
    EXPLAINED: ResourcePart.EXPLAINED,
    **dict.fromkeys(
        (
            BAD_FILE,
            PARTIAL,
            Verdict.DRAFT,
            Verdict.OUTDATED,
            Verdict.ELSEWHERE,
            Verdict.AMBIGUOUS,
        ),
        ResourcePart.IMPROVABLE,
    ),
    Verdict.UNDETERMINED: ResourcePart.UNSEEN,
    Verdict.UNCHECKED: ResourcePart.UNSEEN,
    Verdict.NO_ACCESS: ResourcePart.LOGIN,
    Verdict.NOT_A_FILE: ResourcePart.OUTSIDE,
}
_BY_LINK_STATE: Mapping[str, LinkPart] = {
    LinkStatus.OK: LinkPart.WORKING,
    LinkStatus.REDIRECTED: LinkPart.WORKING,
    LinkStatus.BROKEN: LinkPart.BROKEN,
    LinkStatus.UNCONFIRMED: LinkPart.UNSURE,
    LinkStatus.BLOCKED: LinkPart.UNSURE,
    LinkStatus.TIMED_OUT: LinkPart.UNSURE,
    LinkStatus.UNCHECKED: LinkPart.UNSEEN,
    LinkStatus.NEEDS_LOGIN: LinkPart.LOGIN,
    LinkStatus.NEEDS_PASSWORD: LinkPart.LOGIN,
}


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a report.

    Attributes:
        points: by section and kind.
        new: the new points to do, by section.
        resources, links: the parts that occur; each adds up to the whole.
        likely: how many of the resources in place are so only probably.
        unlisted_mail: the mail addresses, which are no links of the report.
    """

    points: Mapping[tuple[SectionKey, PointKind], int]
    new: Mapping[SectionKey, int]
    resources: Mapping[ResourcePart, int]
    links: Mapping[LinkPart, int]
    likely: int
    unlisted_mail: int

    def of(self, section: SectionKey, kind: PointKind = PointKind.TO_DO) -> int:
        """Return the number of points of a section."""
        return self.points.get((section, kind), 0)

    @property
    def to_do(self) -> int:
        """The number of points that ask somebody for something."""
        return sum(self.of(section) for section in OWNERS)

    @property
    def new_to_do(self) -> int:
        """How many of them are new."""
        return sum(self.new.get(section, 0) for section in OWNERS)

    @property
    def figures(self) -> dict[str, int]:
        """The numbers that are followed from run to run, without those that are zero."""
        named = {"points": self.to_do}
        named |= {f"resources-{part}": number for part, number in self.resources.items()}
        named |= {f"links-{part}": number for part, number in self.links.items()}
        return {name: number for name, number in named.items() if number}


def count_all(manifest: StatusManifest) -> Counts:
    """Return the numbers of a manifest, the same in every language."""
    facts = gather_facts(manifest, words_of(Lang.EN))
    return count(facts, list_points(facts))


def count(facts: Facts, points: Sequence[Point]) -> Counts:
    """Return the numbers of a report with these points."""
    parts = part_resources(facts, points)
    to_do = [point for point in points if point.kind is PointKind.TO_DO]
    links = group_links(facts)
    listed = sum(link.kind == LinkKind.MAIL for group in links.values() for link in group)
    mails = sum(link.kind == LinkKind.MAIL for link in facts.manifest.links)
    return Counts(
        points=Counter((point.section, point.kind) for point in points),
        new=Counter(point.section for point in to_do if point.new),
        resources=_in_order(ResourcePart, Counter(parts.values())),
        links=_in_order(LinkPart, Counter(part_link(facts, group) for group in links.values())),
        likely=sum(
            part is ResourcePart.PRESENT
            and group_state(facts, facts.groups[group]) == Verdict.LIKELY
            for group, part in parts.items()
        ),
        unlisted_mail=mails - listed,
    )


def part_resources(facts: Facts, points: Sequence[Point]) -> dict[str, ResourcePart]:
    """Return the part of each resource: that of its point, else that of its state."""
    asked = [point for point in points if point.kind is not PointKind.NOTE]
    asked_for: dict[str, ResourcePart] = {}
    for point in sorted(asked, key=lambda one: topic_rank(one.topic)):
        if point.key[0] == "resource" and point.topic in _BY_TOPIC:
            asked_for.setdefault(point.key[1], _BY_TOPIC[point.topic])
    return {
        group: asked_for.get(group) or _BY_STATE.get(group_state(facts, rows), ResourcePart.OTHER)
        for group, rows in facts.groups.items()
    }


def group_links(facts: Facts) -> dict[tuple[str, str], tuple[LinkRecord, ...]]:
    """Return the links of the report by page and address, each with its places by line.

    A mail address is one only when it is wrong: a report must not be a list of them.
    """
    groups: defaultdict[tuple[str, str], list[LinkRecord]] = defaultdict(list)
    for link in sorted(facts.manifest.links, key=lambda one: (one.page, one.line, one.column)):
        if link.kind != LinkKind.MAIL or link_state(facts, link)[0] == LinkStatus.BROKEN:
            groups[link.page, address_key(link)].append(link)
    return {key: tuple(links) for key, links in groups.items()}


def part_link(facts: Facts, places: Sequence[LinkRecord]) -> LinkPart:
    """Return the part of one address on a page, the most pressing of its places."""
    parts = {_BY_LINK_STATE.get(link_state(facts, link)[0], LinkPart.OTHER) for link in places}
    return LinkPart.BROKEN if LinkPart.BROKEN in parts else min(parts, key=list(LinkPart).index)


_Part = TypeVar("_Part", ResourcePart, LinkPart)


def _in_order(parts: type[_Part], counted: Mapping[_Part, int]) -> dict[_Part, int]:
    return {part: counted[part] for part in parts if counted[part]}
