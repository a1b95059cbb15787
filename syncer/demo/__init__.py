"""A demo handbook, and a read-only Nextcloud on loopback that its links point to."""
