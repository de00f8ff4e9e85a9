"""The function words of French and English, and the subsets that checks and language identification use.

The words are in ``data/function_words.toml``, by part of speech, with their marks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Final, Literal

from aligner.model import LANGUAGES, Language

Mark = Literal[
    "other_language", "neighbours", "unweighed", "opens", "splits", "leads", "follows", "unborrowed"
]
_TABLE: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = tomllib.loads(
    files("aligner.lexicon").joinpath("data", "function_words.toml").read_text(encoding="utf-8")
)


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string as a set; tables of words are easier to read and edit as running text."""
    return frozenset(words.split())


def rows(language: Language, *, beyond_core: bool = False) -> Mapping[str, frozenset[str]]:
    """Return the core words of a language by part of speech; with ``beyond_core``, the less common ones."""
    return {
        part: word_set(words) for part, words in _TABLE[language]["more" if beyond_core else "core"].items()
    }


def marked(language: Language, mark: Mark) -> frozenset[str]:
    """Return the words of a language that have a mark."""
    return word_set(_TABLE[language]["marks"][mark])


FUNCTION: Mapping[Language, frozenset[str]] = {
    language: frozenset().union(*rows(language).values()) for language in LANGUAGES
}
"""The function words of each language, those that are words of the other language too included."""

ONLY: Mapping[Language, frozenset[str]] = {
    language: FUNCTION[language] - marked(language, "other_language") for language in LANGUAGES
}
"""Function words of one language that are no word, name or common loan of the other."""

WEIGHED: Mapping[Language, frozenset[str]] = {
    language: FUNCTION[language].union(*rows(language, beyond_core=True).values())
    - marked(language, "unweighed")
    for language in LANGUAGES
}
"""Words by which a language is identified."""

OPENERS: Mapping[Language, frozenset[str]] = {
    language: frozenset(word.capitalize() for word in marked(language, "opens")) for language in LANGUAGES
}
"""Words that open a sentence or a clause, as written with their capital."""
