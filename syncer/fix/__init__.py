"""Corrections of the handbook's pages: proposed, written, applied and compared (pure)."""
