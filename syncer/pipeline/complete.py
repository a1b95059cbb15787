"""Whether a run could look at everything within its scope (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from syncer.audit.distrust import Distrust
from syncer.audit.observed import Observed
from syncer.manifest.document import ScopeRecord
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareStatus

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
