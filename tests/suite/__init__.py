"""The browser suite: measures the built exhibition of the tests and judges what it measured. See docs/quality.md."""
