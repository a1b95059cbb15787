"""A manifest → text for people and for CI (pure)."""
