"""Checks of accuracy: what one side says and the other does not."""
