"""Scores against gold data, for `aligner bench`."""
