"""How much a run of letters is spelled like a word of a language: an n-gram model of its letters.

The n-grams are counted in the lexicon by ``aligner.lab.train.letters``, once, not at every start.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from aligner.lexicon.words import counts_of
from aligner.model import Language

ORDER = 5
"""Letters of the longest n-gram (4 and 5 were tried on words of newsdiscuss glued at random)."""
SMOOTHING = 20
"""Weight of the shorter n-gram, as a number of occurrences (5 and 20 were tried)."""
UNSEEN = 1e-6
"""Probability of a letter that no word of the lexicon has."""
BEGIN, END = "^", "$"


def spelling(word: str, language: Language) -> float:
    """Return the log-probability (natural) that a common word of ``language`` is spelled like ``word``.

    ``word`` is in lower case. Rare forms of known words score high ("épuisera"), two words run
    together low ("durableentre").
    """
    counts, letters = _ngrams(language)
    signs = marked(word)
    total = 0.0
    for end in range(1, len(signs)):
        share = counts.get(signs[end], 0) / letters + UNSEEN
        for start in range(end - 1, max(-1, end - ORDER), -1):
            count = counts.get(signs[start:end], 0)
            if not count:
                break
            share = (counts.get(signs[start : end + 1], 0) + SMOOTHING * share) / (count + SMOOTHING)
        total += math.log(share)
    return total


def marked(word: str) -> str:
    """Return the word with a boundary mark at either end; marks count as letters."""
    return f"{BEGIN}{word}{END}"


# Saves 22 ms a call, 59 calls in an audit of corpora/stories.
@cache
def _ngrams(language: Language) -> tuple[Mapping[str, int], int]:
    """Return how many words of the lexicon, names left out, contain each n-gram, and their letters in all."""
    counts = counts_of(f"letters_{language}.txt.gz")
    return counts, sum(n for ngram, n in counts.items() if len(ngram) == 1 and ngram != BEGIN)
