"""The gate of a check: thresholds, known and suppressed findings, and the articles that are checked."""
