"""The only WebDAV client, and the parsing of its answers."""
