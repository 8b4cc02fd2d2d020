"""The plan of a site and what its views draw on."""
