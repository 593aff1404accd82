"""One node -> one value, or what is wrong with it."""
