"""The full list: resources, links by page, shares, and the choices to filter them by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from syncer.manifest.document import LinkRecord, ResourceRecord, ShareRecord
from syncer.model.links import LinkKind
from syncer.model.shares import ShareKind, ShareStatus
from syncer.redact import make_visible
from syncer.report.view.addresses import folder_address, source_address
from syncer.report.view.counts import Counts, ResourcePart, group_links, part_link
from syncer.report.view.facts import Facts
from syncer.report.view.front.figures import (
    choose_links,
    choose_resources,
    name_link_parts,
    name_resource_parts,
)
from syncer.report.view.phrases import phrase_progress, recall
from syncer.report.view.records import (
    Filters,
    LinkView,
    PageLinks,
    ResourceView,
    ShareView,
    Tone,
)
from syncer.report.view.states import link_state, state_of
from syncer.report.visible import link_target, show_handbook_text, show_url

_MAX_FILES = 3


def list_resources(facts: Facts, parts: Mapping[str, ResourcePart]) -> tuple[ResourceView, ...]:
    """Return every group by name, then by id."""
    groups = sorted(facts.groups.items(), key=lambda group: (group[1][0].name.casefold(), group[0]))
    return tuple(_show_group(facts, group, rows, parts[group]) for group, rows in groups)


def _show_group(
    facts: Facts, group: str, rows: tuple[ResourceRecord, ...], part: ResourcePart
) -> ResourceView:
    files, more_files = facts.show_files(rows, _MAX_FILES)
    states = dict.fromkeys((words, tone) for _, words, tone in (state_of(facts, r) for r in rows))
    return ResourceView(
        id=make_visible(group),
        name=show_handbook_text(rows[0].name),
        states=tuple(states),
        choice=choose_resources(part),
        expected=phrase_progress(facts, rows[0]),
        known=next((known for row in rows if (known := recall(facts, row))), ""),
        files=files,
        more_files=more_files,
        mentions=tuple(facts.mention_row(row) for row in rows),
        pages=tuple(dict.fromkeys(make_visible(row.page) for row in rows)),
    )


def list_links(facts: Facts) -> tuple[PageLinks, ...]:
    """Return every link by page and line, an address once on each page."""
    groups = sorted(
        group_links(facts).values(), key=lambda some: (some[0].page, some[0].line, some[0].column)
    )
    return tuple(
        PageLinks(
            page=make_visible(page),
            title=facts.title_page(page),
            page_url=facts.link_page(page),
            links=tuple(_show_link(facts, places) for places in some),
        )
        for page, some in groupby(groups, key=lambda places: places[0].page)
    )


def _show_link(facts: Facts, places: Sequence[LinkRecord]) -> LinkView:
    part = part_link(facts, places)
    link = places[0]
    if len(places) > 1:
        link = next(one for one in places if part_link(facts, (one,)) is part)
    handbook = facts.manifest.handbook
    _, words, tone = link_state(facts, link)
    lines = {one.line: source_address(handbook, one.page, one.line) for one in places}
    return LinkView(
        lines=tuple(lines.items()),
        text=show_handbook_text(link.text) or facts.words.labels.no_text,
        shown_url=show_url(link.url),
        url=link_target(link.url),
        kind=make_visible(link.kind),
        kind_words=facts.words.link_kind(link.kind),
        choice=choose_links(part),
        state_words=words,
        tone=tone,
    )


def list_shares(facts: Facts) -> tuple[ShareView, ...]:
    """Return every share of the run by name."""
    shares = sorted(facts.manifest.shares, key=lambda share: (facts.name_share(share.id), share.id))
    return tuple(_show_share(facts, share) for share in shares)


def _show_share(facts: Facts, share: ShareRecord) -> ShareView:
    content = ""
    if share.files is not None:
        content = facts.words.fill(
            facts.words.labels.share_content,
            files=share.files,
            folders=share.folders or 0,
            size=share.bytes,
        )
    return ShareView(
        name=facts.name_share(share.id),
        url=folder_address(facts.shares, share.id, ""),
        state=_share_state(facts, share),
        tone=Tone.GOOD if share.status == ShareStatus.OK else Tone.UNKNOWN,
        content=content,
        remark="" if share.reason is None else facts.phrase(share.reason),
    )


def _share_state(facts: Facts, share: ShareRecord) -> str:
    if share.status == ShareStatus.OK:
        match share.kind:
            case ShareKind.LOCAL:
                return facts.words.labels.share_copy
            case ShareKind.ACCOUNT:
                return facts.words.labels.share_account
    return facts.words.share_status(share.status)


def list_filters(
    facts: Facts, counts: Counts, resources: tuple[ResourceView, ...], links: tuple[PageLinks, ...]
) -> Filters:
    """Return the pages and kinds that occur, in the order of their words, and the states.

    The states are the parts of the first screen, so that the filter shows what those count.
    """
    labels = facts.words.labels
    paths = {row.page for row in facts.manifest.resources}
    paths |= {link.page for link in facts.manifest.links if link.kind != LinkKind.MAIL}
    shown_links = [link for page in links for link in page.links]
    kinds = _sort_choices({link.kind: link.kind_words for link in shown_links})
    resource_names, link_names = name_resource_parts(labels), name_link_parts(labels)
    states = (
        (
            labels.resources_heading,
            tuple((choose_resources(one), resource_names[one]) for one in counts.resources),
        ),
        (labels.links_heading, tuple((choose_links(one), link_names[one]) for one in counts.links)),
    )
    return Filters(
        pages=_sort_choices({make_visible(path): facts.name_page(path) for path in paths}),
        kinds=(("resource", labels.kind_resource), *kinds) if resources else kinds,
        states=tuple((heading, choices) for heading, choices in states if choices),
    )


def _sort_choices(choices: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(choices.items(), key=itemgetter(1)))
