"""The run itself: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words.said import Said

REASONS: Mapping[str, Said] = {}
