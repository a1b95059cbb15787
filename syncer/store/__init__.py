"""The store: the state database, atomic files and the run lock."""
