"""Measurements of the project: none of them is an assertion on time."""
