"""What a run did to the local copy, in one line."""

from __future__ import annotations

from syncer.model.documents import CopyResult
from syncer.report.words import Lang, words_of


def render_copy_line(result: CopyResult, *, lang: Lang, check: bool, complete: bool) -> str:
    """Return what was done, or with `check` what would be.

    That copy and server are the same is said of a complete run only.
    """
    words = words_of(lang)
    labels = words.labels
    template = labels.sync_would if check else labels.sync_done
    if check and complete and not result.differs:
        template = labels.sync_same
    return words.fill(
        template,
        fetched=result.fetched,
        size=result.fetched_bytes,
        unchanged=result.unchanged,
        removed=result.removed,
        refused=result.refused or None,
        left_out=result.left_out or None,
    )
