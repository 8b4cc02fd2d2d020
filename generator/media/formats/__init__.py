"""Formats of pictures: decoding, encoding, SVG, tags, and what is attached to a file."""
