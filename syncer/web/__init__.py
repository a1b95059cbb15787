"""The web room: from URLs to what a reader would meet there, with manners per host."""
