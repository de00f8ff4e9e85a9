"""One run, read top to bottom: read, pair, align, check, report."""
