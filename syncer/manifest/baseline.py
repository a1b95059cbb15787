"""What a change did not bring: the findings that a baseline knows (pure)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from syncer.manifest.document import FindingRecord, StatusManifest
from syncer.manifest.looked import Looked
from syncer.manifest.renamed import Renaming, find_renamings


def find_known(manifest: StatusManifest, baseline: StatusManifest) -> frozenset[str]:
    """Return the ids of a run's findings that `baseline` knows (`--baseline`): they do not count.

    What the baseline has too but did not ask after (a web link of an offline run) was not brought
    by what has changed since either, and counts as known. A page that was only renamed brings
    nothing.
    """
    same = {finding.id for finding in baseline.findings}
    then = Looked(baseline)
    renamings = find_renamings(manifest, baseline)
    left = Counter(map(_describe, baseline.findings))
    known: set[str] = set()
    for finding in manifest.findings:
        renaming = renamings.get(finding.page or "")
        earlier = finding if renaming is None else _take_back(finding, renaming)
        if finding.id in same or not then.asked(earlier):
            known.add(finding.id)
        elif renaming is not None and left[_describe(earlier)] > 0:
            left[_describe(earlier)] -= 1
            known.add(finding.id)
    return frozenset(known)


def _take_back(finding: FindingRecord, renaming: Renaming) -> FindingRecord:
    """Return a finding as it would have been before its page was renamed, but for its id."""
    return replace(
        finding,
        page=renaming.path,
        subject=renaming.path if finding.subject == finding.page else finding.subject,
        resource=renaming.ids.get(finding.resource or ""),
        link=renaming.ids.get(finding.link or ""),
    )


def _describe(finding: FindingRecord) -> tuple[str | None, ...]:
    return finding.code, finding.page, finding.subject, finding.resource, finding.link
