"""The report room (pure): from a manifest to text for people and for CI."""
