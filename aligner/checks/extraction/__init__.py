"""Checks of faults of extraction."""
