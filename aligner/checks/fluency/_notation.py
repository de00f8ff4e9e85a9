"""Short forms ("jeu. 2 sept.", "5ft 11in", "fin févr."), which are strange words to the detector."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from aligner.checks.fluency._short_forms import short_forms
from aligner.lexicon.dictionary import in_dictionary
from aligner.lexicon.function_words import FUNCTION
from aligner.model import Language, Span, WordScore
from aligner.quantities.units import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, UNITS_OF_MEASURE, WEEKDAYS
from aligner.text.stops import BEFORE_NUMBER, TITLES

_SHORTENED = {
    "fr": "env|max|min|tél|hab|dép|arr|éd|vol|chap|cf|resp|bd|boul|av|imp|rte|fbg|coll|réf|qté|suiv|préc"
    "|trim|prof",
    "en": "approx|max|min|incl|excl|dept|vol|chap|cf|vs|avg|govt|intl|natl|assoc|hwy|rd|sq|yrs|hrs|mins",
}
"""Words that are cut short before a full stop."""
LONGEST_SMALL = 12
"""Characters before a short form in which the function word before it is."""
_LAST_WORD = re.compile(r"(?<!\w)([^\W\d_]+)[’' \u00a0\u202f-]+$")
_NEXT_WORD = re.compile(r"[ \u00a0\u202f]([^\W\d_]+)")
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
"""What a short form of a unit has not, but for "oz"; one that has is a word that the detector knows."""


def notation_spans(text: str, language: Language) -> Iterator[Span]:
    """Yield the spans of dates with short months or weekdays, of figures with short units, and of "env.".

    Those of short forms have the function words next to them, which the detector cannot read either.
    """
    last = 0
    for match in _pattern(language).finditer(text):
        start, end = match.span()
        if word := match["cut"]:
            if match["before_capital"] and in_dictionary(word, language) and word.lower() not in TITLES:
                continue  # "C'est un jeu. Il"
            before = _LAST_WORD.search(text, max(last, start - LONGEST_SMALL), start)
            after = _NEXT_WORD.match(text, end)
            if before and before[1].lower() in FUNCTION[language]:
                start = before.start(1)
            if after and after[1] in FUNCTION[language]:
                end = after.end(1)
        yield start, end
        last = end


def without_notation(words: Iterable[WordScore], spans: Sequence[Span]) -> list[WordScore]:
    """Leave out the words that are inside one of some spans, given in their order."""
    remaining = []
    place = 0
    for word in words:
        while place < len(spans) and spans[place][1] <= word.start:
            place += 1
        if place == len(spans) or word.end <= spans[place][0]:
            remaining.append(word)
    return remaining


# Saves 4 ms a call, one call an article.
@cache
def _pattern(language: Language) -> re.Pattern[str]:
    weekday = _any_of({**SHORT_WEEKDAYS[language], **WEEKDAYS[language]})
    month = _any_of(MONTHS[language])
    short = _any_of({**SHORT_MONTHS[language], **SHORT_WEEKDAYS[language]})
    day, year = r"\d{1,2}(?:er|st|nd|rd|th)?", r"(?:\d{4}|['’]?\d\d)(?!\d)"
    gap = r"[.,]{0,2}[ \t\u00a0\u202f]+"
    leading = rf"(?:(?:(?:le|du|au|the)[ \u00a0\u202f])?{weekday}{gap})?"
    date = rf"(?:{day}[ \t\u00a0\u202f]+{month}|{month}{gap}{day}\b|{month}(?={gap}{year}))"
    dated = leading + date
    units = "|".join(sorted(map(re.escape, _short_units()), key=len, reverse=True))
    measure = rf"\d+(?:[.,]\d+)?[\u00a0\u202f ]?(?:{units})(?![\w'’])"
    glued = r"\d+(?:[.,]\d+)?in(?!\w)"
    shortened = rf"(?=[^\n]{{0,16}}?{short}\b){dated}(?:{gap}{year})?"
    words = (*short_forms(language), *TITLES, *_SHORTENED[language].split("|"))
    numbered = rf"(?:{'|'.join(map(re.escape, sorted(BEFORE_NUMBER)))})\.(?=[ \u00a0\u202f]*\d)"
    follows = r"(?=[ \u00a0\u202f,;:)/–-]*(?:(?P<before_capital>[A-ZÀ-Þ])|[\w(«“\"]))"
    cut = rf"(?i:(?P<cut>{_any_of(words)})\.){follows}"
    return re.compile(rf"(?<!\w)(?:(?i:{shortened})\.?|{measure}|{glued}|(?i:{numbered})|{cut})")


def _any_of(words: Iterable[str]) -> str:
    return rf"\b(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\b"


def _short_units() -> Iterator[str]:
    return (word for word in UNITS_OF_MEASURE if word.isalpha() and (word == "oz" or not _VOWEL.search(word)))
