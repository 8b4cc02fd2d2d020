"""The browser suite: measures the repository's own built site and judges what it measured. See docs/quality.md."""
