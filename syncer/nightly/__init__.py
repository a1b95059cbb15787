"""A run as people schedule it: lock, earlier runs, writing, delivery, the worker."""
