"""Pages that are of no kind: home, site map, years, what is withdrawn, redirects."""
