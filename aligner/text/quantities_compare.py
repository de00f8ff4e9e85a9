"""Compares the quantities of two sides by value and says which do not answer each other, and how."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from aligner.text.quantities_types import Quantity
from aligner.text.quantities_units import UNIT_BY_NAME

Reason = Literal["number", "magnitude", "percent", "currency", "date", "unit"]
Way = Literal["differs", "swapped", "unit", "unmarked", "alone"]

# Tuned on newstest 2008-2012 (train).
ROUNDED_FROM = 10_000
"""From here on a value may be rounded to the digits that the other side gives."""
ABOUT = 0.03
"""Relative difference allowed where one side says "about"."""
COLLECTIVE = 0.2
"""The same for "une dizaine" and "a dozen"."""
CONVERTED = 0.1
"""The same where the unit was converted, which often rounds."""
GLOSS_REACH = 30
"""Characters within which a second amount is taken as a conversion of the first."""

_CALENDAR = frozenset({"month", "weekday"})
_DATES = frozenset({"day", "month", "year", "weekday", "time", "decade"})
_COUNTED = frozenset({"percent", "point", "money", "unit"})


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two values that do not answer each other, or one without an answer (``fr`` or ``en`` is None).

    ``way``: the values differ, day and month are swapped, the same value has another unit, or it
    has lost its unit; or the value stands alone.
    """

    reason: Reason
    way: Way
    fr: Quantity | None
    en: Quantity | None


def close(a: Quantity, b: Quantity) -> bool:
    """Whether some reading of ``a`` equals some reading of ``b``, as exactly as both claim to be."""
    if a.approximate or b.approximate:
        vague = (a.approximate and not a.digits) or (b.approximate and not b.digits)
        tolerance = COLLECTIVE if vague else ABOUT
    else:
        tolerance = 1e-9
    return any(
        math.isclose(x, y, rel_tol=tolerance) or (min(x, y) >= ROUNDED_FROM and _rounds(x, y))
        for x in a.values
        for y in b.values
    )


def _rounds(x: float, y: float) -> bool:
    """Whether the rounder of two large values is the other one rounded, with two digits at least."""
    rough, fine = sorted((x, y), key=_significant)
    digits = max(2, _significant(rough))
    return _significant(fine) > digits and math.isclose(float(f"{fine:.{digits - 1}e}"), rough)


def _significant(value: float) -> int:
    return len(f"{value:.10e}".partition("e")[0].rstrip("0").replace(".", ""))


def agree(a: Quantity, b: Quantity) -> int:
    """How well two quantities answer each other.

    3 same value and unit, 2 same value where one side leaves the unit out or converts it, 1 same
    value but another unit, 0 not at all.
    """
    if a.kind in _CALENDAR or b.kind in _CALENDAR:
        return _same_day_or_month(a, b)
    if "time" in (a.kind, b.kind):
        return _same_time(a, b)
    if "decade" in (a.kind, b.kind):
        return 3 if any(x % 100 == y % 100 for x in a.values for y in b.values) else 0
    if a.kind == b.kind == "unit" and a.unit != b.unit:
        return _converted(a, b)
    if (
        {a.kind, b.kind} == {"money", "unit"}
        and "GBP" in (a.unit, b.unit)
        and _converted(*map(_as_weight, (a, b)))
    ):
        return 2
    if "fraction" in (a.kind, b.kind) and "percent" in (a.kind, b.kind):
        share, part = (a, b) if a.kind == "percent" else (b, a)
        return 3 if math.isclose(share.value, part.value * 100, abs_tol=1) else 0
    if not close(a, b):
        return 0
    if a.kind == b.kind and a.unit == b.unit:
        return 3
    if (a.kind in _COUNTED and b.kind in _COUNTED) or (a.unit and b.unit and a.kind == b.kind == "vague"):
        return 1
    return 2


def _same_day_or_month(a: Quantity, b: Quantity) -> int:
    if a.kind != b.kind:
        return 0
    apart = (a.value - b.value) % 7
    by_night = a.kind == "weekday" and (a.approximate or b.approximate) and apart in (1, 6)
    return 3 if a.value == b.value or by_night else 0


def _same_time(a: Quantity, b: Quantity) -> int:
    clock, other = (a, b) if a.kind == "time" else (b, a)
    if other.kind == "time":
        return 3 if set(clock.values) & set(other.values) else 0
    if other.kind not in ("unit", "number"):
        return 0
    hours = {minutes // 60 % 12 for minutes in clock.values}
    # Also "20.30" and "1530 hours", which the reader takes for plain numbers.
    written = {round(m // 60 + m % 60 / 100, 2) for m in clock.values} | {
        m // 60 * 100 + m % 60 for m in clock.values
    }
    return 2 if any(value % 12 in hours or value in written for value in other.values) else 0


def _converted(a: Quantity, b: Quantity) -> int:
    first, second = UNIT_BY_NAME.get(a.unit), UNIT_BY_NAME.get(b.unit)
    if first is None or second is None or first.dimension != second.dimension:
        return 1 if close(a, b) else 0
    if first.dimension == "temperature":
        return _same_temperature(a, b)
    if math.isclose(a.value * first.factor, b.value * second.factor, rel_tol=CONVERTED):
        return 2
    return 1 if close(a, b) else 0


def _as_weight(q: Quantity) -> Quantity:
    """Pounds that may be pounds of weight, as such."""
    return replace(q, kind="unit", unit="lb") if q.unit == "GBP" else q


def _same_temperature(a: Quantity, b: Quantity) -> int:
    if "degree" in (a.unit, b.unit):
        return 2 if close(a, b) else 0
    celsius, fahrenheit = (a, b) if a.unit == "°C" else (b, a)
    if abs(celsius.value * 1.8 + 32 - fahrenheit.value) <= 2:
        return 2
    return 1 if close(a, b) else 0


Sides = tuple[Sequence[Quantity], Sequence[Quantity]]


def compare(
    fr: Sequence[Quantity], en: Sequence[Quantity], around: Sequence[Sides] = ()
) -> tuple[Discrepancy, ...]:
    """What of ``fr`` has no answer in ``en`` and the other way round, each cause once.

    ``around`` holds both sides of the passages next to it: a value that moved there, and has no
    answer there, is answered. Spans that belong to one date give one discrepancy.
    """
    free_fr = [q for f, e in around for q in f if not _answered(q, e)]
    free_en = [q for f, e in around for q in e if not _answered(q, f)]
    all_fr, all_en = ([q for sides in around for q in sides[k]] for k in (0, 1))
    open_fr = [q for q in fr if not _answered(q, en) and not _answered(q, free_en)]
    open_en = [q for q in en if not _answered(q, fr) and not _answered(q, free_fr)]
    found = list(_unit_conflicts(open_fr, open_en)) + list(_unmarked(fr, en, all_fr, all_en))
    for kept in found:
        open_fr = [q for q in open_fr if q is not kept.fr]
        open_en = [q for q in open_en if q is not kept.en]
    glosses = {
        id(q) for side, still in ((fr, open_fr), (en, open_en)) for q in still if _is_gloss(q, side, still)
    }
    pairs = [
        (f, e)
        for f, e in _pair_off(open_fr, open_en)
        if (f.kind, f.unit) == (e.kind, e.unit) or not glosses & {id(f), id(e)}
    ]
    found += [d for f, e in pairs if (d := _difference(f, e))]
    paired = {id(q) for pair in pairs for q in pair} | glosses
    alone_fr = (q for q in open_fr if q.strong and id(q) not in paired and not _answered(q, all_en))
    alone_en = (q for q in open_en if q.strong and id(q) not in paired and not _answered(q, all_fr))
    found += [Discrepancy(_own_reason(q), "alone", q, None) for q in alone_fr]
    found += [Discrepancy(_own_reason(q), "alone", None, q) for q in alone_en]
    return tuple(_one_a_span(found))


def _answered(q: Quantity, there: Iterable[Quantity]) -> bool:
    return any(agree(q, other) >= 2 for other in there)


def _unit_conflicts(fr: Sequence[Quantity], en: Sequence[Quantity]) -> Iterable[Discrepancy]:
    """The same value with another currency, unit or sign, open on both sides."""
    taken: set[int] = set()
    for f in fr:
        for e in en:
            if id(e) not in taken and agree(f, e) == 1:
                taken.add(id(e))
                yield Discrepancy(_conflict_reason(f, e), "unit", f, e)
                break


def _conflict_reason(f: Quantity, e: Quantity) -> Reason:
    kinds = {f.kind, e.kind}
    if kinds & {"percent", "point"}:
        return "percent"
    return "currency" if kinds & {"money", "vague"} else "unit"


def _unmarked(
    fr: Sequence[Quantity],
    en: Sequence[Quantity],
    fr_around: Sequence[Quantity],
    en_around: Sequence[Quantity],
) -> Iterable[Discrepancy]:
    """Percentages and amounts in digits that are bare numbers on the other side, and named nowhere there."""
    for f in fr:
        for e in en:
            marked, bare = (f, e) if f.kind in ("percent", "money") else (e, f)
            lost = (
                marked.kind in ("percent", "money")
                and bare.kind == "number"
                and marked.digits
                and bare.digits
            )
            if not lost or agree(f, e) != 2:
                continue
            there = (*en, *en_around) if marked is f else (*fr, *fr_around)
            if any(o.kind == marked.kind and o.unit == marked.unit for o in there):
                continue
            if any(agree(f, o) == 3 for o in en) or any(agree(o, e) == 3 for o in fr):
                continue
            yield Discrepancy("percent" if marked.kind == "percent" else "currency", "unmarked", f, e)


def _is_gloss(q: Quantity, side: Sequence[Quantity], open_side: Sequence[Quantity]) -> bool:
    """Whether ``q`` only converts an amount next to it that is answered: "30 miles (48 km)"."""
    return q.kind in ("money", "unit") and any(
        other.kind == q.kind and other.unit != q.unit and other not in open_side
        and max(other.start - q.end, q.start - other.end) <= GLOSS_REACH
        for other in side
    )  # fmt: skip


def _pair_off(fr: Sequence[Quantity], en: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Pair what is open on both sides, the likeliest pairs first."""
    ranked = sorted(
        (cost, i, j)
        for i, f in enumerate(fr)
        for j, e in enumerate(en)
        if (cost := _pair_cost(f, e)) is not None
    )
    used_fr: set[int] = set()
    used_en: set[int] = set()
    pairs = []
    for _, i, j in ranked:
        if i not in used_fr and j not in used_en:
            used_fr.add(i)
            used_en.add(j)
            pairs.append((fr[i], en[j]))
    return pairs


def _pair_cost(f: Quantity, e: Quantity) -> float | None:
    """How unlikely two open quantities are to be the same one; None where they cannot be."""
    same = f.kind == e.kind
    if (f.kind in _CALENDAR or e.kind in _CALENDAR or "decade" in (f.kind, e.kind)) and not same:
        return None
    if not (f.strong and e.strong) and not (same and f.unit == e.unit):
        return None
    if not same and {f.kind, e.kind} & {"fraction", "multiple", "vague"}:
        return None
    if same and f.kind in ("fraction", "multiple", "vague", "ordinal") and not (f.strong and e.strong):
        return None
    cost = 0.0 if same and f.unit == e.unit else 1.0 if same else 2.0
    cost += 0.0 if f.digits == e.digits else 0.5
    return cost + min(1.0, abs(math.log10(max(f.value, 0.1) / max(e.value, 0.1))) / 4)


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
    """Whether the values have the same digits but are thousands, millions or billions apart."""
    if min(f.value, e.value) <= 0 or max(f.value, e.value) < 1000:
        return False
    power = math.log10(f.value / e.value)
    return round(power) % 3 == 0 and round(power) != 0 and math.isclose(power, round(power), abs_tol=1e-6)


def _own_reason(q: Quantity) -> Reason:
    if q.kind in _DATES:
        return "date"
    return "percent" if q.kind in ("percent", "point") else "currency" if q.kind == "money" else "number"


def _one_a_span(found: Iterable[Discrepancy]) -> Iterable[Discrepancy]:
    """Keep one discrepancy for each span of either side, naming a swap of day and month."""
    kept: dict[tuple[int, int], Discrepancy] = {}
    every = list(found)
    for d in every:
        key = (d.fr.start if d.fr else -1, d.en.start if d.en else -1)
        if key not in kept:
            kept[key] = Discrepancy(d.reason, "swapped", d.fr, d.en) if _is_swap(d, every) else d
    return kept.values()


def _is_swap(d: Discrepancy, every: Sequence[Discrepancy]) -> bool:
    same = [
        o
        for o in every
        if o.fr and o.en and d.fr and d.en and o.fr.start == d.fr.start and o.en.start == d.en.start
    ]
    values = {(o.fr.kind, o.fr.value, o.en.value) for o in same if o.fr and o.en}
    return any(("day", b, a) in values for kind, a, b in values if kind == "month")
