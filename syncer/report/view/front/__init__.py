"""What the report says of the run as a whole: the first screen, what changed, and the course."""
