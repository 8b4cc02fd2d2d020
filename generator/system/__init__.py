"""What the machine gives: files that are what they seem, memory and processors, kept values, what git tracks."""
