"""Morphology: the lemmas, parts of speech and features of French and English word forms.

``aligner.lab.train.morphology`` makes the tables; their sources and licences are in ``data/LEXICON.md``.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from sys import intern
from typing import NamedTuple

from aligner.lexicon.dictionary import in_dictionary
from aligner.lexicon.packed import SortedLines
from aligner.model import Language

_CACHE_SIZE = 32_768
_ENDING, _SHORTEST = 3, 3
"""Letters at the end of a lemma that most of its other forms replace, and what is left of it at least."""


class Reading(NamedTuple):
    """One thing that a form may be: a form of ``lemma``, with its part of speech and features as ``tags``."""

    lemma: str
    tags: frozenset[str]


class _Class(NamedTuple):
    """A class of forms: the ending to cut and the one to add for the lemma, and the tags."""

    cut: str
    add: str
    tags: frozenset[str]


class _Table(NamedTuple):
    """The classes, the forms with their numbers, and the numbers of the classes by the ending they add."""

    classes: tuple[_Class, ...]
    rows: SortedLines
    replacing: Mapping[str, Sequence[int]]


# Saves 1.9 s beside the 8 s of an audit of corpora/stories.
@lru_cache(maxsize=_CACHE_SIZE)
def readings(word: str, language: Language) -> tuple[Reading, ...]:
    """Return all that ``word`` may be, as it is written or in lower case; nothing for an unknown word."""
    lower = word.lower()
    table = _table(language)
    spellings = (word, lower) if word != lower else (word,)
    found: list[Reading] = []
    for form in spellings:
        for number in _numbers_of(form, table.rows):
            cut, add, tags = table.classes[number]
            found.append(Reading(form[: len(form) - len(cut)] + add, tags))
    return tuple(found)


def forms(lemma: str, tags: frozenset[str], language: Language) -> tuple[str, ...]:
    """Return the forms of ``lemma`` that have all of ``tags``, in the order of the alphabet."""
    table = _table(language)
    return tuple(
        sorted({form for form, number in _forms_of(lemma, table) if tags <= table.classes[number].tags})
    )


def tag_sets(language: Language) -> frozenset[frozenset[str]]:
    """Return all sets of tags that a reading may have."""
    return frozenset(row.tags for row in _table(language).classes)


def _forms_of(lemma: str, table: _Table) -> Iterator[tuple[str, int]]:
    """Yield the forms of a lemma with the number of their class.

    Most begin like it, and are neighbours in the table; those of the classes that replace more are few.
    """
    stem = lemma[: max(_SHORTEST, len(lemma) - _ENDING)]
    for form, listed in table.rows.beginning(stem):
        for number in _numbers(listed):
            cut, add, _ = table.classes[number]
            if form[: len(form) - len(cut)] + add == lemma:
                yield form, number
    for length in range(len(lemma) - len(stem) + 1, len(lemma) + 1):
        for number in table.replacing.get(lemma[-length:], ()):
            form = lemma[:-length] + table.classes[number].cut
            if number in _numbers_of(form, table.rows):
                yield form, number


# Saves 0.1 s of the 8 s of an audit of corpora/stories.
@lru_cache(maxsize=_CACHE_SIZE)
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
        stem_readings = readings(stem, "en")
        if stem_readings and all(reading.tags == {"adj"} for reading in stem_readings):
            return stem
    if word.endswith("ed"):
        for base in (word[:-2], word[:-1], word[:-3]):
            if any("base" in reading.tags for reading in readings(base, "en")):
                return next(iter(forms(base, _PAST, "en")), None)
    return None


def pluralised(word: str) -> str | None:
    """Return the plural of a French noun or adjective that was given the ending of others; else None.

    "chevals" are "chevaux", "bateaus" "bateaux", "festivaux" "festivals", "pneux" "pneus".
    """
    if "-" in word or not word.endswith(_PLURAL_ENDINGS) or readings(word, "fr") or in_dictionary(word, "fr"):
        return None
    stems = [
        word[:-1],
        *(word[:-3] + ending for ending in ("al", "ail") if word.endswith("aux") and len(word) > _SHORT),
    ]
    plurals = (
        right
        for stem in stems
        for reading in readings(stem, "fr")
        if "sing" in reading.tags and (kind := reading.tags & _KIND) in (_KIND - {"adj"}, _KIND - {"noun"})
        for right in forms(reading.lemma, kind | {"plur"}, "fr")
    )
    return next(plurals, None)


_SHORT = 5
"""Letters of words in "-aux" that are rather words of a dialect ("siaux")."""
_PLURAL_ENDINGS = ("als", "ails", "aus", "eus", "ous", "aux", "eux", "oux")
_KIND = frozenset(("noun", "adj", "masc"))
_PLURAL, _PAST = frozenset(("noun", "plur")), frozenset(("verb", "past"))


def _numbers_of(form: str, rows: SortedLines) -> Sequence[int]:
    """Return the numbers of the classes that a form belongs to."""
    listed = rows.rest_of(form)
    return _numbers(listed) if listed else ()


def _numbers(listed: str) -> Sequence[int]:
    return [int(number) for number in listed.split(",") if number]


# Saves 28 ms a call, one call a word.
@cache
def _table(language: Language) -> _Table:
    packed = files("aligner.lexicon").joinpath("data", f"morphology_{language}.txt.gz").read_bytes()
    lines = gzip.decompress(packed)
    blank = lines.index(b"\n\n")
    split = (line.split("\t") for line in lines[:blank].decode("utf-8").split("\n"))
    tags_of = cache(lambda tags: frozenset(map(intern, tags.split())))  # six classes have the same
    classes = tuple(_Class(cut, add, tags_of(tags)) for cut, add, tags in split)
    replacing: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(classes):
        replacing[row.add].append(number)
    return _Table(classes, SortedLines(lines, blank + 1), replacing)
