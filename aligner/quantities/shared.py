"""Attributes that a value takes from the text around it: a sign, and the unit of a range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aligner.quantities.types import Quantity

LONGEST_SIGN = 8
"""Letters back to which a minus is looked for."""
_MINUS = re.compile(r"(?:^|[\s(«“\"'’])(?:[-−–]\s?|(?<!au )(?:moins|minus) )$", re.IGNORECASE)
_BELOW = re.compile(r"\s(?:below|sous|au-dessous de|en dessous de)(?: le)? (?:zéro|zero|freezing)")
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
