"""Cards and posters: letters set, drawn and kept."""
