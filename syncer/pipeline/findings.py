"""The input of the findings, and the reasons why a run is incomplete (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from syncer.audit.distrust import Distrust
from syncer.audit.observed import Observed, Waiver
from syncer.config import Settings
from syncer.handbook.own_settings import OwnSettings
from syncer.manifest.document import ScopeRecord, StatusManifest
from syncer.model.links import LinkCheck, LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import SUDDENLY_EMPTY, Share, ShareStatus
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.job import Job
from syncer.pipeline.matches import name_links
from syncer.surroundings import find_day

_MAX_UNREAD_NAMED = 5
# Reasons of the web check that say that we have no network. A host that is silent is told by the
# findings of those of its links that were asked: the run did what it could.
NOT_ASKED = frozenset(
    {
        "link-dns-failed",
        "link-interrupted",
        "link-network-unreachable",
        "link-no-network",
        "link-proxy-failed",
    }
)


def observe(
    job: Job,
    handbook: ReadHandbook,
    shares: Mapping[str, Share],
    links: tuple[LinkCheck, ...],
    matches: Distrust,
    previous: StatusManifest | None,
    started_at: datetime,
) -> Observed:
    """Combine the results of the earlier stages for the audited pages.

    `matches` has one match per row of the whole handbook; `previous` is the last complete run.
    """
    audited = frozenset(handbook.audited)
    rows = tuple(row for row in handbook.rows if row.page in audited)
    row_ids = frozenset(row.id for row in rows)
    return Observed(
        handbook=handbook.handbook,
        pages=tuple(handbook.pages[path] for path in handbook.audited),
        rows=rows,
        table_problems=tuple(p for p in handbook.table_problems if p.span.file in audited),
        matches=tuple(match for match in matches.matches if match.row in row_ids),
        shares=shares,
        links=links,
        named_links=name_links(job, handbook, shares, matches.matches),
        share_links=handbook.share_links,
        today=find_day(started_at, job.settings.schedule.timezone),
        scope=job.options.scope,
        unreadable=handbook.unreadable,
        unpublished=tuple(path for path in handbook.site.unpublished if path in audited),
        empty_pages=tuple(path for path in handbook.site.empty if path in audited),
        clashes=tuple(
            clash for clash in handbook.site.clashes if not audited.isdisjoint(clash.sources)
        ),
        bare_is_text=handbook.bare_is_text,
        emptied=matches.emptied,
        old_after_years=job.settings.matching.old_after_years,
        waivers=_list_waivers(job.settings, handbook.own),
        own_problems=handbook.own.problems,
        previous=previous,
    )


def _list_waivers(settings: Settings, own: OwnSettings) -> tuple[Waiver, ...]:
    """Return the waivers of the settings, then the handbook's own."""
    configured = (
        Waiver(item.code, item.subject, item.reason, item.until) for item in settings.waive
    )
    of_handbook = (
        Waiver(
            item.code,
            item.subject,
            item.reason,
            item.until,
            "handbook",
            item.page,
            item.lines,
            item.names_target,
        )
        for item in own.waivers
    )
    return (*configured, *of_handbook)


def explain_incomplete(observed: Observed, doubt: Distrust, *, stopped: bool) -> tuple[Reason, ...]:
    """Return what could not be looked at; () for a complete run.

    What is proven (a share that is gone, a password that is not configured) and what the scope
    excludes (`--offline`, `--only`, `--page`) is no reason.
    """
    reasons: list[Reason] = []
    if stopped:
        reasons.append(Reason("run-stopped"))
    if observed.handbook.stale is not None:
        reasons.append(observed.handbook.stale)
    reasons.extend(
        Reason("page-not-read", {**page.reason.args, "page": page.path, "why": page.reason.code})
        for page in observed.unreadable
    )
    for _, share in sorted(observed.shares.items()):
        reasons.extend(_explain_share(share, observed.scope))
    if not observed.scope.offline:
        reasons.extend(_explain_links(observed))
    reasons.extend(doubt.incomplete_because)
    reasons.extend(reason for reason in _explain_rows(observed) if reason.code == "not-compared")
    # An undetermined row makes a run incomplete (docs/contract.md), also without any share.
    return tuple(reasons) or tuple(_explain_rows(observed))


def _explain_share(share: Share, scope: ScopeRecord) -> Iterator[Reason]:
    """Yield what is unknown about a share; a local copy must be readable offline too."""
    if share.conclusive or (scope.offline and share.status is ShareStatus.UNCHECKED):
        return
    if share.status is not ShareStatus.OK or share.tree is None:
        why = share.reason or Reason("share-not-looked-at")
        yield Reason(why.code, {**why.args, "share": share.id})
        return
    for folder in share.tree.unread[:_MAX_UNREAD_NAMED]:
        args = {**folder.reason.args, "share": share.id, "path": folder.path}
        if folder.reason.code == SUDDENLY_EMPTY:
            yield Reason(SUDDENLY_EMPTY, args)
        else:
            yield Reason("folder-not-read", {**args, "why": folder.reason.code})
    more = len(share.tree.unread) - _MAX_UNREAD_NAMED
    if more > 0:
        yield Reason("more-folders-not-read", {"share": share.id, "count": more})


def _explain_rows(observed: Observed) -> Iterator[Reason]:
    """Yield why rows are undetermined, each reason once."""
    reasons: list[Reason] = []
    for match in observed.matches:
        if match.verdict is Verdict.UNDETERMINED and match.reason not in reasons:
            reasons.append(match.reason)
    yield from reasons


def _explain_links(observed: Observed) -> Iterator[Reason]:
    """Yield the number of web links that could not be asked."""
    unasked = sum(
        1
        for check in observed.links
        if check.verdict.kind is LinkKind.WEB
        and check.verdict.status is LinkStatus.UNCHECKED
        and check.verdict.reason is not None
        and check.verdict.reason.code in NOT_ASKED
    )
    if unasked:
        yield Reason("links-not-asked", {"count": unasked})
