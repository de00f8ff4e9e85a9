"""Words that are a number each by itself: "XXe", "nineties", "twice", "doublé", "centenary"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligner.model import Language
from aligner.quantities.tokens import Token
from aligner.quantities.types import Quantity
from aligner.quantities.units import MULTIPLES
from aligner.quantities.words import FACTORS, HALVED

_ROMAN_NUMBER = re.compile(
    r"(?=[IVX])(?P<tens>X{0,3})(?P<ones>IX|IV|V?I{0,3})(?P<ordinal>er|e|ᵉ|è|ème|ième|th|st|nd|rd)?"
)
_ROMAN = {"IX": 9, "IV": 4}
_DECADES_EN = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


def word_alone(tokens: Sequence[Token], i: int, language: Language) -> Quantity | None:
    """Read a Roman number ("XXe", "Louis XIV", "xixe siècle") or a decade in words ("nineties")."""
    token = tokens[i]
    if language == "en" and token.low in _DECADES_EN:
        return Quantity("decade", (float(_DECADES_EN[token.low]),), token.start, token.end)
    text = token.text
    if text[0] in "ivx" and i + 1 < len(tokens) and tokens[i + 1].low in ("siècle", "siècles"):
        text = text.rstrip("eèm").upper() + text[len(text.rstrip("eèm")) :]
    match = _ROMAN_NUMBER.fullmatch(text) if text[0] in "IVX" else None
    if not match or (len(token.text) == 1 and not match["ordinal"]):
        return None
    ones = _ROMAN.get(match["ones"], 5 * match["ones"].count("V") + match["ones"].count("I"))
    values = (10.0 * len(match["tens"]) + ones,)
    if match["ordinal"]:
        return Quantity("ordinal", values, token.start, token.end, digits=True)
    return Quantity("code", values, token.start, token.end, "roman", digits=True)


def implied(token: Token, language: Language) -> Quantity | None:
    """Return the number that a word implies: "twice", "doublé", "halved", "centenary"."""
    span = token.start, token.end
    if factor := FACTORS[language].get(token.low):
        return Quantity("number", (factor,), *span, unit="times")
    if token.low in HALVED[language]:
        return Quantity("fraction", (0.5, 2.0), *span)
    value = MULTIPLES[language].get(token.low)
    return Quantity("multiple", (value,), *span) if value is not None else None
