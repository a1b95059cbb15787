"""One Danish name, read (pure)."""
