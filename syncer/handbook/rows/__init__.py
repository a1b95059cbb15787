"""Resource tables → rows with their places (pure)."""
