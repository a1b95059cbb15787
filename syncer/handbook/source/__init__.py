"""The files of a handbook, from a folder, a single file or a git repository."""
