"""The handbook room: from a folder or a git repository to resource rows, links and the site."""
