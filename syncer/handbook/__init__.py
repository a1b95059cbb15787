"""A handbook: its pages, resource rows, links and the site that is built from it."""
