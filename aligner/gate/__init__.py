"""What fails a check: thresholds, known findings, findings let go, and which articles are looked at."""
