"""Which address each file gets, and what an internal link reaches (pure)."""
