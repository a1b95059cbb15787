"""The files and folders of a run, found by the words of their names (pure)."""
