"""The state database, atomic files and the run lock."""
