"""Live preview: builds, serves on this machine, rebuilds when a source changes, and reloads the open pages.

The preview is built with ``keep_going``: a broken record is left out and its problems are shown on every page, so a
clerk sees them where the work is. The script and the panels are added while a page is sent; no file has them.
"""
