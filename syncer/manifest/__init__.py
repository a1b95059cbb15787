"""A run's results ↔ JSON with a published schema, and what changed since an earlier run (pure)."""
