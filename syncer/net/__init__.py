"""What all HTTP shares: deadlines, bounded reading, causes of failures."""
