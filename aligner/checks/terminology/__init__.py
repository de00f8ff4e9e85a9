"""Checks of terminology."""
