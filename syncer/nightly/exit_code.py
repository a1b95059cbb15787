"""The exit code of a run, from its manifest (pure)."""

from __future__ import annotations

from syncer.errors import ExitCode, most_serious
from syncer.manifest.baseline import (
    find_known,
    find_lost_links,
    find_lost_rows,
    find_new_doubts,
    find_new_row_doubts,
)
from syncer.manifest.document import FindingRecord, LinkRecord, ReasonRecord, StatusManifest
from syncer.model.handbook import FOLDER_REASONS, SiteKind
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.reason import Args, Reason
from syncer.nightly.baseline import Baseline
from syncer.pipeline.findings import NOT_ASKED
from syncer.pipeline.options import RunParams

_RANK = {"info": 0, "warning": 1, "error": 2, "never": 3}


def decide_exit(
    manifest: StatusManifest, params: RunParams, baseline: Baseline | None = None
) -> ExitCode:
    """Return the exit code of a run.

    Args:
        manifest: of the run.
        params: say which findings count, and whether an incomplete run does.
        baseline: only findings that are not in it count, and of a git ref only what could not be
            looked at on the changed pages, or for what the change does; None: everything counts.
    """
    known = frozenset() if baseline is None else find_known(manifest, baseline.manifest)
    codes = [ExitCode.OK]
    if _is_incomplete(manifest, baseline) and not params.allow_incomplete:
        codes.append(ExitCode.INCOMPLETE)
    counted = (finding for finding in manifest.findings if finding.id not in known)
    if any(_reaches(finding, params.fail_on) for finding in counted):
        codes.append(ExitCode.FINDINGS)
    return most_serious(*codes)


def _is_incomplete(manifest: StatusManifest, baseline: Baseline | None) -> bool:
    changed = None if baseline is None else baseline.changed_pages
    if baseline is None or changed is None:
        return not manifest.run.complete
    return (
        any(_concerns(reason, changed) for reason in manifest.run.incomplete_because)
        or any(row.status == "undetermined" for row in manifest.resources if row.page in changed)
        or any(_is_unasked(link) for link in manifest.links if link.page in changed)
        or bool(list_doubts(manifest, baseline))
    )


def list_doubts(manifest: StatusManifest, baseline: Baseline | None) -> tuple[Reason, ...]:
    """Return how a change hides what it breaks, as reasons for people; () without a git ref.

    Each makes the run incomplete, though nothing of the manifest itself says so.
    """
    if baseline is None or baseline.changed_pages is None:
        return ()
    reasons: list[Reason] = []
    before, now = baseline.manifest.handbook.site, manifest.handbook.site
    if before != now:
        reasons.append(Reason("change-site-kind", {"before": before, "now": now}))
    if baseline.turns_jekyll and SiteKind.JEKYLL in (before, now):
        reasons.append(Reason("change-turns-jekyll"))
    if baseline.turns_markdown and SiteKind.JEKYLL in (before, now):
        reasons.append(Reason("change-turns-markdown"))
    earlier, changed = baseline.manifest, baseline.changed_pages
    hidden = (
        ("change-hides-links", find_lost_links(manifest, earlier)),
        ("change-brings-doubt", find_new_doubts(manifest, earlier, changed)),
        ("change-hides-rows", find_lost_rows(manifest, earlier)),
        ("change-brings-row-doubt", find_new_row_doubts(manifest, earlier, changed)),
    )
    for code, subjects in hidden:
        if subjects:
            first = subjects[0]
            args: Args = {"count": len(subjects), "page": first.page, "line": first.line}
            reasons.append(Reason(code, args))
    return tuple(reasons)


def _concerns(reason: ReasonRecord, changed: frozenset[str]) -> bool:
    """Return whether a reason is about the run as a whole, or about a changed page."""
    if reason.code == "page-not-read" and reason.args.get("why") not in FOLDER_REASONS:
        return reason.args.get("page") in changed
    return reason.code in ("run-stopped", "page-not-read", "not-compared")


def _is_unasked(link: LinkRecord) -> bool:
    """Return whether a link within the scope could not be looked at."""
    if link.status != LinkStatus.UNCHECKED or link.reason is None:
        return False
    is_share = link.kind == LinkKind.SHARE and link.reason.code not in ("offline", "only-resources")
    return is_share or link.reason.code in NOT_ASKED


def _reaches(finding: FindingRecord, fail_on: str) -> bool:
    """Return whether a finding reaches the threshold; a waived one does not.

    One that another finding explains counts as well: its cause is also in the list.
    """
    return finding.waived_until is None and _RANK.get(finding.severity, 0) >= _RANK[fail_on]
