"""The published files, as readers, programs and browsers meet them."""
