"""The commands: what is asked, places, help, printing."""
