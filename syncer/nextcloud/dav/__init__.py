"""The only WebDAV client, and how its answers are read."""
