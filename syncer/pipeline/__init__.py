"""One audit: one module per product, `run` joins them."""
