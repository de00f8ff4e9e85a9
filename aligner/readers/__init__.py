"""Input formats: files and rows become documents."""
