"""The words of French and English with how often they occur, counted from the training corpora.

Lower-case entries are common words; capitalised ones are names. Made by ``aligner.training.lexicon``.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from aligner.model import Language


@cache
def lexicon(language: Language) -> Mapping[str, int]:
    """Word → number of occurrences in the training corpora; loaded once, on first use."""
    packed = files("aligner.text").joinpath(f"data/lexicon_{language}.txt.gz").read_bytes()
    words: dict[str, int] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        word, _, count = line.partition(" ")
        words[word] = int(count)
    return words


def is_known(word: str, language: Language) -> bool:
    """Whether ``word`` (no apostrophe or hyphen in it) is a word or a name of the language, in any case."""
    words = lexicon(language)
    return word in words or word.lower() in words or word.capitalize() in words
