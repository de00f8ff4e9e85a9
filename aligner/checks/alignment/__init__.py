"""Checks of doubtful alignment."""
