"""What is new, fixed and moved since an earlier run, and since when things are so (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from syncer.manifest.document import (
    ChangesRecord,
    FindingRecord,
    FixedRecord,
    MovedRecord,
    StatusManifest,
)
from syncer.manifest.looked import Looked
from syncer.model.shares import Share, ShareKind

Paths: TypeAlias = Mapping[tuple[str, int], str]
"""Where files with an id lie: (share, file id) → path."""


def compare(
    manifest: StatusManifest, previous: StatusManifest | None, paths: Paths | None = None
) -> ChangesRecord:
    """Compare a run with an earlier one.

    Args:
        manifest: the run; its own `changes` are not read.
        previous: the earlier run, as a rule the last complete one; None: nothing to compare with,
            and nothing is called new.
        paths: where files lie now, from `find_paths`; None: where the manifest's rows say.

    Returns:
        `new` and `fixed` by page, line and id, `moved` by share and earlier path. What one of the
        two did not look at, and what rests on a local copy, is in none of them. Waived findings
        and those with a cause are in them: who counts looks at that.
    """
    if previous is None:
        return ChangesRecord()
    now, then = Looked(manifest), Looked(previous)
    ids_now = {finding.id for finding in manifest.findings}
    ids_then = {finding.id for finding in previous.findings}

    def compares(finding: FindingRecord) -> bool:
        return now.compares(finding) and then.compares(finding)

    found = [finding for finding in manifest.findings if compares(finding)]
    absent = [f for f in previous.findings if f.id not in ids_now and compares(f)]
    return ChangesRecord(
        since=previous.run.finished_at,
        new=tuple(f.id for f in found if f.id not in ids_then and then.asked(f)),
        fixed=tuple(_fix(finding, manifest) for finding in absent if now.settled(finding)),
        moved=_find_moved(previous, _paths_of_rows(manifest) if paths is None else paths),
        unchanged=sum(1 for finding in found if finding.id in ids_then),
    )


def find_earlier(
    complete: StatusManifest | None, newest: StatusManifest | None
) -> dict[str, FindingRecord]:
    """Return what is remembered of each finding, by id: since when, and in how many runs.

    The newest run knows most; what it could not look at is known from the last complete one.
    """
    return {
        finding.id: finding
        for manifest in (complete, newest)
        if manifest is not None
        for finding in manifest.findings
    }


def find_paths(
    shares: Iterable[Share], previous: StatusManifest | None
) -> dict[tuple[str, int], str]:
    """Return where the files that answered rows in `previous` lie now, by their ids.

    What has left its share is not in it; local copies are never compared.
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
    return FixedRecord(
        id=finding.id,
        code=finding.code,
        severity=finding.severity,
        owner=finding.owner,
        page=finding.page,
        line=finding.line,
        subject=finding.subject,
        args=finding.args,
        hint=finding.hint,
        caused_by=finding.caused_by,
        first_seen_at=finding.first_seen_at,
        runs=finding.runs,
        waived_until=finding.waived_until,
        fixed_at=manifest.run.finished_at,
        resource=finding.resource,
        link=finding.link,
    )
