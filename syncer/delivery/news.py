"""What a run has to tell that the one before it did not tell already (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from syncer.manifest.counts import counts_in_headlines
from syncer.manifest.document import FindingRecord, FixedRecord, StatusManifest
from syncer.model.findings import Severity


@dataclass(frozen=True, slots=True)
class News:
    """What has changed since the run before.

    Attributes:
        new, fixed: errors and warnings that are counted, by page, line and id.
        completeness: whether this run was complete and that one not, or the other way.
        first: there was no run before.
    """

    new: tuple[FindingRecord, ...]
    fixed: tuple[FixedRecord, ...]
    completeness: bool
    first: bool

    @property
    def worth_telling(self) -> bool:
        """Whether anybody should be told."""
        return bool(self.new or self.fixed or self.completeness or self.first)


def find_news(manifest: StatusManifest, newest: StatusManifest | None) -> News:
    """Find what has changed.

    A manifest tells its changes since the last *complete* run. While runs are incomplete, the same
    ones would be told each night; those that the run before told are left out. What is only for
    information, waived or explained by another finding is no news either.

    Args:
        manifest: of the run.
        newest: of the run before, complete or not; None when there is none.
    """
    open_then = frozenset() if newest is None else {finding.id for finding in newest.findings}
    fixed_then = frozenset() if newest is None else {one.id for one in newest.changes.fixed}
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
        completeness=newest is not None and newest.run.complete != manifest.run.complete,
        first=newest is None,
    )


def _matters(finding: FindingRecord | FixedRecord) -> bool:
    return finding.severity != Severity.INFO
