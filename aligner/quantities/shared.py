"""Attributes that a value takes from the text around it: a sign, and the unit of a range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aligner.quantities.types import Quantity

LONGEST_SIGN = 8
"""Letters back to which a minus is looked for."""
YEAR_DIGITS = 4
LONGEST_FISCAL = 30
"""Letters back to which the words for a year of accounts are looked for."""
_MINUS = re.compile(r"(?:^|[\s(«“\"'’])(?:[-−–]\s?|(?<!au )(?:moins|minus) )$", re.IGNORECASE)
_BELOW = re.compile(r"\s(?:below|sous|au-dessous de|en dessous de)(?: le)? (?:zéro|zero|freezing)")
_BEFORE_FISCAL = re.compile(
    r"(?:\b(?:fiscal|financial|tax|budget)(?: year)?|\bFY"
    r"|\b(?:exercice|année)(?: (?:fiscale?|budgétaire|comptable|financi[eè]re?))?)[ \u00a0-]?$",
    re.IGNORECASE,
)
_AFTER_FISCAL = re.compile(r"[ \u00a0-](?:fiscal|financial|tax|budget) year\b", re.IGNORECASE)
FISCAL = "fiscal"
"""Unit of a year that is said to be one of accounts, which seldom begins in January."""
_EXTENT = re.compile(r"\s?[x×]\s?| (?:by|sur) ")
"""What is between the sides of something measured: "10 x 15 cm"."""
_RANGE = re.compile(r"(?:\s*[-–—]\s*|/| à | to | et | and | ou | or | et | jusqu['’]à )")


def signed(q: Quantity, text: str) -> Quantity:
    """Return a temperature with the sign before it, or the words for "below zero" after it, applied."""
    if q.unit not in ("°C", "°F", "degree") or not (
        _MINUS.search(text, max(0, q.start - LONGEST_SIGN), q.start) or _BELOW.match(text, q.end)
    ):
        return q
    return replace(q, values=tuple(-abs(v) for v in q.values))


def fiscal(q: Quantity, text: str) -> Quantity:
    """Return a year of four digits that is one of accounts with this as its unit: "fiscal 2013"."""
    if q.kind not in ("number", "year") or q.unit or q.end - q.start != YEAR_DIGITS or not q.digits:
        return q
    before = _BEFORE_FISCAL.search(text, max(0, q.start - LONGEST_FISCAL), q.start)
    return replace(q, unit=FISCAL) if before or _AFTER_FISCAL.match(text, q.end) else q


def share_units(quantities: Sequence[Quantity], text: str) -> list[Quantity]:
    """Copy what only the second number of a range states to the first: "5 à 6 millions", "2007-08"."""
    shared = list(quantities)
    for k in range(len(shared) - 2, -1, -1):
        first, second = shared[k], shared[k + 1]
        if second.kind == "unit" and _EXTENT.fullmatch(text, first.end, second.start):
            shared[k] = _of_extent(first, second)
            continue
        if not _RANGE.fullmatch(text, first.end, second.start):
            continue
        if first.kind in ("year", "number") and first.value >= 1000 and second.end - second.start == 2:
            century = first.value // 100 * 100
            shared[k + 1] = replace(second, values=(second.value, century + second.value))
        elif (
            first.kind in ("year", "number")
            and first.value >= 1000
            and second.value // 100 == first.value // 100
        ):
            shared[k + 1] = replace(second, values=(second.value, second.value % 100))
        elif first.kind == "number" and second.kind in ("number", "percent", "money", "unit", "point"):
            values = first.values
            if first.magnitude == 1 and second.magnitude > 1:
                values += tuple(v * second.magnitude for v in values)
            kind = "number" if second.kind == "number" else second.kind
            shared[k] = replace(first, values=values, kind=kind, unit=second.unit)
    return shared


def _of_extent(side: Quantity, measure: Quantity) -> Quantity:
    """Return the first side of something measured with the unit behind the last: "4x6 inches", "2 x 4 m"."""
    if side.kind == "number" or (side.kind == "code" and side.unit == "x"):
        return replace(side, kind="unit", values=side.values[:1], unit=measure.unit)
    return side
