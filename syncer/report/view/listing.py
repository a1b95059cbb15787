"""The full list: resources, links by page, shares, and the choices to filter them by."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from syncer.manifest.document import LinkRecord, ResourceRecord, ShareRecord
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.model.shares import ShareKind, ShareStatus
from syncer.redact import make_visible
from syncer.report.view.addresses import folder_address, source_address
from syncer.report.view.facts import Facts
from syncer.report.view.phrases import phrase_progress
from syncer.report.view.records import (
    Filters,
    LinkView,
    PageLinks,
    ResourceView,
    ShareView,
    Tone,
)
from syncer.report.visible import link_target, show_handbook_text, show_url

_MAX_FILES = 3
_PARTIAL, _EMPTY = "partial", "empty"
_THERE = frozenset({Verdict.PRESENT, Verdict.LIKELY, Verdict.ARRIVED})
_IN_PLACE = frozenset({Verdict.PRESENT, Verdict.LIKELY})
_VERDICT_TONES: dict[str, Tone] = {
    **dict.fromkeys(Verdict, Tone.WARNING),
    Verdict.PRESENT: Tone.GOOD,
    Verdict.LIKELY: Tone.NOTE,
    Verdict.MISSING: Tone.ALARM,
    Verdict.UNDETERMINED: Tone.UNKNOWN,
    Verdict.NO_ACCESS: Tone.UNKNOWN,
    Verdict.NOT_A_FILE: Tone.NOTE,
    Verdict.UNCHECKED: Tone.UNKNOWN,
}
_LINK_TONES: dict[str, Tone] = {
    LinkStatus.OK: Tone.GOOD,
    LinkStatus.BROKEN: Tone.ALARM,
    LinkStatus.REDIRECTED: Tone.NOTE,
    LinkStatus.NEEDS_LOGIN: Tone.NOTE,
    LinkStatus.EXCLUDED: Tone.NOTE,
}


def list_resources(facts: Facts) -> tuple[ResourceView, ...]:
    """Return every group by name, then by id."""
    groups = sorted(facts.groups.items(), key=lambda group: (group[1][0].name.casefold(), group[0]))
    return tuple(_show_group(facts, group, rows) for group, rows in groups)


def _show_group(facts: Facts, group: str, rows: tuple[ResourceRecord, ...]) -> ResourceView:
    files, more_files = facts.show_files(rows, _MAX_FILES)
    return ResourceView(
        id=make_visible(group),
        name=show_handbook_text(rows[0].name),
        states=tuple(dict.fromkeys(state_of(facts, row) for row in rows)),
        expected=phrase_progress(facts, rows[0]),
        known=_phrase_known(facts, rows),
        files=files,
        more_files=more_files,
        mentions=tuple(facts.mention_row(row) for row in rows),
        pages=tuple(dict.fromkeys(make_visible(row.page) for row in rows)),
    )


def _phrase_known(facts: Facts, rows: tuple[ResourceRecord, ...]) -> str:
    """Return the last proven status of a group and its day; "" when today's is proven."""
    known = next((row.last_known for row in rows if row.last_known is not None), None)
    if known is None:
        return ""
    words = facts.words
    return words.fill(words.labels.last_known, on=known.on, known=words.verdict(known.status))


def state_of(facts: Facts, row: ResourceRecord) -> tuple[str, str, Tone]:
    """Return a row's status, its words and its tone.

    A resource that is partly ready and one whose file is empty have states of their own.
    """
    words, status = facts.words, row.status
    if status in _THERE and facts.find_empty(row) is not None:
        return (_EMPTY, words.finding("file-empty").badge, Tone.ALARM)
    if status in _THERE and row.group in facts.partial_groups:
        return (_PARTIAL, words.finding("resource-partial").badge, Tone.WARNING)
    return (status, words.verdict(status), _VERDICT_TONES.get(status, Tone.UNKNOWN))


def count_present(facts: Facts) -> tuple[int, int]:
    """Return how many resources are in place in all of their rows, and how many only likely."""
    states = [{state_of(facts, row)[0] for row in rows} for rows in facts.groups.values()]
    present = [group for group in states if group <= _IN_PLACE]
    return len(present), sum(Verdict.LIKELY in group for group in present)


def count_working(facts: Facts) -> int:
    """Return the number of links that work."""
    return sum(link.status == LinkStatus.OK for link in facts.manifest.links)


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
    """Return the number of mail addresses, which `list_links` omits."""
    return sum(link.kind == LinkKind.MAIL for link in facts.manifest.links)


def _show_link(facts: Facts, link: LinkRecord) -> LinkView:
    return LinkView(
        line=link.line,
        text=show_handbook_text(link.text) or facts.words.labels.no_text,
        shown_url=show_url(link.url),
        url=link_target(link.url),
        kind=make_visible(link.kind),
        kind_words=facts.words.link_kind(link.kind),
        state=make_visible(link.status),
        state_words=facts.words.link_status(link.status),
        tone=_LINK_TONES.get(link.status, Tone.UNKNOWN),
        source_url=source_address(facts.manifest.handbook, link.page, link.line),
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
    facts: Facts, resources: tuple[ResourceView, ...], links: tuple[PageLinks, ...]
) -> Filters:
    """Return the pages, kinds and states that occur, each in the order of its words."""
    paths = {row.page for row in facts.manifest.resources}
    paths |= {link.page for link in facts.manifest.links if link.kind != LinkKind.MAIL}
    shown_links = [link for page in links for link in page.links]
    states = {state: words for one in resources for state, words, _ in one.states}
    states |= {f"link-{link.state}": link.state_words for link in shown_links}
    kinds = _sort_choices({link.kind: link.kind_words for link in shown_links})
    return Filters(
        pages=_sort_choices({make_visible(path): facts.name_page(path) for path in paths}),
        kinds=(("resource", facts.words.labels.kind_resource), *kinds) if resources else kinds,
        states=_sort_choices(states),
    )


def _sort_choices(choices: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(choices.items(), key=itemgetter(1)))
