"""The commands, a module each, and ``main``, which runs the one that was typed."""
