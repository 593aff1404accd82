"""What is valid and still not meant."""
