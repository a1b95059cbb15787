"""The pipeline: one run, top to bottom; the only room that sees all the others."""
