"""A run's results ↔ JSON with a published schema, and what changed (pure)."""
