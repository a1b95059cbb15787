"""What a change did not bring: the findings that a baseline knows (pure)."""

from __future__ import annotations

from syncer.manifest.document import StatusManifest
from syncer.manifest.looked import Looked


def find_known(manifest: StatusManifest, baseline: StatusManifest) -> frozenset[str]:
    """Return the ids of a run's findings that `baseline` knows (`--baseline`): they do not count.

    What the baseline has too but did not ask after (a web link of an offline run) was not brought
    by what has changed since either, and counts as known.
    """
    same = {finding.id for finding in baseline.findings}
    then = Looked(baseline)
    return frozenset(
        finding.id for finding in manifest.findings if finding.id in same or not then.asked(finding)
    )
