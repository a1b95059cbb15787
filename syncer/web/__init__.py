"""Web addresses → what a reader would meet there, with manners per host."""
