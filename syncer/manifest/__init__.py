"""The manifest room (pure): a run's result as JSON with a published schema, and its changes."""
