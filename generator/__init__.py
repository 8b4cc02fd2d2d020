"""Checks the records of a brand season and builds one online exhibition from them."""

__version__ = "0.1.0"
MARK = '<meta name="generator" content="exhibit">'  # what every page says of who made it, so that a later build knows it
