"""What is new, fixed and moved since an earlier run, and since when findings exist (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeAlias

from syncer.manifest.counts import counts_in_headlines
from syncer.manifest.document import (
    ChangedRecord,
    ChangesRecord,
    FileStateRecord,
    FindingRecord,
    FixedRecord,
    MovedRecord,
    StatusManifest,
)
from syncer.manifest.looked import ABOUT_THE_RUN, Looked
from syncer.model.rules import RULES_VERSION
from syncer.model.shares import RemoteFile, Share, ShareKind

States: TypeAlias = Mapping[tuple[str, int], FileStateRecord]
"""Path, size and time of the files with an id: (share, file id) → state; of folders the path."""

RENAMED_CODES: Mapping[str, str] = {"link-timed-out": "link-unconfirmed"}
"""Finding codes of earlier rules → their names today."""


def compare(
    manifest: StatusManifest, previous: StatusManifest | None, states: States | None = None
) -> ChangesRecord:
    """Compare a run with an earlier one.

    After an upgrade of the rules, only findings on rows and links that did not exist before are
    new, and nothing is fixed: the other differences are counted as judged differently.

    Args:
        manifest: the run; its own `changes` are ignored.
        previous: the earlier run, usually the last complete one; without one nothing is new.
        states: today's states of files, from `find_states`; None: those of the manifest's rows.

    Returns:
        `new` and `fixed` by page, line and id, `moved` and `changed` by share and earlier path.
        Findings that one of the runs did not look for, or that depend on a local copy, are
        excluded. Waived findings and those with a cause are included.
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
    today = _states_of_rows(manifest) if states is None else states
    return ChangesRecord(
        since=previous.run.finished_at,
        new=tuple(finding.id for finding in new),
        fixed=tuple(_fix(finding, manifest) for finding in fixed),
        moved=_find_moved(previous, today),
        changed=_find_changed(previous, today),
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


def find_states(
    shares: Iterable[Share], previous: StatusManifest | None
) -> dict[tuple[str, int], FileStateRecord]:
    """Return today's states of the files that answered rows in `previous`, by their ids.

    Without those that have left their share; local copies are never compared.
    """
    wanted = set() if previous is None else set(_states_of_rows(previous))
    found: dict[tuple[str, int], FileStateRecord] = {}
    for share in shares:
        if share.tree is None or share.kind is ShareKind.LOCAL:
            continue
        for entries in (share.tree.folders, share.tree.files):
            for entry in entries:
                if entry.file_id is not None and (share.id, entry.file_id) in wanted:
                    is_file = isinstance(entry, RemoteFile)
                    found[share.id, entry.file_id] = FileStateRecord(
                        path=entry.path,
                        size_bytes=entry.size_bytes if isinstance(entry, RemoteFile) else None,
                        modified_at=entry.modified_at if is_file else None,
                    )
    return found


def _states_of_rows(manifest: StatusManifest) -> dict[tuple[str, int], FileStateRecord]:
    local = {share.id for share in manifest.shares if share.kind == ShareKind.LOCAL}
    return {
        (file.share, file.file_id): FileStateRecord(
            path=file.path,
            size_bytes=None if file.folder else file.size_bytes,
            modified_at=None if file.folder else file.modified_at,
        )
        for resource in manifest.resources
        for file in resource.files
        if file.file_id is not None and file.share not in local
    }


def _find_moved(previous: StatusManifest, today: States) -> tuple[MovedRecord, ...]:
    moved = [
        MovedRecord(share=share, file_id=file_id, from_=before.path, to=today[share, file_id].path)
        for (share, file_id), before in _states_of_rows(previous).items()
        if today.get((share, file_id), before).path != before.path
    ]
    return tuple(sorted(moved, key=lambda move: (move.share, move.from_, move.file_id)))


def _find_changed(previous: StatusManifest, today: States) -> tuple[ChangedRecord, ...]:
    """Return the files with another size or time than before; what is unknown has not changed."""
    changed = [
        ChangedRecord(share=share, file_id=file_id, before=before, after=today[share, file_id])
        for (share, file_id), before in _states_of_rows(previous).items()
        if _has_changed(before, today.get((share, file_id), before))
    ]
    return tuple(sorted(changed, key=lambda one: (one.share, one.before.path, one.file_id)))


def _has_changed(before: FileStateRecord, after: FileStateRecord) -> bool:
    pairs = ((before.size_bytes, after.size_bytes), (before.modified_at, after.modified_at))
    return any(None not in pair and pair[0] != pair[1] for pair in pairs)


def _fix(finding: FindingRecord, manifest: StatusManifest) -> FixedRecord:
    values: dict[str, Any] = {one.name: getattr(finding, one.name) for one in fields(finding)}
    return FixedRecord(**values, fixed_at=manifest.run.finished_at)
