"""The words that a detector scores: every character but white space is in exactly one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligner.lexicon.words import is_known
from aligner.model import Language, Span

MIN_LETTERS = 3
"""Letters from which a word is looked up: shorter ones are units and abbreviations as often."""

_LETTER = r"[\w\u0300-\u036f]"  # with accents as separate characters
_WORD = re.compile(
    # "l'" before "article", but "aujourd'hui" whole
    rf"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?={_LETTER})"
    # "company" before "'s", but "don't", "O'Brien" and "3,5" whole
    rf"|{_LETTER}+(?:-{_LETTER}+|(?<=\d)[.,](?=\d){_LETTER}+|['’](?!(?:s|ve|re|ll|d|m)(?!{_LETTER})){_LETTER}+)*"
    rf"|['’](?:s|ve|re|ll|d|m)(?!{_LETTER})"
    r"|([^\w\s])\1*",  # a mark, or several alike in a row
    re.IGNORECASE,
)


def word_spans(text: str) -> list[Span]:
    """Return spans of the words and marks of ``text``, in order; elided and contracted words are separate."""
    return [match.span() for match in _WORD.finditer(text)]


def unknown(text: str, words: Sequence[Span], language: Language) -> list[bool]:
    """Return for each word whether it is in lower case and in no word list of the language."""
    return [_is_unknown(text[start:end], language) for start, end in words]


def _is_unknown(word: str, language: Language) -> bool:
    return len(word) >= MIN_LETTERS and word.isalpha() and word.islower() and not is_known(word, language)
