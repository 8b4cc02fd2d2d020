"""A new site for another city: a configuration that explains itself, one example of every kind, what checks entries, and
what an editor needs. ``content`` says what is in it, ``placing`` puts it where it belongs, whole or not at all."""
