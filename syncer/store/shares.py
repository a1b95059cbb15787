"""What is remembered of shares and hosts between runs."""

from __future__ import annotations

SCHEMA = ""
