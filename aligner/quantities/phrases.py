"""Values that a turn of phrase holds: feasts ("New Year's Day"), the clock in words, shares, heights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from aligner.model import Language
from aligner.quantities.types import Quantity
from aligner.quantities.words import UNITS

_FEAST_ROWS: Mapping[Language, tuple[tuple[str, int, int], ...]] = {
    "fr": (
        (r"\b(?:jour de l['’]an|nouvel[- ]an)\b", 1, 1),
        (r"\bsaint-sylvestre\b", 31, 12),
        (r"\bnoël\b", 25, 12),
        (r"\b(?:fête nationale française|prise de la bastille)\b", 14, 7),
        (r"\b(?:fête du travail)\b", 1, 5),
        (r"\bsaint-valentin\b", 14, 2),
        (r"\btoussaint\b", 1, 11),
        (r"\b(?:fête de l['’])?indépendance américaine\b", 4, 7),
    ),
    "en": (
        (r"\bnew year['’]?s(?: day)?\b", 1, 1),
        (r"\bnew year['’]?s eve\b", 31, 12),
        (r"\bchristmas\b", 25, 12),
        (r"\bbastille day\b", 14, 7),
        (r"\b(?:may|labou?r) day\b", 1, 5),
        (r"\bvalentine['’]?s\b", 14, 2),
        (r"\ball saints\b", 1, 11),
        (r"\bindependence day\b", 4, 7),
    ),
}
_FEASTS: Mapping[Language, tuple[tuple[re.Pattern[str], int, int], ...]] = {
    language: tuple((re.compile(pattern, re.IGNORECASE), day, month) for pattern, day, month in rows)
    for language, rows in _FEAST_ROWS.items()
}
_ANY_FEAST: Mapping[Language, re.Pattern[str]] = {
    language: re.compile("|".join(pattern for pattern, _, _ in rows), re.IGNORECASE)
    for language, rows in _FEAST_ROWS.items()
}
_HOURS: Mapping[Language, Mapping[str, float]] = {
    "fr": {"une": 1.0, **{w: v for w, v in UNITS["fr"].items() if 2 <= v <= 12}},
    "en": {"one": 1.0, **{w: v for w, v in UNITS["en"].items() if 2 <= v <= 12}},
}
_MINUTES = {
    "quarter": 15,
    "quart": 15,
    "half": 30,
    "five": 5,
    "ten": 10,
    "twenty": 20,
    "cinq": 5,
    "dix": 10,
    "vingt": 20,
}
_CLOCK: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        rf"\b(?P<hour>{'|'.join(_HOURS['fr'])}|\d\d?) ?(?:heures?|h) moins (?:le )?"
        r"(?P<minutes>quart|vingt|dix|cinq)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?P<minutes>half|quarter|five|ten|twenty)(?: minutes)?[ -](?P<way>past|to)[ -]"
        rf"(?P<hour>{'|'.join(_HOURS['en'])})\b",
        re.IGNORECASE,
    ),
}
_LATE = {"treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix-sept": 17, "dix-huit": 18}
_LATE |= {"dix-neuf": 19, "vingt": 20, "vingt et une": 21, "vingt-deux": 22, "vingt-trois": 23}
_PAST = {"quart": 15, "quinze": 15, "demie": 30, "trente": 30, "quarante-cinq": 45}
_HOUR_WORDS_AND_MINUTES = re.compile(
    rf"\b(?P<hour>{'|'.join(sorted(_LATE, key=len, reverse=True))}) heures (?:et )?"
    rf"(?P<minutes>{'|'.join(_PAST)})\b",
    re.IGNORECASE,
)
"""Hours of the second half of the day: as durations they are hardly ever written like this."""
_BEFORE_CLOCK = re.compile(
    r"\b(?:at|by|until|till|about|around|before|after|since|from|is|was|it['’]s)\s$", re.IGNORECASE
)
_AFTER_CLOCK = re.compile(
    r"\s(?:o['’]clock|[ap]\.?m\b|in the (?:morning|afternoon|evening)|at night)", re.IGNORECASE
)
"""Words that show that "five to ten" is a time of day, not a range."""
_NUMBER = {
    language: rf"(?P<{{name}}>{'|'.join([*hours, {'fr': 'un', 'en': 'a'}[language]])}|\d{{{{1,3}}}})"
    for language, hours in _HOURS.items()
}
_SHARE: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        rf"\b{_NUMBER['fr'].format(name='part')}(?: [^\W\d]\w+)? sur {_NUMBER['fr'].format(name='whole')}\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        rf"\b{_NUMBER['en'].format(name='part')}(?: [a-z]+)? (?:in|out of)(?: every)? "
        rf"{_NUMBER['en'].format(name='whole')}\b",
        re.IGNORECASE,
    ),
}
_HOLDS_SHARE: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(" sur ", re.IGNORECASE),
    "en": re.compile(" (?:in|out of) ", re.IGNORECASE),
}
_FEET = re.compile(
    r"(?<![\w.,])(?P<feet>\d{1,2})(?:[ -]?(?:ft|feet|foot)\.?(?:,| and)?[ -]?|['’′] ?)"
    r"(?P<inches>1[01]|\d)(?:[ -]?(?:inches|inch|ins?)\b|[\"”″]|['’]{2})"
    r"|(?<![\w.,])(?P<tall>\d)[ -]?(?:ft|feet|foot) (?P<more>1[01]|\d)(?=[.,;)]|$| (?:tall|and)\b)"
)
_SIGN = re.compile(
    r"(?:(?<![\w.,'’])(?<!\dh )(?<!\d h )(?<!°)(?<!° )|(?<=[\"”″'’′]x))(?P<value>\d{1,3}(?:[.,]\d)?)"
    r"(?P<sign>[\"”″](?!\w(?<!x))|['′’](?=\s(?!\d)|[.,;)x]|$))"
)
"""Feet and inches by their signs: 8', 24\"."""
_SIGNED = re.compile(r"\d(?:[ -]?f|\s?h|[:'’′\"”″])")
"""What no length in feet and no duration can be without: most numbers have nothing of it."""
_RACE = re.compile(
    r"(?<![\d:.,/-])(?:(?P<h>\d):)?(?P<m>\d{1,2}):(?P<s>[0-5]\d)[.,](?P<part>\d{1,3})(?![\d:])"
)
_MINUTES_SECONDS = re.compile(
    r"(?<![\w.,])(?P<m>\d{1,2})['’′] ?(?P<s>[0-5]\d)(?:[\"”″]|['’]{2}) ?(?P<part>\d{1,3})"
)
_SECONDS_SIGN = re.compile(r"(?<![\w.,'’′°] )(?<![\w.,'’′°])(?P<s>\d{1,2})[\"”″](?P<part>\d{1,2})(?!\w)")
"""Seconds with their fraction behind the sign: 9\"58."""
_HOURS_SIGNS = re.compile(
    r"(?<![\d:.,/-])(?P<h>\d{1,3})\s?h\s?(?P<m>\d{1,2})\s?['’′]\s?(?P<s>[0-5]?\d)\s?(?:[\"”″]|['’′]{2})"
)
_HOURS_MINUTES = re.compile(
    r"(?<![\d:.,/-])(?P<h>\d{1,3})\s?h\s?(?:(?P<m>\d{1,2})\s?min\s?(?P<s>[0-5]?\d)\s?s\b|(?P<alone>\d)\s?min\b)"
)
_OPENING = re.compile(r"[“‘]|(?<!\w)[\"'](?=\w)")


def read_phrases(text: str, language: Language) -> Iterator[Quantity]:
    """Yield the quantities that fixed phrases imply; feasts are approximate and only match a date."""
    for pattern, day, month in _FEASTS[language] if _ANY_FEAST[language].search(text) else ():
        for match in pattern.finditer(text):
            yield Quantity("day", (float(day),), *match.span(), approximate=True)
            yield Quantity("month", (float(month),), *match.span(), approximate=True)
    for match in _SHARE[language].finditer(text) if _HOLDS_SHARE[language].search(text) else ():
        part, total = (_value(match[name], language) for name in ("part", "whole"))
        if 0 < part < total:
            yield Quantity("fraction", (part / total,), *match.span())


def read_clock_words(text: str, language: Language) -> Iterator[Quantity]:
    """Yield times in words ("a quarter to seven"), at both halves of the day, and heights ("1 m 85")."""
    for match in _CLOCK[language].finditer(text):
        minutes = _MINUTES[match["minutes"].lower()]
        if language == "en" and match["way"].lower() == "to" and _is_range(text, match):
            continue
        after = language == "en" and match["way"].lower() == "past"
        clock = _value(match["hour"], language) % 12 * 60 + (minutes if after else -minutes)
        yield Quantity("time", (clock % 720, clock % 720 + 720), *match.span())
    for match in _HOUR_WORDS_AND_MINUTES.finditer(text) if language == "fr" else ():
        clock = _LATE[match["hour"].lower()] * 60 + _PAST[match["minutes"].lower()]
        yield Quantity("time", (float(clock),), *match.span())
    if _SIGNED.search(text):
        yield from _read_races(text)
        yield from _read_feet(text)


def _is_range(text: str, clock: re.Match[str]) -> bool:
    """Return whether "five to ten" counts up ("five to ten per cent") where nothing marks it as a time."""
    low, high = (UNITS["en"].get(clock[name].lower(), 0.0) for name in ("minutes", "hour"))
    if not 0 < low < high:
        return False
    before = _BEFORE_CLOCK.search(text, max(0, clock.start() - 12), clock.start())
    return not (before or _AFTER_CLOCK.match(text, clock.end()))


def _read_races(text: str) -> Iterator[Quantity]:
    """Yield durations in seconds: with colons ("1:43.50"), signs of minutes and seconds, "2 h 5 min 30 s"."""
    for match in (*_RACE.finditer(text), *_MINUTES_SECONDS.finditer(text)):
        hours = int(match.groupdict().get("h") or 0)
        seconds = hours * 3600 + int(match["m"]) * 60 + float(f"{match['s']}.{match['part']}")
        yield Quantity("unit", (seconds,), *match.span(), unit="second", digits=True, compound=True)
    for match in _SECONDS_SIGN.finditer(text):
        seconds = float(f"{match['s']}.{match['part']}")
        yield Quantity("unit", (seconds,), *match.span(), unit="second", digits=True, compound=True)
    for match in (*_HOURS_MINUTES.finditer(text), *_HOURS_SIGNS.finditer(text)):
        seconds = int(match["h"]) * 3600 + int(match["m"] or match["alone"]) * 60 + float(match["s"] or 0)
        yield Quantity("unit", (seconds,), *match.span(), unit="second", digits=True, compound=True)


def _read_feet(text: str) -> Iterator[Quantity]:
    feet_end = 0
    for match in _FEET.finditer(text):
        feet = int(match["feet"] or match["tall"]) + int(match["inches"] or match["more"]) / 12
        feet_end = match.end()
        yield Quantity("unit", (feet,), *match.span(), unit="foot", digits=True, compound=True)
    for match in _SIGN.finditer(text, feet_end):
        # A quotation that is open here ends with this sign.
        if len(_OPENING.findall(text, 0, match.start())) % 2 == 0:
            unit = "foot" if match["sign"] in "'′’" else "inch"
            value = float(match["value"].replace(",", "."))
            yield Quantity("unit", (value,), *match.span(), unit=unit, digits=True)


def _value(word: str, language: Language) -> float:
    word = word.lower()
    return float(word) if word.isdecimal() else _HOURS[language].get(word, 1.0)
