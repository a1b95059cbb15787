"""Web links → what a reader would find there, with manners per host."""
