"""What the findings are drawn from, and whether the run was complete (pure).

Reads what the earlier stages returned. Returns one `Observed`, from which `audit.findings` draws
the findings, and the reasons why the run is incomplete.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from syncer.audit.distrust import Distrust
from syncer.audit.observed import Observed, Waiver
from syncer.config import Settings
from syncer.manifest.document import ScopeRecord, StatusManifest
from syncer.model.links import LinkCheck, LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareStatus
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.job import Job
from syncer.pipeline.matches import name_links
from syncer.surroundings import find_day

_MAX_UNREAD_NAMED = 5
# What the web room says of an address that it could not look at, through no fault of the address.
_NOT_ASKED = frozenset(
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
    """Combine what the run has seen of the audited pages.

    Args:
        job: the run.
        handbook: as it was read.
        shares: by id.
        links: one check per audited link, in order.
        matches: one match per row of the whole handbook.
        previous: the last complete run; None when there is none.
        started_at: when the run began, aware.
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
        emptied=matches.emptied,
        waivers=_list_waivers(job.settings),
        previous=previous,
    )


def _list_waivers(settings: Settings) -> tuple[Waiver, ...]:
    return tuple(
        Waiver(code=item.code, subject=item.subject, reason=item.reason, until=item.until)
        for item in settings.waive
    )


def explain_incomplete(observed: Observed, doubt: Distrust, *, stopped: bool) -> tuple[Reason, ...]:
    """Say what could not be looked at; () for a complete run.

    What is settled (a share that is gone, a password that nobody configured) and what the scope
    left out (`--offline`, `--only`, `--page`) is no reason.
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
    # An undetermined row makes a run incomplete (contract); one without any share to search in is
    # left open by no share.
    return tuple(reasons) or tuple(_explain_rows(observed))


def _explain_share(share: Share, scope: ScopeRecord) -> Iterator[Reason]:
    """Say what of a share is left open; a local copy must be readable offline too."""
    if share.settled or (scope.offline and share.status is ShareStatus.UNCHECKED):
        return
    if share.status is not ShareStatus.OK or share.tree is None:
        why = share.reason or Reason("share-not-looked-at")
        yield Reason(why.code, {**why.args, "share": share.id})
        return
    for folder in share.tree.unread[:_MAX_UNREAD_NAMED]:
        yield Reason(
            "folder-not-read",
            {
                **folder.reason.args,
                "share": share.id,
                "path": folder.path,
                "why": folder.reason.code,
            },
        )
    more = len(share.tree.unread) - _MAX_UNREAD_NAMED
    if more > 0:
        yield Reason("more-folders-not-read", {"share": share.id, "count": more})


def _explain_rows(observed: Observed) -> Iterator[Reason]:
    """Say why rows are undetermined, each reason once."""
    told: list[Reason] = []
    for match in observed.matches:
        if match.verdict is Verdict.UNDETERMINED and match.reason not in told:
            told.append(match.reason)
    yield from told


def _explain_links(observed: Observed) -> Iterator[Reason]:
    """Say how many web links were not asked to an end; what a reader's own patience ends is one."""
    left = sum(
        1
        for check in observed.links
        if check.verdict.kind is LinkKind.WEB
        and check.verdict.status is LinkStatus.UNCHECKED
        and check.verdict.reason is not None
        and check.verdict.reason.code in _NOT_ASKED
    )
    if left:
        yield Reason("links-not-asked", {"count": left})
