"""The files of a site: which there are, their text, and what spoils them before anything is read."""
