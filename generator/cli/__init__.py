"""What the commands share: what is asked, places, help, printing."""
