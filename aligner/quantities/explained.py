"""Explanations of a value without an equal: the date that it is part of, or an amount that it converts."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from aligner.quantities.shared import FISCAL
from aligner.quantities.side import Side
from aligner.quantities.types import Quantity
from aligner.quantities.units import UNIT_BY_NAME

GLOSS_REACH = 30
"""Characters within which a second amount is taken as a conversion of the first (newstest 2008-2012)."""

Date = frozenset[tuple[str, float]]


def date_parts(q: Quantity, side: Iterable[Quantity]) -> Date:
    """Return day and month of the date that ``q`` belongs to on ``side``."""
    if q.kind not in ("day", "month"):
        return frozenset()
    span = q.start, q.end
    return frozenset(
        (o.kind, o.value) for o in side if (o.start, o.end) == span and o.kind in ("day", "month")
    )


def dates_of(side: Side) -> list[Date]:
    """Return the days and months of the dates on one side, one set per date."""
    by_span: dict[tuple[int, int], set[tuple[str, float]]] = defaultdict(set)
    for q in side:
        if q.kind in ("day", "month"):
            by_span[q.start, q.end].add((q.kind, q.value))
    return [frozenset(parts) for parts in by_span.values()]


def date_moved(parts: Date, dates: Iterable[Date]) -> bool:
    """Return whether some date has all of ``parts``; a day that moves takes its month with it."""
    return not parts or any(parts <= date for date in dates)


def begins_fiscal_year(q: Quantity, side: Iterable[Quantity], opposite: Iterable[Quantity]) -> bool:
    """Return whether ``q`` begins a year of accounts that the opposite side calls by its end.

    "2012-2013" is "fiscal 2013".
    """
    if q.kind not in ("number", "year") or not any(
        o.unit == FISCAL and o.value == q.value + 1 for o in opposite
    ):
        return False
    return any(o.start - q.end == 1 and q.value + 1 in o.values for o in side)


def glosses_of(side: Sequence[Quantity], open_side: Sequence[Quantity]) -> frozenset[int]:
    """Return those of ``open_side`` that only convert a matched amount next to them: "30 miles (48 km)"."""
    unmatched = frozenset(open_side)
    measures = sorted((q for q in side if q.kind in ("money", "unit")), key=lambda q: q.start)
    starts = [q.start for q in measures]
    return frozenset(
        id(q)
        for q in open_side
        if q.kind in ("money", "unit")
        and any(_is_other_amount(q, o) and o not in unmatched for o in _next_to(q, measures, starts))
    )


def _is_other_amount(q: Quantity, candidate: Quantity) -> bool:
    if candidate.kind != q.kind or candidate.unit == q.unit:
        return False
    return q.kind == "money" or _dimension(q) == _dimension(candidate)


def _dimension(q: Quantity) -> str:
    unit = UNIT_BY_NAME.get(q.unit)
    return unit.dimension if unit else q.unit


def _next_to(q: Quantity, measures: Sequence[Quantity], starts: Sequence[int]) -> Iterator[Quantity]:
    first = bisect_left(starts, q.start - 2 * GLOSS_REACH)
    for candidate in measures[first:]:
        if candidate.start - q.end > GLOSS_REACH:
            return
        if q.start - candidate.end <= GLOSS_REACH:
            yield candidate


def magnitudes_of(side: Side) -> frozenset[float]:
    """Return the powers of ten that a side names."""
    return frozenset(q.magnitude for q in side if q.magnitude > 1)


def left_out(short: Quantity, full: Quantity, magnitudes: Iterable[float]) -> bool:
    """Return whether ``short`` omits a magnitude that its side has named: "27 millions, soit 9 de plus"."""
    is_bare = short.kind == "number" and short.magnitude == 1
    return is_bare and any(math.isclose(short.value * magnitude, full.value) for magnitude in magnitudes)
