"""Names of newspapers put word for word: "le Courrier de Harwick" for the Harwick Courier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from aligner.checks.accuracy._word_for_word import name_hit
from aligner.lexicon.names import can_be_same, fold
from aligner.model import BeadView, Hit, Segment, Span

SURE = 0.85

_WITHIN = re.compile(r"[\w,;] ?[«“\"]?[ \xa0\u202f]?$")
_PLACE = r"(?P<place>[A-ZÀ-Þ][\w’'-]*(?:[ -][A-ZÀ-Þ][\w’'-]*)*)"


class _Noun(NamedTuple):
    """What a French noun is in English, and whether only French newspapers have it in their names."""

    english: tuple[str, ...]
    is_french: bool


class _Name(NamedTuple):
    """A name that has the form of one of a newspaper, its noun and its place, and where it is."""

    text: str
    noun: str
    place: str
    span: Span
    has_article: bool
    """Whether its article is a part of it, as a capital within a sentence shows ("dans L'Écho du Nord")."""


def newspaper_hits(view: BeadView) -> Iterator[Hit]:
    """Yield names of newspapers that are put word for word, beside the name itself.

    An English paper is named after its place ("the Harwick Courier"); what French makes of it has the article
    of a common noun ("au Courrier de Harwick"). A French one has "of" between the two in no English name
    ("the Voice of the North").
    """
    french = _found(view.bead.fr, _french())
    if not french:
        return
    for copy in french:
        for name in _found(view.bead.en, _english()):
            if _is_copy(copy, name):
                yield name_hit("fr", copy, name, SURE)
    for copy in _found(view.bead.en, _literal_english()):
        for name in french:
            if name.has_article and _renders(name, copy):
                yield name_hit("en", copy, name, SURE)


def _is_copy(french: _Name, english: _Name) -> bool:
    """Return whether a French text has the name of an English newspaper word for word."""
    is_english = not _nouns()[french.noun].is_french
    is_same_place = can_be_same(fold(french.place), fold(english.place))
    return is_english and is_same_place and not french.has_article and _renders(french, english)


def _renders(french: _Name, english: _Name) -> bool:
    """Return whether the noun of a name renders that of the other."""
    return english.noun in _nouns()[french.noun].english


def _found(side: Sequence[Segment], pattern: re.Pattern[str]) -> list[_Name]:
    return [
        _Name(
            match["name"],
            match["noun"],
            match["place"],
            (segment.start + match.start("name"), segment.start + match.end("name")),
            not match["name"].startswith(match["noun"]) and not _opens(segment.text, match.start("name")),
        )
        for segment in side
        for match in pattern.finditer(segment.text)
    ]


def _opens(text: str, place: int) -> bool:
    """Return whether a place is the first of a sentence, where anything has a capital."""
    return not _WITHIN.search(text, 0, place)


# Saves 0.2 ms a call, two calls a bead.
@cache
def _nouns() -> Mapping[str, _Noun]:
    """Return the nouns that newspapers are named by."""
    table = files("aligner.checks.accuracy").joinpath("data", "newspapers.tsv")
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:])
    return {
        noun: _Noun(tuple(english.split("|")), papers == "French")
        for french, english, papers in rows
        for noun in french.split("|")
    }


# Saves 2 ms a call, one call a bead.
@cache
def _french() -> re.Pattern[str]:
    of = r"(?:de la |de l['’]|du |des |de |d['’])"
    return re.compile(rf"\b(?P<name>(?:L[ea] |L['’])?(?P<noun>{'|'.join(_nouns())}) {of}{_PLACE})")


# Saves 2 ms a call, one call a bead.
@cache
def _english() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<name>{_PLACE} (?P<noun>{_english_nouns()}))(?![\w-])")


# Saves 2 ms a call, one call a bead.
@cache
def _literal_english() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<name>(?:[Tt]he )?(?P<noun>{_english_nouns()}) of (?:the )?{_PLACE})")


def _english_nouns() -> str:
    return "|".join(sorted({noun for nouns in _nouns().values() for noun in nouns.english}))
