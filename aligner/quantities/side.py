"""The values of one side, indexed so that a value finds its equals without trying each against each."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter

from aligner.quantities.agree import agree
from aligner.quantities.types import Kind, Quantity

MOST_COMPARISONS = 400_000
"""Comparisons of two values that one bead may cost, about a second; a bead of news needs some ten."""
NEAR_FACTOR = 1.06
"""Factor within which plain values can agree: the rounder one has two digits at least."""

_PLAIN_KINDS = frozenset({"number", "year", "ordinal", "money", "percent", "point", "code"})
"""Kinds that agree with each other by their values alone, as long as no word makes them vague."""


class OverBudgetError(Exception):
    """A bead would cost more than ``MOST_COMPARISONS``."""


class Budget:
    """The number of comparisons that one bead may still cost."""

    def __init__(self, left: int = MOST_COMPARISONS) -> None:
        self.left = left

    def spend(self, comparisons: int) -> None:
        """Take ``comparisons`` from the budget; raise ``OverBudgetError`` where it does not hold them."""
        self.left -= comparisons
        if self.left < 0:
            raise OverBudgetError


class Side:
    """The quantities of one side in their order, with an index by kind, unit and value."""

    def __init__(self, quantities: Iterable[Quantity], budget: Budget) -> None:
        self.quantities = tuple(quantities)
        self.budget = budget
        self._exact = {(q.kind, q.unit, value) for q in self.quantities for value in q.values}
        self._best: dict[Quantity, int] = {}

    def __iter__(self) -> Iterator[Quantity]:
        return iter(self.quantities)

    def holds(self, kind: Kind, unit: str) -> bool:
        """Return whether some value on this side has this kind and unit."""
        return any(q.kind == kind and q.unit == unit for q in self.quantities)

    def near(self, q: Quantity) -> Iterator[Quantity]:
        """Yield the quantities that may agree with ``q``, in order; each costs a comparison."""
        places: Iterable[int] = range(len(self.quantities))
        if _is_plain(q):
            ranges = [
                self._between(value / NEAR_FACTOR, value * NEAR_FACTOR) for value in (*q.values, *q.foreign)
            ]
            places = sorted({*self._others, *(place for near in ranges for _, place in near)})
        for place in places:
            self.budget.spend(1)
            yield self.quantities[place]

    @cached_property
    def _others(self) -> Sequence[int]:
        """The places of values that are not plain."""
        return [place for place, q in enumerate(self.quantities) if not _is_plain(q)]

    @cached_property
    def _indexed(self) -> Sequence[tuple[float, int]]:
        """The plain values in order, each with its place: most sides have an equal for all that is asked."""
        return sorted(
            (value, place)
            for place, q in enumerate(self.quantities)
            if _is_plain(q)
            for value in (*q.values, *q.foreign)
        )

    def _between(self, low: float, high: float) -> Sequence[tuple[float, int]]:
        low, high = min(low, high), max(low, high)
        first = bisect_left(self._indexed, low, key=itemgetter(0))
        return self._indexed[first : bisect_right(self._indexed, high, key=itemgetter(0))]

    def best(self, q: Quantity) -> int:
        """Return how well the best match of ``q`` agrees with it, on the scale of ``agree``."""
        if not q.issuer and any((q.kind, q.unit, value) in self._exact for value in q.values):
            return 3
        if q not in self._best:
            self._best[q] = max((agree(q, candidate) for candidate in self.near(q)), default=0)
        return self._best[q]

    def answers(self, q: Quantity) -> bool:
        """Return whether some value here matches ``q``, with its unit omitted or converted at most."""
        return self.best(q) >= 2

    def times(self, q: Quantity) -> int:
        """Return how often ``q`` occurs here."""
        return sum(agree(q, candidate) == 3 for candidate in self.near(q))


def _is_plain(q: Quantity) -> bool:
    return (
        q.kind in _PLAIN_KINDS
        and q.unit not in ("times", "bp", "floor", "GBP")
        and not (q.collective or q.kind == "percent" or q.approximate)
        and all(math.isfinite(value) for value in q.values)
    )
