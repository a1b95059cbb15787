"""The bytes of one file → whether it opens, and whether it is what its name says (pure)."""
