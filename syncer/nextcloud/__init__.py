"""Share links → the trees of the files in the shares."""
