"""What is remembered of web links between runs."""

from __future__ import annotations

SCHEMA = ""
