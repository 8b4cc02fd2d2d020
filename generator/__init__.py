"""Checks the records of a brand season and builds one online exhibition from them."""

__version__ = "0.1.0"
