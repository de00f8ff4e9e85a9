"""What fails a check: thresholds, known findings, suppressed findings, and which articles are looked at."""
