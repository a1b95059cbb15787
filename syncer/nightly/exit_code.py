"""The exit code of a run, from its manifest (pure)."""

from __future__ import annotations

from collections.abc import Iterable

from syncer.errors import ExitCode, most_serious
from syncer.manifest.baseline import find_known, loses_verdicts
from syncer.manifest.document import FindingRecord, LinkRecord, ReasonRecord, StatusManifest
from syncer.model.handbook import FOLDER_REASONS
from syncer.model.links import LinkKind, LinkStatus
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
        or _brings_doubt(manifest, baseline.manifest, changed)
        or loses_verdicts(manifest, baseline.manifest)
    )


def _brings_doubt(
    manifest: StatusManifest, baseline: StatusManifest, changed: frozenset[str]
) -> bool:
    """Return whether links within the site cannot be judged for a reason that is new.

    A change that adds a plugin, or breaks `_config.yml`, would otherwise hide its new broken links.
    """
    before = _list_doubts(baseline.links)
    return bool(_list_doubts(link for link in manifest.links if link.page in changed) - before)


def _list_doubts(links: Iterable[LinkRecord]) -> set[str]:
    """Return the reasons for which links within the site are unchecked."""
    kinds = (LinkKind.PAGE, LinkKind.ANCHOR, LinkKind.IMAGE)
    return {
        link.reason.code
        for link in links
        if link.status == LinkStatus.UNCHECKED and link.kind in kinds and link.reason is not None
    }


def _concerns(reason: ReasonRecord, changed: frozenset[str]) -> bool:
    """Return whether a reason is about the run as a whole, or about a changed page."""
    if reason.code == "page-not-read" and reason.args.get("why") not in FOLDER_REASONS:
        return reason.args.get("page") in changed
    return reason.code in ("run-stopped", "page-not-read")


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
