"""Lists of names and words that several checks read: given names, trade names, bodies and titles."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def given_names() -> frozenset[str]:
    """Return given names that are common in French and English news."""
    return _word_list("given_names.txt")


@cache
def brands() -> frozenset[str]:
    """Return trade names with a capital or a stop inside, which must not be split."""
    return _word_list("brands.txt")


@cache
def of_state() -> frozenset[str]:
    """Return words that occur in names of institutions, places, days and titles, seldom in trade names."""
    return _word_list("institutions.txt")


@cache
def hyphenated() -> frozenset[str]:
    """Return French words that are always written with a hyphen."""
    return _word_list("hyphenated_fr.txt")


@cache
def phrasal_verbs() -> Mapping[str, frozenset[str]]:
    """Map particles to the English verbs, without ending, that they belong to ("in" → "come")."""
    text = files("aligner.lexicon").joinpath("data", "phrasal_verbs.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {particle: frozenset(verbs.split()) for particle, verbs in rows}


def _word_list(name: str) -> frozenset[str]:
    return frozenset(files("aligner.lexicon").joinpath("data", name).read_text(encoding="utf-8").split())
