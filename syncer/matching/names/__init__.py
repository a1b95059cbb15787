"""Reads one Danish name (pure)."""
