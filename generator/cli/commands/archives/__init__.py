"""The commands for frozen years, a module each."""
