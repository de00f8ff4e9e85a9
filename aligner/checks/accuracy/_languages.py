"""How much of a passage is French and how much English, word by word."""

from __future__ import annotations

import re
from typing import NamedTuple

from aligner.lexicon.function_words import ONLY
from aligner.lexicon.words import lexicon
from aligner.model import LANGUAGES, Language

MUCH_MORE = 30
"""How many times as frequent a word must be in one lexicon to be of that language alone
(tuned on newstest2008-2012; the two lexicons count about the same amount of text)."""

FEWEST_CAPITALS = 3
"""Words from which a passage in capitals is a line, not an acronym or a name."""

_QUOTED = re.compile(r"[«“\"][^«»“”\"\n]{1,600}(?:[»”\"]|\Z)")
_WORD = re.compile(r"[^\W\d_]+")


class Evidence(NamedTuple):
    """Words of a passage, and how many speak for French and for English."""

    words: int
    fr: int
    en: int

    def of(self, language: Language) -> int:
        """Return the number of words of one language."""
        return self.fr if language == "fr" else self.en


def unquoted(text: str) -> str:
    """Return the passage without what is between double quotation marks."""
    return _QUOTED.sub(" ", text)


def in_small_letters(text: str) -> str:
    """Return the passage in lower case if it is all in capitals, as headlines are."""
    return text.lower() if text.isupper() and len(_WORD.findall(text)) >= FEWEST_CAPITALS else text


def small_words(text: str) -> Evidence:
    """Count the function words of only one of the languages; inside the passage, a capital is a name."""
    words = _WORD.findall(in_small_letters(text))
    small = [*map(str.lower, words[:1]), *words[1:]]
    fr, en = (sum(map(ONLY[language].__contains__, small)) for language in LANGUAGES)
    return Evidence(len(words), fr, en)


def all_words(text: str) -> Evidence:
    """Count the words without a capital that only one of the languages has, by the lexicon; slower."""
    words = [word for word in _WORD.findall(in_small_letters(text)) if word.islower()]
    sides = [language_of(word) for word in words]
    return Evidence(len(words), sides.count("fr"), sides.count("en"))


def language_of(word: str) -> Language | None:
    """Return the language of a lower-case word, None for words of both or of neither."""
    fr, en = lexicon("fr").get(word, 0), lexicon("en").get(word, 0)
    if fr > MUCH_MORE * en:
        return "fr"
    return "en" if en > MUCH_MORE * fr else None
