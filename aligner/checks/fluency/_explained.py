"""Explanations of a fault of fluency: text that is foreign, run together, cut or repeated."""

BROKEN_TEXT = ("ACC304", "ACC305", "ACC306", "EXT101", "EXT103", "EXT104", "EXT105")
"""Codes whose finding on the same passage explains one of grammar."""
