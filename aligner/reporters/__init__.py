"""Output of results: the report folder, its pages, and every other format."""
