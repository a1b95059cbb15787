"""A sentence for every code of a `Reason`, by the room that uses it; words for `RemoteError`s."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from syncer.report.words.reasons import (
    audit,
    handbook,
    matching,
    nextcloud,
    run,
    settings,
    standing,
    web,
)
from syncer.report.words.reasons.remote import REMOTE
from syncer.report.words.said import Said

REASONS: Mapping[str, Said] = MappingProxyType(
    {
        **audit.REASONS,
        **handbook.REASONS,
        **matching.REASONS,
        **nextcloud.REASONS,
        **run.REASONS,
        **settings.REASONS,
        **standing.REASONS,
        **web.REASONS,
    }
)

__all__ = ["REASONS", "REMOTE"]
