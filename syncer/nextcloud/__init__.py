"""The Nextcloud room: from share links to the tree of files behind them."""
