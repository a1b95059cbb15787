"""Matches, checks and yesterday → ordered findings (pure)."""
