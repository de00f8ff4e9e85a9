"""What a fraction is a part of: "(un quart) d'heure", "(half) a million", "(half) a percentage point"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aligner.model import Language
from aligner.quantities.tokens import LINKS, Token
from aligner.quantities.types import Kind
from aligner.quantities.units import UNITS_OF_MEASURE
from aligner.quantities.words import MAGNITUDES


class Whole(NamedTuple):
    """The whole of a fraction, up to the token ``after``: a unit of time, a point, a power of ten."""

    kind: Kind
    unit: str
    factor: float
    after: int


_OF: dict[Language, frozenset[str]] = {"fr": frozenset({"de", "d"}), "en": frozenset({"of", "a", "an"})}
_TOUCH = LINKS | {"'", "’"}


def whole_after(tokens: Sequence[Token], start: int, language: Language) -> Whole | None:
    """Read what follows the fraction before ``start``: "(un quart) d'heure", "(half) an hour".

    Right after "a third" a unit makes it an ordinal: "a third day" is not part of a day.
    """
    j = start
    while j < min(start + 2, len(tokens)) and tokens[j].low in _OF[language] and tokens[j].gap in _TOUCH:
        j += 1
    if j >= len(tokens) or tokens[j].gap not in _TOUCH:
        return None
    if j == start and tokens[start - 1].low not in ("half", "demi", "quarter"):
        return None
    if magnitude := MAGNITUDES[language].get(tokens[j].low):
        return Whole("number", "", magnitude, j + 1)
    if tokens[j].low in ("point", "percentage") and (j == len(tokens) - 1 or tokens[j + 1].low != "de"):
        return Whole("point", "", 1.0, j + 1 + (tokens[j].low == "percentage"))
    if tokens[j].low == "percent" or [t.low for t in tokens[j : j + 2]] == ["per", "cent"]:
        return Whole("percent", "", 1.0, j + 1 + (tokens[j].low == "per"))
    unit = UNITS_OF_MEASURE.get(tokens[j].low)
    halved = tokens[start - 1].low in ("half", "demi", "demie")
    return Whole("unit", unit.name, 1.0, j + 1) if unit and (halved or unit.dimension == "time") else None
