"""Records of every kind, read, gathered and cut to what is public."""
