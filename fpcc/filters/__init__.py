"""Filters of a graph's edges: expressions in tcpdump's syntax, as BPF programs and as native code."""
