"""syncer checks a handbook's resource tables and links against the Nextcloud they point to."""

__version__ = "0.1.0"
