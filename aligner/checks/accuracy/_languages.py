"""The shares of French and of English in a passage, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from aligner.lexicon.function_words import ONLY
from aligner.lexicon.words import lexicon, without_accents
from aligner.model import LANGUAGES, Language, Span

MUCH_MORE = 30
"""How many times as frequent a word must be in one lexicon to be of that language alone
(tuned on newstest2008-2012; the two lexicons count about the same amount of text)."""

FEWEST_CAPITALS = 3
"""Words from which a passage in capitals is a line, not an acronym or a name."""

NAMES_OF_LANGUAGES = frozenset(("français", "française", "french", "anglais", "anglaise", "english"))
"""Words that a passage has which is meant to be in the other language: "open source en français"."""

_QUOTED = re.compile(r"[«“\"][^«»“”\"\n]{1,600}(?:[»”\"]|\Z)")
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_LONGEST_PHRASE = 6
"""Words of a borrowed phrase that is looked for within a passage."""
_ARTICLES = frozenset(
    ("a", "an", "the", "un", "une", "le", "la", "les", "her", "his", "their", "my", "our", "son", "sa")
)


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


def is_borrowed(text: str, language: Language) -> bool:
    """Return whether a passage is a saying that the other language has taken over: "C'est la vie.".

    An article before it counts with it: "A raison d'être".
    """
    words = _NO_LETTERS.sub(" ", _folded(text)).split()
    spellings = (" ".join(words), " ".join(words[1:]) if words[:1] and words[0] in _ARTICLES else "")
    return not _borrowed_phrases(language).isdisjoint(spellings)


def without_borrowed(text: str, language: Language) -> str:
    """Return a passage without the phrases of ``language`` that the other one has taken over."""
    kept, end = [], 0
    for start, last in borrowed_spans(text, language):
        kept.append(text[end:start])
        end = last
    return "".join((*kept, text[end:]))


def borrowed_spans(text: str, language: Language) -> Iterator[Span]:
    """Yield where phrases of ``language`` are that the other one has taken over, in the plural too."""
    words = list(_WORD.finditer(text))
    folded = [_folded(word.group()) for word in words]
    phrases, first = _borrowed_phrases(language), 0
    while first < len(words):
        sizes = range(min(_LONGEST_PHRASE, len(words) - first), 1, -1)
        runs = ((n, folded[first : first + n]) for n in sizes)
        size = next((n for n, run in runs if not phrases.isdisjoint(_spellings(run))), 0)
        if size:
            yield words[first].start(), words[first + size - 1].end()
        first += size or 1


def _spellings(words: Sequence[str]) -> tuple[str, ...]:
    """Return a phrase as it is, and in the singular where its first, its last or every word is a plural."""
    phrase = " ".join(words)
    spellings = [phrase]
    if words[0].endswith("s"):
        spellings.append(" ".join((words[0][:-1], *words[1:])))
    if phrase.endswith(("s", "x")):
        spellings += [phrase[:-1], " ".join(word.removesuffix("s") for word in words)]
    return tuple(spellings)


# Saves 0.7 ms a call, one for each short sentence in the other language.
@cache
def _borrowed_phrases(language: Language) -> frozenset[str]:
    table = files("aligner.checks.accuracy").joinpath("data/borrowed_phrases.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    phrases = (phrase for lang, listed in rows if lang == language for phrase in listed.split("|"))
    return frozenset(" ".join(_NO_LETTERS.sub(" ", _folded(phrase)).split()) for phrase in phrases)


def _folded(text: str) -> str:
    return without_accents(text.lower().replace("œ", "oe"))


def in_small_letters(text: str) -> str:
    """Return the passage in lower case if it is all in capitals, as headlines are."""
    return text.lower() if text.isupper() and len(_WORD.findall(text)) >= FEWEST_CAPITALS else text


def small_words(text: str) -> Evidence:
    """Count the function words of only one of the languages; inside the passage, a capital is a name."""
    words = _WORD.findall(in_small_letters(text))
    lowered = [*map(str.lower, words[:1]), *words[1:]]
    fr, en = (sum(map(ONLY[language].__contains__, lowered)) for language in LANGUAGES)
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
