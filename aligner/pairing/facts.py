"""Numbers, names and links of an article in a form that both languages share.

They separate two stories about the same company in the same week, which vectors cannot.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from aligner.lexicon.words import without_accents

Facts = frozenset[Any]
"""Facts of an article: their own names, or digests of these."""
Rarity = Mapping[Any, float]
"""Weight of each fact, by the same."""

_NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u202f\u2009 ]*\d)?")
# A capital inside a sentence: what follows a full stop or an opening quote proves nothing.
_NAME = re.compile(r"(?<![.!?…»«”“\"\n:])(?<=[\s(’'-])[A-ZÀ-ÖØ-Þ][\w’'-]{2,}")
_ELIDED = re.compile(r"^[dlnscj]['’]")
_URL = re.compile(r"https?://(?:www\.)?([^\s<>()\[\]\"']+)")
_URL_LANGUAGE = re.compile(r"[/.?=_-](?:fr|en|fra|eng|francais|english)(?=[/.&_-]|$)|\.html?$|[.,;/]+$")
_NOT_DIGIT = re.compile(r"\D")
_WEEKDAYS = {
    name: f"0day{number}"
    for names in (
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split())
}
_NOT_WORD = re.compile(r"\W+")
NAME_STEM = 6  # letters kept of a name: "Américains"/"Americans", "Allemagne"'s derivatives


_WEEKDAY_STEMS = frozenset(name[:NAME_STEM] for name in _WEEKDAYS)


def facts(text: str) -> frozenset[str]:
    """Return numbers (digits alone), weekdays, and stems of names inside sentences."""
    days = (_WEEKDAYS[name] for name in _WEEKDAYS.keys() & set(_NOT_WORD.split(text.lower())))
    figures = (_NOT_DIGIT.sub("", match.group()) for match in _NUMBER.finditer(text))
    names = (_stem(match.group()) for match in _NAME.finditer(text))
    stems = frozenset(name for name in names if name and name not in _WEEKDAY_STEMS)
    return frozenset(figures) | frozenset(days) | stems


def links(text: str) -> frozenset[str]:
    """Return web addresses without the part that names a language."""
    addresses = (_URL_LANGUAGE.sub("", match.group(1).lower()) for match in _URL.finditer(text))
    return frozenset(f"://{link}" for link in addresses)


# Saves a quarter of summing up an article: names come again and again.
@lru_cache(maxsize=65536)
def _stem(name: str) -> str:
    return without_accents(_ELIDED.sub("", name.lower()))[:NAME_STEM]


def total(facts: Facts, weight: Rarity) -> float:
    """Return the sum of the rarities of all facts."""
    return math.fsum(weight[fact] for fact in facts)


def shared_facts(fr: Facts, en: Facts, weight: Rarity, least: float) -> float:
    """Return the share (0..1, by rarity, smoothed) of the poorer article's facts that the other has too.

    ``least`` is the smaller of the two articles' totals.
    """
    return (total(fr & en, weight) + 1.0) / (least + 3.0)


def agreeing_numbers(fr: Facts, en: Facts) -> float:
    """Return how many numbers of the poorer side the other has: 1 all, -1 none; 0 without any."""
    shared = len(fr & en)
    missing = min(len(fr), len(en)) - shared
    return (shared - missing) / (shared + missing + 3.0)
