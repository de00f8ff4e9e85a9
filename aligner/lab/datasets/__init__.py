"""Readers of public data, and measures that training and benchmarks share."""
