"""The words of French and English with how often they occur, counted from the training corpora.

Lower-case entries are common words; capitalised ones are names. Besides, small words that never
stand next to each other. Made by ``aligner.lab.train.lexicon``.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from aligner.model import LANGUAGES, Language


@cache
def lexicon(language: Language) -> Mapping[str, int]:
    """Word → number of occurrences in the training corpora; loaded once, on first use."""
    return counts_of(f"lexicon_{language}.txt.gz")


@cache
def lexicon_digest() -> str:
    """What changes when one of the two lexicons does, and with it what ``is_known`` says."""
    made = hashlib.sha256()
    for language in LANGUAGES:
        made.update(_packed(f"lexicon_{language}.txt.gz"))
    return made.hexdigest()[:16]


@cache
def never_together(language: Language) -> Mapping[str, frozenset[str]]:
    """Small word → the small words that never follow it in the training corpora, though both are frequent."""
    rows = (line.split() for line in lines_of(f"apart_{language}.txt.gz"))
    return {first: frozenset(others) for first, *others in rows}


def counts_of(name: str) -> dict[str, int]:
    """A packed list that is shipped, of lines "WORD COUNT": how often each word, or part of one, occurs."""
    fields = _unpacked(name).split()
    return dict(zip(fields[::2], map(int, fields[1::2]), strict=True))


def lines_of(name: str) -> list[str]:
    """The lines of one of the packed word lists that are shipped."""
    return _unpacked(name).splitlines()


def _unpacked(name: str) -> str:
    return gzip.decompress(_packed(name)).decode("utf-8")


def _packed(name: str) -> bytes:
    return files("aligner.lexicon").joinpath("data", name).read_bytes()


def is_known(word: str, language: Language) -> bool:
    """Whether ``word`` (no apostrophe or hyphen in it) is a word or a name of the language, in any case."""
    words = lexicon(language)
    return word in words or word.lower() in words or word.capitalize() in words
