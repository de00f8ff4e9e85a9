"""Punkt with parameters that were learned by ``aligner train splitter`` and ship in ``data/splitter.json``.

Kiss & Strunk, "Unsupervised Multilingual Sentence Boundary Detection" (2006).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from aligner.model import Language

_LOWER = (1 << 4) | (1 << 5) | (1 << 6)  # Punkt's flags: seen in lower case anywhere,
_BEGINS_UPPER = 1 << 1  # and with a capital at the beginning of a sentence


@dataclass(frozen=True, slots=True)
class Parameters:
    """What Punkt learned about one language; words are in lower case."""

    abbreviations: frozenset[str]
    collocations: frozenset[tuple[str, str]]
    starters: frozenset[str]
    contexts: Mapping[str, int]

    def is_small(self, word: str) -> bool:
        """Whether ``word`` is written without a capital somewhere: no name, then."""
        return bool(self.contexts.get(word.lower(), 0) & _LOWER)

    def may_start(self, word: str) -> bool:
        """Whether ``word`` is written small in a sentence and was seen to begin others."""
        return self.is_small(word) and bool(self.contexts[word.lower()] & _BEGINS_UPPER)


@functools.cache
def parameters(language: Language) -> Parameters:
    """Return the shipped parameters of one language."""
    source = resources.files("aligner.text") / "data" / "splitter.json"
    stored = json.loads(source.read_text(encoding="utf-8"))[language]
    return Parameters(
        abbreviations=frozenset(stored["abbreviations"]),
        collocations=frozenset((first, second) for first, second in stored["collocations"]),
        starters=frozenset(stored["starters"]),
        contexts={word: int(flags) for flags, words in stored["contexts"].items() for word in words},
    )


@functools.cache
def tokenizer(language: Language) -> Any:
    """Return nltk's ``PunktSentenceTokenizer`` with the shipped parameters."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    known = parameters(language)
    learned = PunktParameters()
    learned.abbrev_types = set(known.abbreviations)
    learned.collocations = set(known.collocations)
    learned.sent_starters = set(known.starters)
    learned.ortho_context.update(known.contexts)
    return PunktSentenceTokenizer(learned)


@functools.lru_cache(maxsize=8192)
def breaks_between(word: str, next_word: str, language: Language) -> bool:
    """Ask Punkt whether a sentence ends after ``word``, which ends in a full stop."""
    return bool(tokenizer(language).text_contains_sentbreak(f"{word} {next_word}"))
