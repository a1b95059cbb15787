"""Whether an audit of the edited pages proves the corrections (pure).

Proven is a set of corrections when each of their findings is gone, no finding is new, and no other
row or link has another verdict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from syncer.audit.observed import Observed
from syncer.model.corrections import Correction
from syncer.model.findings import Finding
from syncer.model.links import LinkCheck, LinkStatus

_Key: TypeAlias = tuple[object, ...]
_Place: TypeAlias = tuple[str | None, int | None]


@dataclass(frozen=True)
class Snapshot:
    """The results of one audit, by what edits do not change: lines, and ids of rows."""

    observed: Observed
    findings: tuple[Finding, ...]

    @cached_property
    def links(self) -> dict[_Key, LinkCheck]:
        """The links by page, line, and number on that line."""
        counts: Counter[_Place] = Counter()
        links: dict[_Key, LinkCheck] = {}
        for check in self.observed.links:
            place = check.page, check.link.span.line
            links[(*place, counts[place])] = check
            counts[place] += 1
        return links

    @cached_property
    def _keys_of_links(self) -> dict[str, _Key]:
        return {check.id: key for key, check in self.links.items()}

    @cached_property
    def keys(self) -> Counter[_Key]:
        """The findings, counted by what identifies them in both audits."""
        return Counter(map(self.identify, self.findings))

    @cached_property
    def verdicts(self) -> dict[str, _Key]:
        """The verdict on each row and its files, by the row's id."""
        return {match.row: (match.verdict, match.files) for match in self.observed.matches}

    def identify(self, finding: Finding) -> _Key:
        """Return what identifies a finding although its address or its column changed."""
        if finding.link is not None:
            return finding.code, self._keys_of_links.get(finding.link)
        if finding.row is not None:
            return finding.code, finding.row
        if finding.code == "table-malformed":
            return finding.code, finding.page, finding.line, finding.args.get("why")
        return finding.code, finding.subject


def find_unproven(
    before: Snapshot, after: Snapshot, corrections: Sequence[Correction]
) -> frozenset[str] | None:
    """Return the ids of the findings whose corrections are not proven.

    Returns:
        None when everything is proven; () when something is wrong and nothing says with which.
    """
    left = {
        correction.finding.id
        for correction in corrections
        if after.keys[before.identify(correction.finding)]
    }
    wrong = [*_find_new(before, after), *_find_changed(before, after, corrections)]
    if not left and not wrong:
        return None
    at = {(c.finding.page, c.finding.line): c.finding.id for c in corrections}
    return frozenset(left | {at[place] for place in wrong if place in at})


def list_also_gone(
    before: Snapshot, after: Snapshot, findings: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield those of some findings that the corrections have mended as well."""
    for finding in findings:
        if not after.keys[before.identify(finding)]:
            yield finding


def _find_new(before: Snapshot, after: Snapshot) -> Iterator[_Place]:
    new = after.keys - before.keys
    for finding in after.findings:
        if after.identify(finding) in new:
            yield finding.page, finding.line


def _find_changed(
    before: Snapshot, after: Snapshot, corrections: Sequence[Correction]
) -> Iterator[_Place]:
    """Yield the places of rows and links that another verdict concerns."""
    own_rows = {correction.finding.row for correction in corrections}
    for row in before.observed.rows:
        if row.id not in own_rows and before.verdicts[row.id] != after.verdicts.get(row.id):
            yield row.page, row.span.line
    own_lines = {
        (correction.finding.page, correction.finding.line) for correction in corrections
    } | _list_row_places(before, own_rows)
    for key in before.links.keys() | after.links.keys():
        old, new = before.links.get(key), after.links.get(key)
        check = new or old
        if check is None:
            continue
        place = check.page, check.link.span.line
        if not _agrees(old, new, is_own=place in own_lines):
            yield place


def _list_row_places(before: Snapshot, ids: set[str | None]) -> set[_Place]:
    return {(row.page, row.span.line) for row in before.observed.rows if row.id in ids}


def _agrees(old: LinkCheck | None, new: LinkCheck | None, *, is_own: bool) -> bool:
    """Return whether a link is as before, or has another address that works at least as well."""
    if new is None:
        return False
    same_status = old is not None and old.verdict.status is new.verdict.status
    if old is not None and old.link.url == new.link.url:
        same_kind = old.verdict.kind is new.verdict.kind
        return same_status and same_kind and (is_own or old.link.text == new.link.text)
    return is_own and (same_status or new.verdict.status is LinkStatus.OK)
