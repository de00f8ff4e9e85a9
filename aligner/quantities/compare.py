"""Compares the quantities of two sides by value and says which do not match, and how."""

from __future__ import annotations

import logging
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from aligner.quantities.agree import CALENDAR, agree, durations_differ
from aligner.quantities.explained import (
    begins_fiscal_year,
    date_moved,
    date_parts,
    dates_of,
    glosses_of,
    left_out,
    magnitudes_of,
)
from aligner.quantities.side import Budget, OverBudgetError, Side
from aligner.quantities.types import Quantity

LOGGER = logging.getLogger(__name__)

Reason = Literal["number", "magnitude", "percent", "currency", "date", "unit"]
Way = Literal["differs", "swapped", "unit", "unmarked", "alone", "uncompared"]

VAGUELY = 5
"""Times by which two round words ("dizaines", "hundreds") must differ (newstest 2008-2012)."""

_REPEATED = frozenset({"month", "year", "weekday", "percent", "money", "number"})
"""Kinds of which a sentence may hold the same value twice, and of two values one for the other."""
_DATES = frozenset({"day", "month", "year", "weekday", "time", "decade"})


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two values that do not match, or one without a match (``fr`` or ``en`` is None).

    ``way``: the values differ, day and month are swapped, the same value has another unit, or it
    has lost its unit; or the value has no unit. "uncompared": the bead holds too many values without an
    equal to try each against each; the first of either side is named.
    """

    reason: Reason
    way: Way
    fr: Quantity | None
    en: Quantity | None


Sides = tuple[Sequence[Quantity], Sequence[Quantity]]


def compare(
    fr: Sequence[Quantity], en: Sequence[Quantity], neighbours: Sequence[Sides] = ()
) -> tuple[Discrepancy, ...]:
    """Return the values of either side without a match on the other, each cause once.

    ``neighbours`` holds both sides of the passages next to it: a value that moved there, and has no
    match there, is matched. Spans that belong to one date give one discrepancy.
    """
    budget = Budget()
    try:
        return tuple(_one_a_span(Matching(fr, en, neighbours, budget).discrepancies()))
    except OverBudgetError:
        LOGGER.info("a bead with %d and %d values: too many to compare", len(fr), len(en))
        return (Discrepancy("number", "uncompared", fr[0] if fr else None, en[0] if en else None),)


class Matching:
    """The values of two sides that are still open; each step takes out those that it explains."""

    def __init__(
        self, fr: Sequence[Quantity], en: Sequence[Quantity], neighbours: Sequence[Sides], budget: Budget
    ) -> None:
        self.fr, self.en = Side(fr, budget), Side(en, budget)
        self.neighbours_fr = Side([q for f, _ in neighbours for q in f], budget)
        self.neighbours_en = Side([q for _, e in neighbours for q in e], budget)
        self.neighbours = [(Side(f, budget), Side(e, budget)) for f, e in neighbours]
        self.open_fr, self.open_en = list(fr), list(en)
        self.budget = budget

    def discrepancies(self) -> list[Discrepancy]:
        """Run the steps in order; what is left in the end is alone on its side."""
        self.drop_answered()
        self.add_surplus()
        conflicts = self.unit_conflicts() + self.lost_marks()
        self.close(conflicts)
        differences = self.pair_off()
        return conflicts + differences + self.alone()

    def drop_answered(self) -> None:
        """Take out what the other side, or an unanswered value next to it, answers; and feasts."""
        free_fr = Side([q for f, e in self.neighbours for q in f if not e.answers(q)], self.budget)
        free_en = Side([q for f, e in self.neighbours for q in e if not f.answers(q)], self.budget)
        left_fr = [q for q in self.open_fr if not _is_answered(q, self.fr, self.en)]
        left_en = [q for q in self.open_en if not _is_answered(q, self.en, self.fr)]
        self.open_fr = self._not_moved(left_fr, self.fr, free_en, self.neighbours_en, left_en)
        self.open_en = self._not_moved(left_en, self.en, free_fr, self.neighbours_fr, left_fr)

    def _not_moved(
        self,
        left: Sequence[Quantity],
        side: Side,
        unmatched: Side,
        neighbours: Side,
        opposite: Sequence[Quantity],
    ) -> list[Quantity]:
        """Leave out values that moved to a neighbouring passage: no part of a date, nothing times 1,000."""
        moved = [q for q in left if unmatched.answers(q)]
        self.budget.spend(len(moved) * len(opposite))
        dates = dates_of(neighbours)
        own_spans = {
            id(q)
            for q in moved
            if not date_moved(date_parts(q, side), dates) or any(_power_apart(q, o) for o in opposite)
        }
        moved_away = {id(q) for q in moved} - own_spans
        return [q for q in left if id(q) not in moved_away]

    def add_surplus(self) -> None:
        """Add what a side says once more than the other, for a value of the other without a match.

        Of "de janvier à juin" and "from June to June" one June is a slip for January.
        """
        more_fr = _surplus(self.open_en, self.en, self.fr)
        more_en = _surplus(self.open_fr, self.fr, self.en)
        self.open_fr += more_fr
        self.open_en += more_en

    def unit_conflicts(self) -> list[Discrepancy]:
        """Return equal values with another currency, unit or sign, unmatched on both sides."""
        english = Side(self.open_en, self.budget)
        matched: set[int] = set()
        conflicts = []
        for f in self.open_fr:
            for e in english.near(f):
                if id(e) not in matched and agree(f, e) == 1:
                    matched.add(id(e))
                    conflicts.append(Discrepancy(_conflict_reason(f, e), "unit", f, e))
                    break
        return conflicts

    def lost_marks(self) -> list[Discrepancy]:
        """Return percentages and amounts in digits that are bare numbers on the other side, unnamed there."""
        candidates = [
            *(
                (f, e, self.en, self.neighbours_en)
                for f in filter(_is_marked, self.fr)
                for e in self.en.near(f)
            ),
            *(
                (f, e, self.fr, self.neighbours_fr)
                for e in filter(_is_marked, self.en)
                for f in self.fr.near(e)
            ),
        ]
        return [
            Discrepancy("percent" if "percent" in (f.kind, e.kind) else "currency", "unmarked", f, e)
            for f, e, lacking, neighbours in candidates
            if self._mark_is_lost(f, e, lacking, neighbours)
        ]

    def _mark_is_lost(self, f: Quantity, e: Quantity, lacking: Side, neighbours: Side) -> bool:
        marked, unmarked = (e, f) if lacking is self.fr else (f, e)
        if unmarked.kind != "number" or not unmarked.digits or agree(f, e) != 2:
            return False
        if lacking.holds(marked.kind, marked.unit) or neighbours.holds(marked.kind, marked.unit):
            return False
        return self.en.best(f) < 3 and self.fr.best(e) < 3

    def close(self, discrepancies: Iterable[Discrepancy]) -> None:
        """Take out the values that ``discrepancies`` speak of."""
        reported = {id(q) for d in discrepancies for q in (d.fr, d.en)}
        self.open_fr = [q for q in self.open_fr if id(q) not in reported]
        self.open_en = [q for q in self.open_en if id(q) not in reported]

    def pair_off(self) -> list[Discrepancy]:
        """Pair the unmatched values of both sides, the likeliest first; return how each pair differs."""
        glosses = glosses_of(self.fr.quantities, self.open_fr) | glosses_of(self.en.quantities, self.open_en)
        self.budget.spend(len(self.open_fr) * len(self.open_en))
        named_fr, named_en = magnitudes_of(self.fr), magnitudes_of(self.en)
        paired = set(glosses)
        differences = []
        for f, e in _likeliest_pairs(self.open_fr, self.open_en):
            if (f.kind, f.unit) != (e.kind, e.unit) and glosses & {id(f), id(e)}:
                continue
            paired |= {id(f), id(e)}
            if left_out(f, e, named_fr) or left_out(e, f, named_en):
                continue
            if difference := _difference(f, e):
                differences.append(difference)
        self.open_fr = [q for q in self.open_fr if id(q) not in paired]
        self.open_en = [q for q in self.open_en if id(q) not in paired]
        return differences

    def alone(self) -> list[Discrepancy]:
        """Return values that are still unmatched, must appear in a translation, and occur nowhere nearby."""
        lone_fr = [q for q in self.open_fr if _stands_out(q) and not self.neighbours_en.answers(q)]
        lone_en = [q for q in self.open_en if _stands_out(q) and not self.neighbours_fr.answers(q)]
        lone_fr, lone_en = _but_weekdays(lone_fr, self.open_en), _but_weekdays(lone_en, self.open_fr)
        return [
            *(Discrepancy(_own_reason(q), "alone", q, None) for q in lone_fr),
            *(Discrepancy(_own_reason(q), "alone", None, q) for q in lone_en),
        ]


def _but_weekdays(lone: list[Quantity], opposite: Iterable[Quantity]) -> list[Quantity]:
    """Leave out dates where the opposite side has a weekday: "le 29 septembre", "on Saturday"."""
    weekday = any(q.kind == "weekday" for q in opposite)
    return [q for q in lone if not (weekday and q.kind in ("day", "month"))]


def _surplus(lone: Sequence[Quantity], opposite: Side, side: Side) -> list[Quantity]:
    sorts = dict.fromkeys(sort for q in lone if (sort := _sort(q)))
    surpluses = []
    for sort in sorts:
        surplus = _said_too_often(sort, [q for q in lone if _sort(q) == sort], opposite, side)
        surpluses += [surplus] if surplus else []
    return surpluses


Sort = tuple[str, str]


def _sort(q: Quantity) -> Sort | None:
    """Return kind and unit of a value that may be said twice; plain numbers in words vary too much."""
    if q.kind not in _REPEATED or (q.kind == "number" and not q.digits) or _is_feast(q):
        return None
    return q.kind, q.unit


def _said_too_often(sort: Sort, lone: Sequence[Quantity], opposite: Side, side: Side) -> Quantity | None:
    of_sort = Side([q for q in side if _sort(q) == sort], side.budget)
    opposite_of_sort = Side([q for q in opposite if _sort(q) == sort], side.budget)
    unanswered = [q for q in opposite_of_sort if not of_sort.answers(q)]
    if len(of_sort.quantities) != len(opposite_of_sort.quantities) or len(unanswered) != 1:
        return None
    extra = [q for q in of_sort if of_sort.times(q) > opposite_of_sort.times(q)]
    in_its_place = of_sort.quantities[opposite_of_sort.quantities.index(lone[0])]
    return in_its_place if in_its_place in extra else next(iter(extra), None)


def _is_answered(q: Quantity, side: Side, opposite: Side) -> bool:
    return _is_feast(q) or opposite.answers(q) or begins_fiscal_year(q, side, opposite)


def _is_feast(q: Quantity) -> bool:
    """Return whether a day or month is only named by its feast: it matches a date but requires none."""
    return q.kind in ("day", "month") and q.approximate


def _stands_out(q: Quantity) -> bool:
    """Return whether a value is worth reporting although nothing contradicts it; words are often reworded."""
    is_whole = q.kind == "percent" and q.value == 100  # "100 % mécanique" is "purely mechanical"
    return q.strong and (q.digits or q.kind in ("money", "percent")) and not is_whole


def _is_marked(q: Quantity) -> bool:
    """Return whether a value is a percentage or an amount in digits, whose sign a translation must keep.

    "Les 4 milliards" may leave the currency to the context; plain digits may not. A word that is also
    another ("livres", "marks") may be that other one.
    """
    if not q.digits or q.doubtful:
        return False
    return q.kind == "percent" or (q.kind == "money" and q.magnitude <= 1)


def _conflict_reason(f: Quantity, e: Quantity) -> Reason:
    kinds = {f.kind, e.kind}
    if kinds & {"percent", "point"}:
        return "percent"
    if kinds == {"money", "unit"}:  # pounds of weight
        return "unit"
    return "currency" if kinds & {"money", "vague"} else "unit"


def _likeliest_pairs(fr: Sequence[Quantity], en: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    ranked = sorted(
        (cost, i, j)
        for i, f in enumerate(fr)
        for j, e in enumerate(en)
        if (cost := _pair_cost(f, e)) is not None
    )
    used_fr: set[int] = set()
    used_en: set[int] = set()
    for _, i, j in ranked:
        if i not in used_fr and j not in used_en:
            used_fr.add(i)
            used_en.add(j)
            yield fr[i], en[j]


def _pair_cost(f: Quantity, e: Quantity) -> float | None:
    """Return how unlikely two unmatched quantities are to be the same one; None where they cannot be."""
    same_kind = f.kind == e.kind
    if (f.kind in CALENDAR or e.kind in CALENDAR or "decade" in (f.kind, e.kind)) and not same_kind:
        return None
    if not (f.strong and e.strong) and not (same_kind and f.unit == e.unit) and not durations_differ(f, e):
        return None
    if not same_kind and {f.kind, e.kind} & {"fraction", "multiple", "vague"}:
        return None
    if same_kind and (f.kind == "multiple" or _loosely_used(f, e)):
        return None
    cost = 0.0 if same_kind and f.unit == e.unit else 1.0 if same_kind else 2.0
    cost += 0.0 if f.digits == e.digits else 0.5
    return cost + min(1.0, abs(math.log10(max(f.value, 0.1) / max(e.value, 0.1))) / 4)


def _loosely_used(f: Quantity, e: Quantity) -> bool:
    """Return whether two words differ as good translations may: "dizaines" and "dozens", "premier lieu"."""
    if f.kind == "vague":
        return max(f.value, e.value) < VAGUELY * min(f.value, e.value)
    return f.kind == "ordinal" and 1 in (f.value, e.value) and not (f.digits and e.digits)


def _difference(f: Quantity, e: Quantity) -> Discrepancy | None:
    if f.kind == e.kind == "money" and f.unit != e.unit:
        return None  # an amount in another currency with another value was converted
    if f.kind in _DATES and e.kind in _DATES:
        return Discrepancy("date", "differs", f, e)
    if _power_apart(f, e):
        return Discrepancy("magnitude", "differs", f, e)
    if {f.kind, e.kind} <= {"percent", "point"}:
        return Discrepancy("percent", "differs", f, e)
    if f.kind == e.kind == "unit" and f.unit != e.unit:
        return Discrepancy("unit", "differs", f, e)
    return Discrepancy("number", "differs", f, e)


def _power_apart(f: Quantity, e: Quantity) -> bool:
    """Return whether the values have the same digits but are thousands, millions or billions apart."""
    if min(f.value, e.value) <= 0 or max(f.value, e.value) < 1000:
        return False
    power = math.log10(f.value / e.value)
    return round(power) % 3 == 0 and round(power) != 0 and math.isclose(power, round(power), abs_tol=1e-6)


def _own_reason(q: Quantity) -> Reason:
    if q.kind in _DATES:
        return "date"
    return "percent" if q.kind in ("percent", "point") else "currency" if q.kind == "money" else "number"


def _one_a_span(discrepancies: Iterable[Discrepancy]) -> Iterator[Discrepancy]:
    """Keep one discrepancy for each span of either side, naming a swap of day and month."""
    by_span: dict[tuple[int, int], list[Discrepancy]] = defaultdict(list)
    for d in discrepancies:
        by_span[d.fr.start if d.fr else -1, d.en.start if d.en else -1].append(d)
    for group in by_span.values():
        first = group[0]
        yield Discrepancy(first.reason, "swapped", first.fr, first.en) if _is_swap(group) else first


def _is_swap(group: Sequence[Discrepancy]) -> bool:
    values = {(d.fr.kind, d.fr.value, d.en.value) for d in group if d.fr and d.en}
    return any(("day", b, a) in values for kind, a, b in values if kind == "month")
