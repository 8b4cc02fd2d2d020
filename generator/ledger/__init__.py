"""What a site has promised for ever: the ledger of its published addresses, and the tombstones of what is gone from them."""
