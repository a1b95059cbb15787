"""What the corrections of a run are looked up in, and which findings have one (pure)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from syncer.audit.observed import Observed
from syncer.fix.page_sources import PageSources
from syncer.fix.proposals import propose
from syncer.model.corrections import Correction, Uncorrected
from syncer.model.findings import Finding
from syncer.model.shares import split_share_id
from syncer.nextcloud.share_url import parse_share_link
from syncer.pipeline.handbook import ReadHandbook


def build_sources(read: ReadHandbook, observed: Observed) -> PageSources:
    """Return the pages of a run, with their rows and links."""
    config = read.handbook.config_page
    texts = (*read.handbook.pages, *([] if config is None else [config]))
    return PageSources(
        texts={page.path: page for page in texts},
        pages=read.pages,
        rows={row.id: row for row in observed.rows},
        links=tuple(check.link for check in observed.links),
        todo_markers=read.settings.handbook.todo_markers,
        may_link=_make_guard(read, observed),
    )


def mark_fixable(
    read: ReadHandbook, observed: Observed, findings: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Set `fixable` where a correction was looked for."""
    found = {
        one.finding.id: isinstance(one, Correction)
        for one in list_proposals(read, observed, findings)
    }
    return tuple(replace(finding, fixable=found.get(finding.id)) for finding in findings)


def list_proposals(
    read: ReadHandbook, observed: Observed, findings: Sequence[Finding]
) -> tuple[Correction | Uncorrected, ...]:
    """Return a correction for each finding of a page, or why it has none, in order."""
    return tuple(propose(findings, build_sources(read, observed)))


def _make_guard(read: ReadHandbook, observed: Observed) -> Callable[[str], bool]:
    """Return what refuses the address of a share that no page links to: its token is a secret."""
    hosts = {split_share_id(share_id).host for share_id in observed.shares}
    webroots = {cloud.host.lower(): cloud.webroot for cloud in read.settings.nextcloud}
    public = {link.share_id for link in read.share_links.values()}

    def may_link(url: str) -> bool:
        link = parse_share_link(url, hosts, webroots)
        return link is None or link.share_id is None or link.share_id in public

    return may_link
