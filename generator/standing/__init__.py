"""What of the site before still stands, so that it is not made again."""
