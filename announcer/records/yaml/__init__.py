"""Bytes -> nodes with positions, or what is wrong with the syntax."""
