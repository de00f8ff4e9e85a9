"""Measures in two parts: "2 ans et 6 mois", "6 feet 10 inches", "5 m 20", "3 kg 200", "9 s 58"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aligner.quantities.tokens import Token
from aligner.quantities.types import Quantity
from aligner.quantities.units import CURRENCIES, UNIT_BY_NAME, UNITS_OF_MEASURE

_GAP = re.compile(r"[ \u00a0\u202f-]?|,? (?:et|and) |, ")
_SPACES = frozenset({"", " ", "\u00a0", "\u202f"})
_TAILS = {"m": (2, 3), "km": (3,), "kg": (3,), "tonne": (3,), "litre": (2,), "second": (1, 2, 3)}
"""Digits that may follow a unit as its decimals: "5 m 20", "3 kg 200", "9 s 58"."""
_SMALL_WORDS = frozenset("aày")
"""Letters that are a word, and no unit."""
_CENTS_IN_ONE = 100
MOST_IN_ONE = 1.0
"""A second part is less than one unit of the first: "2 ans et 6 mois", but not "2 jours et 30 heures"."""


def tail_value(tokens: Sequence[Token], i: int, unit: str) -> float:
    """Return what bare digits at token ``i`` add to a measure in ``unit`` before them, or 0."""
    if i >= len(tokens) or tokens[i].gap not in _SPACES or not tokens[i].text.isdecimal():
        return 0.0
    digits = tokens[i].text
    if i + 1 < len(tokens) and _measures(tokens[i + 1]):
        return 0.0
    if unit == "minute":
        return int(digits) / 60 if len(digits) == 2 and int(digits) < 60 else 0.0
    return int(digits) / 10 ** len(digits) if len(digits) in _TAILS.get(unit, ()) else 0.0


def _measures(token: Token) -> bool:
    return token.gap in _SPACES and (
        token.kind != "word"
        or (len(token.text) == 1 and token.low not in _SMALL_WORDS)
        or token.low in UNITS_OF_MEASURE
        or token.low in CURRENCIES
    )


def join_compounds(quantities: Sequence[Quantity], text: str) -> list[Quantity]:
    """Join measures of one dimension that follow each other, the smaller unit behind the larger one."""
    combined: list[Quantity] = []
    for q in quantities:
        if combined and (compound := _compound(combined[-1], q, text)):
            combined[-1] = compound
        else:
            combined.append(q)
    return combined


def _compound(first: Quantity, second: Quantity, text: str) -> Quantity | None:
    if first.doubtful and first.unit == "GBP" and second.unit == "ounce":
        first = replace(first, kind="unit", unit="lb", doubtful=False)
    if second.start < first.end:
        return None
    if first.kind == second.kind == "money":
        return _with_cents(first, second, text)
    if not (first.kind == second.kind == "unit"):
        return None
    larger, smaller = UNIT_BY_NAME.get(first.unit), UNIT_BY_NAME.get(second.unit)
    if (
        larger is None
        or smaller is None
        or larger.dimension != smaller.dimension
        or smaller.factor >= larger.factor
    ):
        return None
    if larger.dimension == "temperature" or not _GAP.fullmatch(text, first.end, second.start):
        return None
    part = second.value * smaller.factor / larger.factor
    if part >= MOST_IN_ONE:
        return None
    return replace(
        first,
        values=tuple(value + part for value in first.values),
        end=second.end,
        digits=first.digits or second.digits,
        foreign=(),
        compound=True,
    )


def _with_cents(amount: Quantity, cents: Quantity, text: str) -> Quantity | None:
    """Join an amount and what it has besides: "3 euros et 50 centimes"."""
    if amount.unit == "CENT" or cents.unit != "CENT" or cents.value >= _CENTS_IN_ONE:
        return None
    if amount.magnitude > 1 or not _GAP.fullmatch(text, amount.end, cents.start):
        return None
    values = tuple(value + cents.value / _CENTS_IN_ONE for value in amount.values)
    return replace(amount, values=values, end=cents.end, foreign=(), compound=True)
