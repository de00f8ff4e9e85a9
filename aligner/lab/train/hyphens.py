"""Makes the lists of words that are written with a hyphen, and hardly ever without one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from aligner.lexicon.dictionary import in_dictionary, is_word
from aligner.model import LANGUAGES, Language

_WORD = re.compile(r"(?<![\w’'@/.-])[a-zà-öø-ÿœ]+(?:-[a-zà-öø-ÿœ]+)*(?![\w@/-]|\.\w)")
_INVERTED = re.compile(r"-(?:ils?|elles?|on|ce|je|tu|nous|vous|les?|la|lui|leur|moi|toi|en|y|t)\Z")
_SEEN, _SEEN_IF_WORD = 10, 100
"""Occurrences from which a word is listed, and from which one that is a rare word without its hyphen."""
_RATIO = 50
"""How many times as often as without its hyphen."""
_SHORTEST = 2
"""Letters of a part."""


def hyphenated_words(text: Iterable[str], language: Language) -> list[str]:
    """Return the words that a text has with a hyphen, and that are none without it."""
    counts = Counter(word for line in text for word in _WORD.findall(line))
    return sorted(word for word in counts if _is_hyphenated(word, counts, language))


def _is_hyphenated(word: str, counts: Counter[str], language: Language) -> bool:
    joined = word.replace("-", "")
    if joined == word or min(map(len, word.split("-"))) < _SHORTEST:
        return False
    if language == "fr" and _INVERTED.search(word):
        return False
    seen = _SEEN_IF_WORD if is_word(joined, language) else _SEEN
    return counts[word] >= max(seen, _RATIO * counts[joined]) and not any(
        in_dictionary(joined, code) for code in LANGUAGES
    )
