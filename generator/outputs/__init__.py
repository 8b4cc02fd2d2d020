"""Files that are no pages, and how all of them are made."""
