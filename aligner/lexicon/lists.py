"""Lists of names and words that several checks read: given names, trade names, bodies and titles."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from aligner.model import Language


def given_names() -> frozenset[str]:
    """Return given names that are common in French and English news."""
    return word_list("given_names.txt")


def brands() -> frozenset[str]:
    """Return trade names with a capital or a stop inside, which must not be split."""
    return word_list("brands.txt")


def of_state() -> frozenset[str]:
    """Return words that occur in names of institutions, places, days and titles, seldom in trade names."""
    return word_list("institutions.txt")


def name_endings() -> frozenset[str]:
    """Return words of both languages that end names of places and products."""
    return word_list("name_endings.txt")


def after_names() -> frozenset[str]:
    """Return words of both languages, in lower case, that often follow a name and end none."""
    return word_list("after_names.txt")


def hyphenated(language: Language) -> frozenset[str]:
    """Return words that are always written with a hyphen."""
    return word_list(f"hyphenated_{language}.txt")


def english_in_french() -> frozenset[str]:
    """Return English words that no French dictionary lists and French news uses all the same."""
    return word_list("english_in_french.txt")


def french_in_english() -> frozenset[str]:
    """Return French words that English has taken over, alone or in a phrase, and the misspelling "dont"."""
    return word_list("french_in_english.txt")


def french_acronyms() -> frozenset[str]:
    """Return acronyms of French bodies and things that English takes over as they are ("SNCF")."""
    return word_list("acronyms_fr.txt")


def interjections() -> frozenset[str]:
    """Return calls, laughter and sounds of both languages, which are said several times over ("la la la")."""
    return word_list("interjections.txt")


def contents_of_cans() -> frozenset[str]:
    """Return English words before a "can" that is a thing: "a trash can", "a watering can"."""
    return word_list("contents_of_cans.txt")


def collective_nouns() -> frozenset[str]:
    """Return English nouns in the singular whose verb may be in the plural: "the jury are"."""
    return word_list("collective_nouns.txt")


def phrasal_verbs() -> Mapping[str, frozenset[str]]:
    """Map particles to the English verbs, without ending, that they belong to ("in" → "come")."""
    text = files("aligner.lexicon").joinpath("data", "phrasal_verbs.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {particle: frozenset(verbs.split()) for particle, verbs in rows}


# Saves 0.3 ms a call, 1,100 calls in an audit of corpora/stories.
@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of one of the shipped lists."""
    return frozenset(files("aligner.lexicon").joinpath("data", name).read_text(encoding="utf-8").split())
