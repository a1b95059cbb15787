"""The addresses of the site that Jekyll makes of a handbook, and the links within it (pure)."""
