"""The commands themselves, one module each, and ``main``, which holds them."""
