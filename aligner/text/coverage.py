"""The share of an article that the other one covers; outside ``alignment``, which loads numpy."""

from __future__ import annotations

from aligner.model import Alignment, Language
from aligner.text.words import count_words

LEAST_SIMILARITY = 0.3
"""A bead below this similarity covers nothing. Set on `corpora/demo` and the development pairs."""


def coverage(alignment: Alignment, language: Language) -> float:
    """Return the share 0..1 of one side's words (title and body) with a counterpart in the same order.

    A bead less similar than ``LEAST_SIMILARITY`` covers nothing, and so does a passage that changed place.
    """
    total = covered = 0
    for bead in alignment.beads:
        words = sum(count_words(segment.text) for segment in bead.side(language))
        total += words
        if bead.fr and bead.en and bead.similarity >= LEAST_SIMILARITY:
            covered += words
    return covered / total if total else 0.0
