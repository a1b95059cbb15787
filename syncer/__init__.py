"""syncer checks a handbook's resource tables and links against the Nextcloud they point to."""

__version__ = "0.2.0"
RELEASED = "2026-11-30"
"""The day of this version, for `syncer status`."""
