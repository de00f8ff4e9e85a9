"""What a form may be: the lemmas, parts of speech and features of French and English words.

The tables are searched as they are packed, sorted lines of UTF-8. ``aligner.lab.train.morphology`` makes
them; their sources and licences are in ``data/LEXICON.md``.
"""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from aligner.lexicon.dictionary import in_dictionary
from aligner.model import Language

_KEPT = 32_768


class Reading(NamedTuple):
    """One thing that a form may be: a form of ``lemma``, with its part of speech and features as ``tags``."""

    lemma: str
    tags: frozenset[str]


class _Class(NamedTuple):
    """How forms of a class give their lemma (an ending cut off, one added), and what they are."""

    cut: str
    add: str
    tags: frozenset[str]


# Saves 1.9 s beside the 8 s of an audit of corpora/stories.
@lru_cache(maxsize=_KEPT)
def readings(word: str, language: Language) -> tuple[Reading, ...]:
    """Return all that ``word`` may be, as it is written or in lower case; nothing for an unknown word."""
    lower = word.lower()
    found = _classes_of(word, language) if word != lower else ()
    classes = _table(language)[0]
    numbered = [(word, number) for number in found] + [(lower, n) for n in _classes_of(lower, language)]
    made = ((form, classes[number]) for form, number in numbered)
    return tuple(Reading(form[: len(form) - len(c.cut)] + c.add, c.tags) for form, c in made)


def forms(lemma: str, tags: frozenset[str], language: Language) -> tuple[str, ...]:
    """Return the forms of ``lemma`` that have all of ``tags``, in the order of the alphabet."""
    found = set()
    for number, (cut, add, of_class) in enumerate(_table(language)[0]):
        if tags <= of_class and lemma.endswith(add):
            form = lemma[: len(lemma) - len(add)] + cut
            if number in _classes_of(form, language):
                found.add(form)
    return tuple(sorted(found))


# Saves 0.1 s of the 8 s of an audit of corpora/stories.
@lru_cache(maxsize=_KEPT)
def regularised(word: str) -> str | None:
    """Return the right form of an English word inflected as if it were regular; None for any other word.

    "childs" and "childrens" are "children", "teached" is "taught", "differents" is "different".
    """
    if readings(word, "en") or in_dictionary(word, "en"):
        return None
    stem = word[:-1] if word.endswith("s") else ""
    for reading in readings(stem, "en") if stem else ():
        if "noun" in reading.tags and (plurals := forms(reading.lemma, _PLURAL, "en")):
            return plurals[0]
    # "The financials": what ends so becomes a noun easily.
    if stem and not stem.endswith("al"):
        own = readings(stem, "en")
        if own and all(reading.tags == {"adj"} for reading in own):
            return stem
    if word.endswith("ed"):
        for base in (word[:-2], word[:-1], word[:-3]):
            if any("base" in reading.tags for reading in readings(base, "en")):
                return next(iter(forms(base, _PAST, "en")), None)
    return None


_PLURAL, _PAST = frozenset(("noun", "plur")), frozenset(("verb", "past"))


def _classes_of(form: str, language: Language) -> tuple[int, ...]:
    """Search the packed table: the line that begins with ``form`` and a tab, found by halving."""
    rows, wanted = _table(language)[1], form.encode("utf-8", "surrogatepass")
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        start = rows.rfind(b"\n", 0, middle) + 1
        end = rows.index(b"\n", start)
        found, _, numbers = rows[start:end].partition(b"\t")
        if found == wanted:
            return tuple(map(int, numbers.split(b",")))
        if found < wanted:
            low = end + 1
        else:
            high = start
    return ()


# Saves 28 ms a call, one call a word.
@cache
def _table(language: Language) -> tuple[tuple[_Class, ...], bytes]:
    packed = files("aligner.lexicon").joinpath("data", f"morphology_{language}.txt.gz").read_bytes()
    head, _, rows = gzip.decompress(packed).partition(b"\n\n")
    split = (line.split("\t") for line in head.decode("utf-8").split("\n"))
    return tuple(_Class(cut, add, frozenset(tags.split())) for cut, add, tags in split), rows
