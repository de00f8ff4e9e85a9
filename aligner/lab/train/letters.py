"""Counts the letters of the words of a lexicon: what ``aligner.lexicon.spelling`` tells words by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from aligner.lexicon.spelling import ORDER, marked

FEWEST_WORDS = 3
"""Words that an n-gram of letters must be in to be kept: the others make most of the file and tell little
(2 and 4 find as many of the words of newsdiscuss glued at random)."""


def ngrams(words: Iterable[str]) -> list[tuple[str, int]]:
    """Count the common words that contain each letter n-gram, names left out; in alphabetical order."""
    common = [marked(word) for word in words if word.islower()]
    counts: Counter[str] = Counter()
    for size in range(1, ORDER + 1):
        counts.update(
            [word[start : start + size] for word in common for start in range(len(word) - size + 1)]
        )
    return sorted((ngram, n) for ngram, n in counts.items() if n >= FEWEST_WORDS)
