"""Handbooks that are read as files: on GitHub, or by a generator whose rules we do not know."""
