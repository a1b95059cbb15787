"""Rows × files → one match per row, with its reasons (pure)."""
