"""What is new, fixed and moved since an earlier run, and since when findings exist (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeAlias

from syncer.manifest.counts import counts_in_headlines
from syncer.manifest.document import (
    RULES_VERSION,
    ChangesRecord,
    FindingRecord,
    FixedRecord,
    MovedRecord,
    StatusManifest,
)
from syncer.manifest.looked import ABOUT_THE_RUN, Looked
from syncer.model.shares import Share, ShareKind

Paths: TypeAlias = Mapping[tuple[str, int], str]
"""Paths of the files with an id: (share, file id) → path."""

RENAMED_CODES: Mapping[str, str] = {}
"""Finding codes of earlier rules → their names today."""


def compare(
    manifest: StatusManifest, previous: StatusManifest | None, paths: Paths | None = None
) -> ChangesRecord:
    """Compare a run with an earlier one.

    After an upgrade of the rules, only findings on rows and links that did not exist before are
    new, and nothing is fixed: the other differences are counted as judged differently.

    Args:
        manifest: the run; its own `changes` are ignored.
        previous: the earlier run, usually the last complete one; without one nothing is new.
        paths: today's paths of files, from `find_paths`; None: those of the manifest's rows.

    Returns:
        `new` and `fixed` by page, line and id, `moved` by share and earlier path. Findings that
        one of the runs did not look for, or that depend on a local copy, are excluded. Waived
        findings and those with a cause are included.
    """
    if previous is None:
        return ChangesRecord(rules_changed=False)
    now, then = Looked(manifest), Looked(previous)
    rules_changed = manifest.tool.rules != previous.tool.rules
    earlier = {finding.id: finding for finding in previous.findings}
    pairs = _pair(manifest.findings, earlier, by_subject=rules_changed)
    paired = {finding.id for finding in pairs.values()}

    def compares(finding: FindingRecord) -> bool:
        return now.compares(finding) and then.compares(finding)

    found = [finding for finding in manifest.findings if compares(finding)]
    new = [f for f in found if f.id not in pairs and then.asked(f)]
    fixed = [
        f for f in previous.findings if f.id not in paired and compares(f) and now.proves_fixed(f)
    ]
    judged_differently = None
    if rules_changed:
        differing = [f for f in new if then.knew(f)] + [f for f in fixed if now.knew(f)]
        judged_differently = _count_subjects(differing)
        new, fixed = [f for f in new if not then.knew(f)], []
    return ChangesRecord(
        since=previous.run.finished_at,
        new=tuple(finding.id for finding in new),
        fixed=tuple(_fix(finding, manifest) for finding in fixed),
        moved=_find_moved(previous, _paths_of_rows(manifest) if paths is None else paths),
        unchanged=sum(1 for finding in found if finding.id in pairs),
        rules_changed=rules_changed,
        judged_differently=judged_differently,
    )


def carry_over(
    findings: Sequence[FindingRecord],
    complete: StatusManifest | None,
    newest: StatusManifest | None,
) -> list[FindingRecord]:
    """Return findings with `first_seen_at` and `runs` continued from earlier runs, in order.

    The newest run knows most; the last complete one knows what that one could not look at.
    """
    manifests = [manifest for manifest in (complete, newest) if manifest is not None]
    earlier = {finding.id: finding for manifest in manifests for finding in manifest.findings}
    by_subject = any(manifest.tool.rules != RULES_VERSION for manifest in manifests)
    pairs = _pair(findings, earlier, by_subject=by_subject)
    return [
        replace(
            finding,
            first_seen_at=pairs[finding.id].first_seen_at,
            runs=pairs[finding.id].runs + 1,
        )
        if finding.id in pairs
        else finding
        for finding in findings
    ]


def _pair(
    findings: Iterable[FindingRecord], earlier: Mapping[str, FindingRecord], *, by_subject: bool
) -> dict[str, FindingRecord]:
    """Return the earlier record of each finding that has one, by today's id.

    The id decides; with `by_subject` the rest are paired by page, subject and code, in order.
    """
    pairs = {finding.id: earlier[finding.id] for finding in findings if finding.id in earlier}
    if by_subject:
        unpaired: defaultdict[tuple[str | None, str, str], list[FindingRecord]] = defaultdict(list)
        for old in earlier.values():
            if old.id not in pairs:
                code = RENAMED_CODES.get(old.code, old.code)
                unpaired[old.page, old.subject, code].append(old)
        for finding in findings:
            candidates = unpaired.get((finding.page, finding.subject, finding.code))
            if finding.id not in pairs and candidates:
                pairs[finding.id] = candidates.pop(0)
    return pairs


def _count_subjects(findings: Iterable[FindingRecord]) -> int:
    """Count the rows, links and other subjects of findings, as far as headlines count them."""
    return len(
        {
            (finding.resource, finding.link, finding.page, finding.subject)
            for finding in findings
            if counts_in_headlines(finding) and finding.code not in ABOUT_THE_RUN
        }
    )


def find_paths(
    shares: Iterable[Share], previous: StatusManifest | None
) -> dict[tuple[str, int], str]:
    """Return today's paths of the files that answered rows in `previous`, by their ids.

    Without those that have left their share; local copies are never compared.
    """
    wanted = set() if previous is None else set(_paths_of_rows(previous))
    found: dict[tuple[str, int], str] = {}
    for share in shares:
        if share.tree is None or share.kind is ShareKind.LOCAL:
            continue
        for entries in (share.tree.folders, share.tree.files):
            for entry in entries:
                if entry.file_id is not None and (share.id, entry.file_id) in wanted:
                    found[share.id, entry.file_id] = entry.path
    return found


def _paths_of_rows(manifest: StatusManifest) -> dict[tuple[str, int], str]:
    local = {share.id for share in manifest.shares if share.kind == ShareKind.LOCAL}
    return {
        (file.share, file.file_id): file.path
        for resource in manifest.resources
        for file in resource.files
        if file.file_id is not None and file.share not in local
    }


def _find_moved(previous: StatusManifest, paths: Paths) -> tuple[MovedRecord, ...]:
    moved = [
        MovedRecord(share=share, file_id=file_id, from_=path, to=paths[share, file_id])
        for (share, file_id), path in _paths_of_rows(previous).items()
        if paths.get((share, file_id), path) != path
    ]
    return tuple(sorted(moved, key=lambda move: (move.share, move.from_, move.file_id)))


def _fix(finding: FindingRecord, manifest: StatusManifest) -> FixedRecord:
    values: dict[str, Any] = {one.name: getattr(finding, one.name) for one in fields(finding)}
    return FixedRecord(**values, fixed_at=manifest.run.finished_at)
