"""Where media enter the site. Nothing that was submitted is published as it came."""
