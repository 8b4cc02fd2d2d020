"""Text: its characters, numbers, dates, names for files, and addresses as texts."""
