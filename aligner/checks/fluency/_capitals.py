"""Capitals that French does not give: to months and weekdays, to languages, to adjectives of nations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from aligner.lexicon.function_words import FUNCTION, word_set
from aligner.lexicon.morphology import readings
from aligner.model import Span
from aligner.quantities.units import MONTHS, SHORT_MONTHS, WEEKDAYS

_FEASTS = r"(?:1er[ \u00a0]Mai|8[ \u00a0]Mai|4[ \u00a0]Juillet|14[ \u00a0]Juillet|11[ \u00a0]Novembre)\b"
"""Days that name a feast, which may have their capital: without a year after them."""
_FEAST_OF_WEEK = r"[ \u00a0](?:gras|saint|noir|rouge|blanc|bleu|des?|du|ou|et|[A-ZÀ-ÖØ-Þ«“\"])"
"""Continuation of a weekday that is a feast or a title: "Mardi gras", "Mercredi des Cendres"."""
_BEFORE_MONTH = "en|de|depuis|dès|début|fin|courant|mois de|avant|après|jusqu['’]en"
_SPEAK = (
    r"parl(?:er?|ent|ait|aient|ons|ez|ant|é)|appren(?:d|ds|dre|nent|ait|aient|ant)|appris|étudi(?:er?|ent|ait|é|ant)|"
    r"enseign(?:er?|ent|ait|é|ant)|maîtris(?:er?|ent|ait|ant)|traduite?s? en|compren(?:d|dre|nent|ait)"
)
_NOUN_BEFORE = re.compile(r"(?<![\w-])(?P<noun>[a-zà-öø-ÿœ]{4,})[ \u00a0]\Z")
_DETERMINED = re.compile(
    r"(?:(?<![\w’'])(?:le|la|les|un|une|des|du|cet?|cette|ces|son|sa|ses|leurs?|aux?|deux|plusieurs)[ \u00a0]"
    r"|(?<!\w)[ld]['’])(?:[a-zà-öø-ÿœ]+[ \u00a0])?\Z",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"[ \u00a0](?:et|ou|de|du|des)?[ \u00a0]?(?:les[ \u00a0])?[A-ZÀ-ÖØ-Þ«“\"]|-[A-ZÀ-ÖØ-Þ]"
)
_FIRST_LETTERS = re.compile(r"(?<![^|])[^\W\d_]+")
_LONGEST_BEFORE = 60
_ALSO_NOUNS = frozenset(("noun", "adj", "verb"))
_BEFORE_NOUNS = word_set("""
jeune jeunes vieux vieille vieilles pauvre pauvres riche riches ancien anciens ancienne anciennes
nouveau nouveaux nouvelle nouvelles premier premiers première premières dernier derniers dernière
dernières brave braves seul seuls seule seules vrai vrais vraie vraies petit petits petite petites
grand grands grande grandes gros grosse grosses bons bonne bonnes mauvais mauvaise mauvaises
principaux futur futurs future simple simples célèbre célèbres autre autres second seconde même
mêmes malheureux malheureuse cher chers chère chères beau beaux belle belles fameux fameuse prochain
prochains prochaine prochaines demi double meilleur meilleurs meilleure meilleures plupart moitié
tiers quart reste
""")
"""Words that are nouns too and come before the name of a people: "les jeunes Français"."""
_TITLED = word_set(
    "série film roman livre album pièce chanson titre magazine journal émission spectacle jeu revue groupe "
    "club parti mouvement collectif restaurant hôtel café bar prix festival"
)
"""Nouns before the name of a work or a body, which may be any word."""


def stray_capitals(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield words of a French sentence, but its first, that have a capital which English would give them."""
    for match in _patterns().dates.finditer(text, start, end):
        if match.start("word") > start:
            yield match.span("word")
    for match in _patterns().bare_weekdays.finditer(text, start, end):
        if match["before"] not in FUNCTION["fr"] and match["before"] not in _TITLED:
            yield match.span("word")
    for pattern in (_patterns().weekdays, _patterns().spoken):
        for match in pattern.finditer(text, start, end):
            yield match.span("word")
    for match in _patterns().adjectives.finditer(text, start + 1, end):
        if _follows_noun(text, start, match.start()) and not _NAMED_AFTER.match(text, match.end()):
            yield match.span()


def foreign_capitals() -> frozenset[str]:
    """Return the words that may be stray capitals: of a longer one, the letters up to its first hyphen."""
    return _patterns().words


def is_of_nation(word: str) -> bool:
    """Return whether a word with a capital may be a people: "un Russe"."""
    return _patterns().adjectives.fullmatch(f" {word}", 1) is not None


def _follows_noun(text: str, start: int, place: int) -> bool:
    """Return whether a noun with its determiner comes before a place: "le peuple", "une ville"."""
    first = max(start, place - _LONGEST_BEFORE)
    noun = _NOUN_BEFORE.search(text, first, place)
    if noun is None or not _DETERMINED.search(text, first, noun.start()):
        return False
    if noun["noun"] in _TITLED or noun["noun"] == "océan" or noun["noun"].endswith(("ième", "ièmes")):
        return False
    tags = [reading.tags for reading in readings(noun["noun"], "fr")]
    is_noun = any("noun" in tag_set for tag_set in tags) and all(tag_set & _ALSO_NOUNS for tag_set in tags)
    return is_noun and (noun["noun"] not in _BEFORE_NOUNS)


class _Patterns(NamedTuple):
    """Patterns of months, weekdays, languages after a verb, adjectives of nations, with their capitals.

    ``words`` are those letters of each that are together.
    """

    dates: re.Pattern[str]
    weekdays: re.Pattern[str]
    bare_weekdays: re.Pattern[str]
    spoken: re.Pattern[str]
    adjectives: re.Pattern[str]
    words: frozenset[str]


# Saves 6 ms a call, three calls a sentence.
@cache
def _patterns() -> _Patterns:
    months = _any_of(m.capitalize() for m in MONTHS["fr"].keys() - SHORT_MONTHS["fr"].keys())
    weekdays = _any_of(day.capitalize() for day in WEEKDAYS["fr"])
    # Behind "du" it may be a street or a movement: "rue du 4 Septembre".
    day = rf"(?<!\bdu[ \u00a0])(?!{_FEASTS}(?![ \u00a0]\d))(?:1er|[1-3]?\d)"
    boundary = r"(?![\w-]|[ \u00a0](?:\d\d\b|[A-ZÀ-Þ]))"
    planet = r"(?!(?<=de[ \u00a0])Mars)"
    table = files("aligner.checks.fluency").joinpath("data/demonyms.fr.tsv").read_text("utf-8")
    demonyms = [line.split("\t") for line in table.splitlines()[1:]]
    languages = _any_of(masculine.capitalize() for masculine, _ in demonyms)
    adjectives = _any_of(form.capitalize() + end for pair in demonyms for form in pair for end in ("", "s"))
    return _Patterns(
        re.compile(rf"(?<![\w’'-])(?:{day}|{_BEFORE_MONTH})[ \u00a0]{planet}(?P<word>{months}){boundary}"),
        re.compile(
            rf"(?<![\w’'-])(?:le|du|au|ce|chaque|dès|depuis)[ \u00a0](?P<word>{weekdays})"
            rf"(?![\w-]|{_FEAST_OF_WEEK})"
        ),
        re.compile(
            rf"(?<![\w’'-])(?P<before>[a-zà-öø-ÿœ]{{2,}}),?[ \u00a0](?P<word>{weekdays})"
            rf"(?![\w-]|{_FEAST_OF_WEEK})"
        ),
        re.compile(
            rf"(?<!\w)(?:{_SPEAK})(?:[ \u00a0](?:couramment|bien|très bien|mal|un peu))?[ \u00a0]"
            rf"(?:(?:le|du)[ \u00a0]|l['’])?(?P<word>{languages})(?![\w-]|[ \u00a0][A-ZÀ-ÖØ-Þ])"
        ),
        re.compile(rf"(?<=[ \u00a0])(?:{adjectives})(?![\w’'-])"),
        frozenset(_FIRST_LETTERS.findall(f"{months}|{weekdays}|{languages}|{adjectives}")),
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words))
