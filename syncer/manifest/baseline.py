"""What a change brings: the findings that a baseline does not have (pure)."""

from __future__ import annotations

from syncer.manifest.document import FindingRecord, StatusManifest
from syncer.manifest.looked import Looked


def find_additions(manifest: StatusManifest, baseline: StatusManifest) -> tuple[FindingRecord, ...]:
    """Return the findings that are not in `baseline`, in their order (`--baseline`).

    What the baseline has too but did not ask after (a web link of an offline run) was not brought
    by what has changed since, and is not among them.
    """
    known = {finding.id for finding in baseline.findings}
    then = Looked(baseline)
    return tuple(f for f in manifest.findings if f.id not in known and then.asked(f))
