"""YAML -> the domain's records, or problems with their place and what to type instead."""
