"""The audit room (pure): from matches, checks and yesterday to ordered findings."""
