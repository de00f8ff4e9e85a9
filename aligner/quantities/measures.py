"""The percent sign, currency or unit next to a number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from aligner.lexicon.function_words import word_set
from aligner.model import Language
from aligner.quantities.tokens import Token
from aligner.quantities.types import Kind
from aligner.quantities.units import ABBREVIATED, CURRENCIES, ISSUERS, UNITS_OF_MEASURE

_ADJACENT_GAPS = frozenset({"", " ", "-", "\u00a0", "\u202f", " -", "'", "’"})
_CURRENCY_CODES = frozenset(
    word.upper()
    for word, currency in CURRENCIES.items()
    if len(word) == 3 and word.isascii() and currency != "CENT"
)
_BETWEEN = word_set("de d of us u s new") | frozenset(
    word for *_, english in ISSUERS for word in re.findall(r"[^\W\d_]+", english)
)
"""Words between a number and its currency: "30 New Zealand dollars"."""
_OF_COUNTRY = {
    ("franc", "cfa"): "XAF",
    ("francs", "cfa"): "XAF",
    ("cfa", "franc"): "XAF",
    ("cfa", "francs"): "XAF",
    ("livre", "turque"): "ITL",
    ("livres", "turques"): "ITL",
}
"""Currencies that two words name: both francs CFA, and the lira of Turkey, which French calls a pound."""
_HOURLY = {"km": "kph", "mile": "mph"}
_PER = frozenset({"/", "per", "par", "an", "a", "à"})
_HOURS = frozenset({"h", "hr", "heure", "hour"})
_SECONDS = frozenset({"s", "sec", "seconde", "second"})
_POWER_BEFORE = {"square": "²", "sq": "²", "cubic": "³", "cu": "³"}
_POWER_AFTER = {
    "carré": "²",
    "carrés": "²",
    "carrée": "²",
    "carrées": "²",
    "squared": "²",
    "cube": "³",
    "cubes": "³",
    "cubed": "³",
}
_POWER_DIGIT = {"2": "²", "3": "³"}


SYMBOLS: Mapping[Language, Mapping[str, str]] = {
    "fr": {
        **{"m": "m", "s": "second", "g": "g", "t": "tonne", "l": "litre", "L": "litre", "q": "quintal"},
        **{"kt": "kt", "Mt": "Mt", "Gt": "Gt", "ch": "hp", "Ko": "KB", "Mo": "MB", "Go": "GB", "To": "TB"},
        **{"pi": "foot", "po": "inch"},
    },
    "en": {"g": "g", "t": "tonne", "Mt": "Mt", "Gt": "Gt", "l": "litre", "L": "litre"},
}
"""Short units that another case makes another word of. In English m is rather a million, s makes a decade or
a plural, and kt is a knot as often as a kilotonne."""


class Measure(NamedTuple):
    """Kind and unit, and the token after the last one that says so."""

    kind: Kind
    unit: str
    after: int


class _Window:
    """Tokens from a place on, as long as they are right next to each other."""

    def __init__(self, tokens: Sequence[Token], i: int) -> None:
        self.tokens, self.start = tokens, i

    def low(self, offset: int = 0) -> str:
        k = self.start + offset
        if k >= len(self.tokens):
            return ""
        token, before = self.tokens[k], self.tokens[k - 1]
        short = (len(before.text) == 1 and before.text.isupper()) or before.low in ("sq", "cu", "p")
        return (
            token.low if token.gap in _ADJACENT_GAPS or (short and token.gap in (".", ". ")) else ""
        )  # "U.S."


def money_before(tokens: Sequence[Token], i: int, language: Language) -> str | None:
    """Return the currency written before the number at token ``i`` ("$5", "EUR 5"), if any."""
    if i == 0:
        return None
    before, gap = tokens[i - 1], tokens[i].gap
    if before.kind == "sign" and before.text in CURRENCIES and gap in _ADJACENT_GAPS:
        # In French "5 $ 10" the sign belongs to the number before it.
        is_previous = (
            gap
            and language == "fr"
            and i > 1
            and tokens[i - 2].kind == "number"
            and before.gap in _ADJACENT_GAPS
        )
        return None if is_previous else CURRENCIES[before.text]
    if before.text in _CURRENCY_CODES and gap in _ADJACENT_GAPS:
        return CURRENCIES[before.low]
    return None


def measure_after(tokens: Sequence[Token], i: int, language: Language) -> Measure | None:
    """Read the percent sign, currency or unit at token ``i``, right after a number."""
    window = _Window(tokens, i)
    if not window.low():
        return None
    return _percent(window, i) or _money(tokens, window, i, language) or _unit(tokens, window, i, language)


def _percent(window: _Window, i: int) -> Measure | None:
    word, following = window.low(), window.low(1)
    if word == "°" and following == "%":
        return Measure("percent", "", i + 2)
    if word == "%" and following in ("point", "points"):
        return Measure("point", "", i + 2)
    if word in ("%", "‰", "percent", "pourcent"):
        return Measure("percent", word if word == "‰" else "", i + 1)
    if word in ("per", "pour", "p") and following in ("cent", "100"):
        return Measure("percent", "", i + 2)
    if word == "percentage" and following.startswith("point"):
        return Measure("point", "", i + 2)
    if word == "basis" and following.startswith("point"):
        return Measure("point", "bp", i + 2)
    if word in ("point", "points") and following == "de" and window.low(2) == "base":
        return Measure("point", "bp", i + 3)
    if word in ("point", "points"):
        long = following == "de" and window.low(2) in ("pourcentage", "pour")
        return Measure("point", "", i + 3 if long else i + 1)
    return None


def _money(tokens: Sequence[Token], window: _Window, i: int, language: Language) -> Measure | None:
    if short := _short_money(tokens, window, i, language):
        return short
    for offset in range(4):
        word = window.low(offset)
        if word in CURRENCIES:
            if window.low(offset + 1) in ("cent", "cents"):
                return Measure("money", "CENT", i + offset + 2)
            is_code = len(word) == 3 and word.upper() in _CURRENCY_CODES
            if is_code and word not in ("won", "yen", "leu", "lei") and tokens[i + offset].text.islower():
                return None
            of = _OF_COUNTRY.get((word, window.low(offset + 1)))
            return Measure("money", of or CURRENCIES[word], i + offset + (2 if of else 1))
        if word not in _BETWEEN:
            return None
    return None


def _short_money(tokens: Sequence[Token], window: _Window, i: int, language: Language) -> Measure | None:
    """Read francs ("12 F", "500 F CFA") and pence ("50p")."""
    token = tokens[i]
    if language == "fr" and token.text == "F" and token.gap in _SPACES:
        is_african = window.low(1) == "cfa"
        return Measure("money", "XAF" if is_african else "FRF", i + 1 + is_african)
    if language == "en" and token.text == "p" and not token.gap and len(tokens[i - 1].text) <= _PENCE_DIGITS:
        return Measure("money", "CENT", i + 1)
    return None


_SPACES = frozenset({" ", "\u00a0", "\u202f"})
_PENCE_DIGITS = 2
"""Digits up to which a p behind them is pence, and no picture ("1080p")."""


def _unit(tokens: Sequence[Token], window: _Window, i: int, language: Language) -> Measure | None:
    if degrees := _degrees(window, i):
        return degrees
    power = _POWER_BEFORE.get(window.low(), "")
    if power:
        i, window = i + 1, _Window(tokens, i + 1)
    power_after = _power_after(tokens, window, i)
    unit = _unit_name(tokens, window, i, language, bool(power or power_after))
    if not unit:
        return None
    if power:
        return Measure("unit", unit + power, i + 1)
    if power_after:
        return Measure("unit", unit + power_after, i + 2)
    return _speed(window, i, unit) or Measure("unit", unit, i + 1)


def _degrees(window: _Window, i: int) -> Measure | None:
    word, scale = window.low(), window.low(1)
    if word == "°":
        scale = scale if scale in ("c", "f") else ""
    elif word in ("degré", "degrés", "degree", "degrees"):
        scale = scale[:1] if scale in ("c", "f", "celsius", "fahrenheit") else ""
    else:
        return None
    return Measure("unit", f"°{scale.upper()}" if scale else "degree", i + (2 if scale else 1))


_INCH_AFTER = word_set("long wide tall thick high deep across x")
"""Words behind "24 in" that show it to be inches."""
_HYPHENED = frozenset({"min", "mn", "mb", "go", "mo", "ha", "to"})
"""Short forms that are part of a name or another word behind a hyphen."""


def _unit_name(tokens: Sequence[Token], window: _Window, i: int, language: Language, powered: bool) -> str:
    """Return the unit that token ``i`` names; ``powered`` where its square or cube is meant."""
    word = window.low()
    if not word or (word in _HYPHENED and tokens[i].gap == "-"):
        return ""
    if word == "m" and (language == "fr" or powered):
        return "m" if tokens[i].text == "m" or powered else ""
    if symbol := SYMBOLS[language].get(tokens[i].text):
        return symbol if tokens[i].gap not in ("-", "'", "’") and not _is_elided(tokens, i) else ""
    if language == "en" and _is_short_inch(tokens, i):
        return "inch"
    if word == "fl" and window.low(1) == "oz":
        return "fl oz"
    decimal = i > 0 and "." in tokens[i - 1].text
    if word == "s" and language == "en" and decimal and tokens[i].gap not in ("'", "’"):
        return "second"
    return UNITS_OF_MEASURE[word].name if word in UNITS_OF_MEASURE else ""


def _is_short_inch(tokens: Sequence[Token], i: int) -> bool:
    """Return whether "in" is short for inches: at the end of a clause, or before a word for an extent."""
    if tokens[i].low != "in" or not i or tokens[i - 1].kind != "number" or tokens[i].gap == "-":
        return False
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return following is None or following.low in _INCH_AFTER or following.gap.strip()[:1] in tuple(",;.)(×")


def _is_elided(tokens: Sequence[Token], i: int) -> bool:
    """Return whether an apostrophe ties a letter to the next word: "la section 9 l’a emporté"."""
    return i + 1 < len(tokens) and tokens[i + 1].gap in ("'", "’")


def _speed(window: _Window, i: int, unit: str) -> Measure | None:
    """Read kilometres or miles per hour, and metres per second."""
    times = {"m": _SECONDS}.get(unit, _HOURS if unit in _HOURLY else frozenset())
    if not times or window.low(1) not in _PER:
        return None
    elided = 1 if window.low(2) == "l" else 0  # "à l'heure"
    if window.low(2 + elided) in times:
        return Measure("unit", _HOURLY.get(unit, "m/s"), i + 3 + elided)
    return None


def _power_after(tokens: Sequence[Token], window: _Window, i: int) -> str:
    """Return the power written after a unit: "mètres carrés", "m2"."""
    following = window.low(1)
    glued = following in _POWER_DIGIT and not tokens[i + 1].gap
    return _POWER_DIGIT[following] if glued else _POWER_AFTER.get(following, "")


def abbreviated_magnitude(
    tokens: Sequence[Token], i: int, language: Language, money: bool = False
) -> float | None:
    """Return the power of ten of one or two letters right after digits ("1.3bn", "5 M€", "30k").

    ``money`` says that a currency is before them: then French has the English letters too.
    """
    if i >= len(tokens):
        return None
    token = tokens[i]
    power = ABBREVIATED[language].get(token.text)
    if money and power is None:
        power = ABBREVIATED["en"].get(token.text)
    if power is None or token.gap not in ("", " ", "\u00a0", "\u202f"):
        return None
    if token.gap and len(token.text) == 1:
        # A lone letter apart from its digits counts only in front of a currency: "5 M€".
        next_is_money = i + 1 < len(tokens) and tokens[i + 1].text in CURRENCIES
        return power if next_is_money else None
    return power
