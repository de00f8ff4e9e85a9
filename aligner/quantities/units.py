"""Currencies, units, magnitude abbreviations, months and weekdays of both languages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from aligner.model import LANGUAGES, Language


class Unit(NamedTuple):
    """A unit: what it measures and how many of the base unit of that it is."""

    name: str
    dimension: str
    factor: float


DATA = Path(__file__).parent / "data"
"""Tables made from CLDR and pint by ``aligner.lab.train.tables``."""


def _rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


CURRENCIES: Mapping[str, str] = {
    word: code for code, words in _rows("currencies.tsv") for word in words.split()
}
"""Word, code or sign → currency. All dollars are one, and so are all crowns."""
ISSUERS = tuple(tuple(row) for row in _rows("issuers.tsv"))
"""Currency, code, and the French and English words for whose it is ("canadien|canadiens", "canadian")."""
HOMOGRAPHS = frozenset(
    "won livre livres pound pounds mark marks couronne couronnes "
    "crown crowns real rand leu lei sterling".split()
)
"""Words for currencies that are other words too: books, weights, points, heads of kings, past tenses."""

_UNIT_ROWS = _rows("units.tsv")
UNITS_OF_MEASURE: Mapping[str, Unit] = {
    word: Unit(name, dimension, float(factor))
    for name, dimension, factor, words in _UNIT_ROWS
    for word in words.split()
}
UNIT_BY_NAME: Mapping[str, Unit] = {
    **{name: Unit(name, dimension, float(factor)) for name, dimension, factor, _ in _UNIT_ROWS},
    "°C": Unit("°C", "temperature", 1),
    "°F": Unit("°F", "temperature", 1),
    "degree": Unit("degree", "temperature", 1),
}

ABBREVIATED: Mapping[Language, Mapping[str, float]] = {
    "fr": {"k": 1e3, "K": 1e3, "M": 1e6, "Mio": 1e6, "Md": 1e9, "Mds": 1e9, "Mrd": 1e9, "Mrds": 1e9},
    "en": {
        "k": 1e3,
        "K": 1e3,
        "m": 1e6,
        "M": 1e6,
        "mn": 1e6,
        "mln": 1e6,
        "bn": 1e9,
        "b": 1e9,
        "B": 1e9,
        "tn": 1e12,
        "trn": 1e12,
    },
}
"""Magnitudes that are read as such only right after digits; case counts."""


def _calendar(kind: str) -> dict[Language, dict[str, int]]:
    rows = [row for row in _rows("calendar.tsv") if row[0] == kind]
    return {language: {w: int(n) for _, lang, n, w in rows if lang == language} for language in LANGUAGES}


SHORT_MONTHS = _calendar("short month")
MONTHS: Mapping[Language, Mapping[str, int]] = {
    language: names | SHORT_MONTHS[language] for language, names in _calendar("month").items()
}
WEEKDAYS: Mapping[Language, Mapping[str, int]] = {
    language: names | {f"{name}s": day for name, day in names.items()}
    for language, names in _calendar("weekday").items()
}
"""Weekdays, the plurals of what happens every week ("on Saturdays") included."""
SHORT_WEEKDAYS: Mapping[Language, Mapping[str, int]] = _calendar("short weekday")
"""Short forms: "dim.", "Wed"; most are other words too, so a date must follow."""
MULTIPLES: Mapping[Language, Mapping[str, float]] = {
    "fr": {
        "duo": 2,
        "trio": 3,
        "couple": 2,
        "paire": 2,
        "jumeaux": 2,
        "jumelles": 2,
        "un": 1,
        "une": 1,
        "centenaire": 100,
        "bicentenaire": 200,
        "cinquantenaire": 50,
        "quinquennat": 5,
        "quinquennal": 5,
        "septennat": 7,
        "décennal": 10,
        "trimestre": 3,
        "semestre": 6,
        "quadrimestre": 4,
    },
    "en": {
        "both": 2,
        "duo": 2,
        "trio": 3,
        "twin": 2,
        "twins": 2,
        "single": 1,
        "once": 1,
        "one": 1,
        "centenary": 100,
        "centennial": 100,
        "bicentenary": 200,
        "bicentennial": 200,
    },
}
"""Words that imply a number: they can answer one on the other side, but never ask for one."""
