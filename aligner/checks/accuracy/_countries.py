"""Countries that stand in each other's place: "les Pays-Bas" beside "Denmark"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from aligner.lexicon.names import fold
from aligner.model import LANGUAGES, OTHER, BeadView, Language, Span

STEM = 3
"""Letters that a country shares with what is derived from its name."""
NEIGHBOURS = 1
"""Beads before and after in which a country may be named too."""
PEOPLES: Mapping[Language, Mapping[str, str]] = {
    "fr": {
        "États-Unis": "américain",
        "Pays-Bas": "néerlandais hollandais",
        "Royaume-Uni": "britannique anglais",
        "Afrique du Sud": "sud-africain",
        "Arabie saoudite": "saoudien",
        "Corée du Nord": "nord-coréen",
        "Corée du Sud": "sud-coréen",
        "Nouvelle-Zélande": "néo-zélandais",
    },
    "en": {
        "Denmark": "danish dane",
        "France": "french",
        "Ireland": "irish",
        "Myanmar": "burma burmese",
        "Netherlands": "dutch",
        "Philippines": "filipino",
        "United Kingdom": "british english",
    },
}
"""Peoples that are not called after their country."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def exchanged_countries(view: BeadView) -> tuple[Span, Span] | None:
    """Return the places in French and in English where each side names a country that the other does not.

    None where a side has two such countries: one may stand for the other in other words.
    """
    fr, en = (_named(view, language) for language in LANGUAGES)
    if not fr or not en:
        return None  # as nearly always
    only_fr, only_en = _without_counterpart(view, "fr", fr), _without_counterpart(view, "en", en)
    return (only_fr[0], only_en[0]) if len(only_fr) == len(only_en) == 1 else None


def _without_counterpart(view: BeadView, language: Language, named: Mapping[int, Span]) -> list[Span]:
    """Return the places of those countries of one side that nothing on the other side may stand for."""
    other = OTHER[language]
    other_segments = (*view.bead.side(other), *view.neighbours(other, NEIGHBOURS))
    others = {number for segment in other_segments for number, _, _ in _countries_in(segment.text, other)}
    words = {
        fold(word)
        for segment in other_segments
        for word in _WORD.findall(_pattern(other).sub(" ", segment.text))
    }
    return [
        span
        for number, span in named.items()
        if number not in others and not any(word.startswith(_stems(number, other)) for word in words)
    ]


def _named(view: BeadView, language: Language) -> dict[int, Span]:
    return {
        number: (segment.start + start, segment.start + end)
        for segment in view.bead.side(language)
        for number, start, end in _countries_in(segment.text, language)
    }


def _countries_in(text: str, language: Language) -> Iterator[tuple[int, int, int]]:
    """Yield the number of each country that a text names, and its place."""
    for match in _pattern(language).finditer(text):
        yield _numbers(language)[match.group().replace("’", "'")], *match.span()


# Saves 0.3 ms a call, one for each language.
@cache
def _rows() -> tuple[Mapping[Language, tuple[str, ...]], ...]:
    table = files("aligner.lexicon").joinpath("data", "countries.tsv").read_text(encoding="utf-8")
    rows = (line.replace("’", "'").split("\t") for line in table.splitlines()[1:])
    return tuple({"fr": tuple(fr.split("|")), "en": tuple(en.split("|"))} for fr, en in rows)


# Saves 60 µs a call, one for each country named.
@cache
def _numbers(language: Language) -> Mapping[str, int]:
    return {name: number for number, row in enumerate(_rows()) for name in row[language]}


# Saves 3 ms a call, two for each bead.
@cache
def _pattern(language: Language) -> re.Pattern[str]:
    names = sorted(_numbers(language), key=lambda name: -len(name))
    listed = "|".join(re.escape(name).replace("'", "['’]") for name in names)
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])")


# Saves 10 µs a call, one for each word beside a country without a counterpart.
@cache
def _stems(number: int, language: Language) -> tuple[str, ...]:
    """Return beginnings of the words that may stand for a country, folded."""
    names = _rows()[number][language]
    peoples = (people for name in names for people in PEOPLES[language].get(name, "").split())
    words = (word for name in names for word in _WORD.findall(name) if word[0].isupper() and len(word) > STEM)
    return (*map(fold, peoples), *(fold(word)[:STEM] for word in words))
