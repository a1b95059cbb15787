"""syncer: a handbook's resource tables and links, checked against the Nextcloud behind them."""

__version__ = "0.1.0"
