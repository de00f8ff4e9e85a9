"""The words of French and English with how often they occur, counted from the training corpora.

Lower-case entries are common words; capitalised ones are names. Besides, small words that never
stand next to each other. Made by ``aligner.training.lexicon``.
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
    words: dict[str, int] = {}
    for line in lines_of(f"lexicon_{language}.txt.gz"):
        word, _, count = line.partition(" ")
        words[word] = int(count)
    return words


@cache
def never_together(language: Language) -> Mapping[str, frozenset[str]]:
    """Small word → the small words that never follow it in the training corpora, though both are frequent."""
    rows = (line.split() for line in lines_of(f"apart_{language}.txt.gz"))
    return {first: frozenset(others) for first, *others in rows}


def lines_of(name: str) -> list[str]:
    """The lines of one of the packed word lists that are shipped."""
    packed = files("aligner.text").joinpath("data", name).read_bytes()
    return gzip.decompress(packed).decode("utf-8").splitlines()


def is_known(word: str, language: Language) -> bool:
    """Whether ``word`` (no apostrophe or hyphen in it) is a word or a name of the language, in any case."""
    words = lexicon(language)
    return word in words or word.lower() in words or word.capitalize() in words
