"""Checks of typography."""
