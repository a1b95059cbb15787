"""A handbook and a Nextcloud-faithful WebDAV server of our own, on loopback."""
