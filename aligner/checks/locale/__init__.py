"""Checks of locale conventions."""
