"""Keep French and English versions of the same articles in step."""

__version__ = "0.1.0"
