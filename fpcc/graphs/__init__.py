"""Graphs of nodes for `fpcc serve`: read from TOML, checked, and handed to the host."""
