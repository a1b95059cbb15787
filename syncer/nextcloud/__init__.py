"""Share links → the tree of files behind them."""
