"""Checks of fluency: what is wrong in a text by itself."""
