"""Measures and makes the shipped models; only the command line knows it."""
