"""The matching room (pure): from rows and files to one match per row, with its reasons."""
