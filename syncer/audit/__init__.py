"""Matches, link checks and the previous manifest → ordered findings (pure)."""
