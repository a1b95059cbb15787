"""The version of the rules by which verdicts are made."""

from __future__ import annotations

RULES_VERSION = 3
"""Raised when the same handbook and the same answers get other verdicts.

What an earlier run remembered by other rules is proof of nothing: it is asked again.
"""
