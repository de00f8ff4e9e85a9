"""A report reviewed by a person: a local page on which findings, pairs and beads are marked."""
