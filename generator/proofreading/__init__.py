"""Values, stories and captions read for what was not meant: placeholders, hidden characters, personal data, the same twice in a list."""
