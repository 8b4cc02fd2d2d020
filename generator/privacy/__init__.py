"""What identifies a person, found in any writing and masked."""
