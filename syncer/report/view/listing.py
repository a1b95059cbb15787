"""The list of everything: resources, links by page, shares, and what they are filtered by."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from syncer.manifest.document import LinkRecord, ResourceRecord, ShareRecord
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.model.shares import ShareKind, ShareStatus
from syncer.report.view.addresses import folder_address, source_address
from syncer.report.view.facts import Facts
from syncer.report.view.items import say_progress
from syncer.report.view.records import (
    FilterChoice,
    Filters,
    LinkView,
    PageLinks,
    ResourceView,
    ShareView,
    Tone,
)
from syncer.report.visible import link_target, make_visible, show_handbook_text, show_url

_MAX_FILES = 3
_PARTIAL, _EMPTY = "partial", "empty"
_THERE = frozenset({Verdict.PRESENT, Verdict.ARRIVED})
_VERDICT_TONES = {
    Verdict.PRESENT: Tone.GOOD,
    Verdict.MISSING: Tone.ALARM,
    Verdict.UNDETERMINED: Tone.UNKNOWN,
    Verdict.NO_ACCESS: Tone.UNKNOWN,
    Verdict.NOT_A_FILE: Tone.NOTE,
    Verdict.UNCHECKED: Tone.UNKNOWN,
}
_LINK_TONES = {
    LinkStatus.OK: Tone.GOOD,
    LinkStatus.BROKEN: Tone.ALARM,
    LinkStatus.REDIRECTED: Tone.NOTE,
    LinkStatus.NEEDS_LOGIN: Tone.NOTE,
    LinkStatus.EXCLUDED: Tone.NOTE,
}


def verdict_tone(status: str) -> Tone:
    """Return how a row's status looks; one that is not known looks like one."""
    if status not in tuple(Verdict):
        return Tone.UNKNOWN
    return _VERDICT_TONES.get(Verdict(status), Tone.WARNING)


def link_tone(status: str) -> Tone:
    """Return how a link's status looks."""
    if status not in tuple(LinkStatus):
        return Tone.UNKNOWN
    return _LINK_TONES.get(LinkStatus(status), Tone.UNKNOWN)


def list_resources(facts: Facts) -> tuple[ResourceView, ...]:
    """Return every group by its name, then by where it is named first."""
    groups = sorted(facts.groups.items(), key=lambda group: (group[1][0].name.casefold(), group[0]))
    return tuple(_show_group(facts, group, rows) for group, rows in groups)


def _show_group(facts: Facts, group: str, rows: tuple[ResourceRecord, ...]) -> ResourceView:
    states = dict.fromkeys(state_of(facts, row) for row in rows)
    named = next((row for row in rows if row.files), rows[0])
    return ResourceView(
        id=make_visible(group),
        name=show_handbook_text(rows[0].name),
        states=tuple(states),
        expected=say_progress(facts, rows[0]),
        files=tuple(facts.show_file(file) for file in named.files[:_MAX_FILES]),
        more_files=max(0, named.files_count - min(len(named.files), _MAX_FILES)),
        mentions=tuple(facts.mention_row(row) for row in rows),
        pages=tuple(dict.fromkeys(make_visible(row.page) for row in rows)),
    )


def state_of(facts: Facts, row: ResourceRecord) -> tuple[str, str, Tone]:
    """Return a row's status with its words.

    Words of their own have a resource that is there in part, and a file that is there but empty.
    """
    if row.status in _THERE and facts.find_empty(row) is not None:
        return (_EMPTY, facts.words.finding("file-empty").badge, Tone.ALARM)
    if row.status in _THERE and row.group in facts.partial:
        return (_PARTIAL, facts.words.finding("resource-partial").badge, Tone.WARNING)
    return (row.status, facts.words.verdict(row.status), verdict_tone(row.status))


def count_present(facts: Facts) -> int:
    """Return how many resources are in place, in all of their rows."""
    return sum(
        all(state_of(facts, row)[0] == Verdict.PRESENT for row in rows)
        for rows in facts.groups.values()
    )


def list_links(facts: Facts) -> tuple[PageLinks, ...]:
    """Return every link but mail addresses, by page and line."""
    shown = sorted(
        (link for link in facts.manifest.links if link.kind != LinkKind.MAIL),
        key=lambda link: (link.page, link.line, link.column, link.id),
    )
    return tuple(
        PageLinks(
            page=make_visible(page),
            title=facts.title_page(page),
            page_url=facts.link_page(page),
            links=tuple(_show_link(facts, link) for link in links),
        )
        for page, links in groupby(shown, key=lambda link: link.page)
    )


def count_mail(facts: Facts) -> int:
    """Return how many mail addresses are left out of `list_links`."""
    return sum(link.kind == LinkKind.MAIL for link in facts.manifest.links)


def _show_link(facts: Facts, link: LinkRecord) -> LinkView:
    shown_url = show_url(link.url)
    return LinkView(
        line=link.line,
        text=show_handbook_text(link.text) or facts.words.labels.no_text,
        shown_url=shown_url,
        url=link_target(link.url),
        kind=make_visible(link.kind),
        kind_words=facts.words.link_kind(link.kind),
        state=make_visible(link.status),
        state_words=facts.words.link_status(link.status),
        tone=link_tone(link.status),
        source_url=source_address(facts.manifest.handbook, link.page, link.line),
    )


def list_shares(facts: Facts) -> tuple[ShareView, ...]:
    """Return every share of the run by name."""
    shares = sorted(facts.manifest.shares, key=lambda share: (share.name, share.id))
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
        remark="" if share.reason is None else facts.say(share.reason),
    )


def _share_state(facts: Facts, share: ShareRecord) -> str:
    if share.kind == ShareKind.LOCAL and share.status == ShareStatus.OK:
        return facts.words.labels.share_copy
    if share.kind == ShareKind.ACCOUNT and share.status == ShareStatus.OK:
        return facts.words.labels.share_account
    return facts.words.share_status(share.status)


def list_filters(
    facts: Facts, resources: Iterable[ResourceView], links: Iterable[PageLinks]
) -> Filters:
    """Return the pages, kinds and states that occur, by page and in the order of the words."""
    resources, links = tuple(resources), tuple(links)
    paths = {row.page for row in facts.manifest.resources}
    paths |= {link.page for link in facts.manifest.links if link.kind != LinkKind.MAIL}
    pages = {make_visible(path): facts.name_page(path) for path in paths}
    kinds = {link.kind: link.kind_words for page in links for link in page.links}
    states = {state: words for one in resources for state, words, _ in one.states}
    states |= {f"link-{x.state}": x.state_words for page in links for x in page.links}
    every = [FilterChoice("resource", facts.words.labels.kind_resource)] if resources else []
    return Filters(
        pages=_choices(pages),
        kinds=(*every, *_choices(kinds)),
        states=_choices(states),
    )


def _choices(words: dict[str, str]) -> tuple[FilterChoice, ...]:
    return tuple(
        FilterChoice(value, words[value]) for value in sorted(words, key=words.__getitem__)
    )
