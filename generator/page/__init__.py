"""What every page has around its exhibit: head, foot, printed imprint, linked data."""
