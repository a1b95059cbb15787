"""What is new in a run compared with the one before (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from syncer.manifest.counts import counts_in_headlines
from syncer.manifest.document import FindingRecord, FixedRecord, StatusManifest
from syncer.model.findings import Severity

# A promise is not due, and what could not be checked is looked at again.
_ASK_NOTHING = frozenset({"link-timed-out", "resource-planned", "resource-undetermined"})


@dataclass(frozen=True, slots=True)
class News:
    """What has changed since the run before.

    Attributes:
        new, fixed: errors and warnings that count in headlines and ask somebody for something, by
            page, line and id.
        completeness: whether only one of the two runs was complete.
        rules: whether only this run has the current rules, and they judge something differently.
        first: whether there was no run before; then nothing is told apart.
    """

    new: tuple[FindingRecord, ...]
    fixed: tuple[FixedRecord, ...]
    completeness: bool
    rules: bool
    first: bool

    @property
    def is_notable(self) -> bool:
        """Whether a notice should be sent."""
        return bool(self.new or self.fixed or self.completeness or self.rules or self.first)


def find_news(manifest: StatusManifest, newest: StatusManifest | None) -> News:
    """Return what has changed since the run before.

    A manifest has the changes since the last *complete* run. While runs are incomplete these would
    be repeated each night, so those that the run before reported are skipped. Findings that are
    information, promised, waived or explained by another one are no news.

    Args:
        manifest: of the run.
        newest: of the run before, complete or not; None when there is none.
    """
    if newest is None:
        return News(new=(), fixed=(), completeness=False, rules=False, first=True)
    open_then = {finding.id for finding in newest.findings}
    fixed_then = {one.id for one in newest.changes.fixed}
    new = frozenset(manifest.changes.new) - open_then
    return News(
        new=tuple(
            finding
            for finding in manifest.findings
            if finding.id in new and counts_in_headlines(finding) and _matters(finding)
        ),
        fixed=tuple(
            one
            for one in manifest.changes.fixed
            if one.id not in fixed_then
            and one.waived_until is None
            and one.caused_by is None
            and _matters(one)
        ),
        completeness=newest.run.complete != manifest.run.complete,
        rules=newest.tool.rules != manifest.tool.rules
        and bool(manifest.changes.judged_differently),
        first=False,
    )


def _matters(finding: FindingRecord | FixedRecord) -> bool:
    return finding.severity != Severity.INFO and finding.code not in _ASK_NOTHING
