"""A page's text → headings, ids, links and tables, as kramdown reads it (pure)."""
