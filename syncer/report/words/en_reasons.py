"""English: a sentence for every code of a `Reason`, by the room that uses it."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, str] = {}
