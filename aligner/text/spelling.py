"""How much a run of letters is spelt like a word of a language: an n-gram model of its letters.

Made from the lexicon on first use; nothing is stored for it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from aligner.model import Language
from aligner.text.lexicon import lexicon

ORDER = 5
"""Letters of the longest n-gram (4 and 5 were tried on words of newsdiscuss glued at random)."""
SMOOTHING = 20
"""Weight of the shorter n-gram, as a number of occurrences (5 and 20 were tried)."""
UNSEEN = 1e-6
"""Probability of a letter that no word of the lexicon has."""
_KEPT = 16_384


@lru_cache(maxsize=_KEPT)
def spelling(word: str, language: Language) -> float:
    """Natural logarithm of how likely a common word of ``language`` is to be spelt like ``word``.

    ``word`` is in lower case. Rare forms of known words score high ("épuisera"), two words run
    together low ("durableentre").
    """
    counts, letters = _ngrams(language)
    marked = f"^{word}$"
    total = 0.0
    for end in range(1, len(marked)):
        share = counts.get(marked[end], 0) / letters + UNSEEN
        for start in range(end - 1, max(-1, end - ORDER), -1):
            seen = counts.get(marked[start:end], 0)
            if not seen:
                break
            share = (counts.get(marked[start : end + 1], 0) + SMOOTHING * share) / (seen + SMOOTHING)
        total += math.log(share)
    return total


@cache
def _ngrams(language: Language) -> tuple[Mapping[str, int], int]:
    """How many words of the lexicon hold each n-gram, names left out, and how many letters they have."""
    words = [f"^{word}$" for word in lexicon(language) if word.islower()]
    counts: Counter[str] = Counter()
    for size in range(1, ORDER + 1):
        counts.update([word[at : at + size] for word in words for at in range(len(word) - size + 1)])
    return counts, sum(map(len, words)) - len(words)
