"""Compares the quantities of two sides by value and says which do not answer each other, and how."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from aligner.quantities.agree import CALENDAR, agree
from aligner.quantities.types import Quantity

Reason = Literal["number", "magnitude", "percent", "currency", "date", "unit"]
Way = Literal["differs", "swapped", "unit", "unmarked", "alone"]

GLOSS_REACH = 30
"""Characters within which a second amount is taken as a conversion of the first (newstest 2008-2012)."""

VAGUELY = 5
"""Times by which two round words ("dizaines", "hundreds") must differ (newstest 2008-2012)."""

_REPEATED = frozenset({"month", "year", "weekday", "percent", "money", "number"})
"""Kinds of which a sentence may hold the same value twice, and of two values one for the other."""
_DATES = frozenset({"day", "month", "year", "weekday", "time", "decade"})


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
    open_fr = [q for q in fr if not (_is_feast(q) or _answered(q, en) or _answered(q, free_en))]
    open_en = [q for q in en if not (_is_feast(q) or _answered(q, fr) or _answered(q, free_fr))]
    open_fr, open_en = open_fr + _surplus(open_en, en, fr), open_en + _surplus(open_fr, fr, en)
    found = list(_unit_conflicts(open_fr, open_en)) + list(_unmarked(fr, en, all_fr, all_en))
    for kept in found:
        open_fr = [q for q in open_fr if q is not kept.fr]
        open_en = [q for q in open_en if q is not kept.en]
    glosses = {
        id(q) for side, still in ((fr, open_fr), (en, open_en)) for q in still if _is_gloss(q, side, still)
    }
    paired_off = _pair_off(open_fr, open_en)
    pairs = [
        (f, e) for f, e in paired_off if (f.kind, f.unit) == (e.kind, e.unit) or not glosses & {id(f), id(e)}
    ]
    short = {id(q) for f, e in pairs if _left_out(f, e, fr) or _left_out(e, f, en) for q in (f, e)}
    pairs = [pair for pair in pairs if id(pair[0]) not in short]
    found += [d for f, e in pairs if (d := _difference(f, e))]
    paired = {id(q) for pair in pairs for q in pair} | glosses | short
    alone_fr = (q for q in open_fr if _stands_out(q) and id(q) not in paired and not _answered(q, all_en))
    alone_en = (q for q in open_en if _stands_out(q) and id(q) not in paired and not _answered(q, all_fr))
    found += [Discrepancy(_own_reason(q), "alone", q, None) for q in alone_fr]
    found += [Discrepancy(_own_reason(q), "alone", None, q) for q in alone_en]
    return tuple(_one_a_span(found))


def _surplus(lone: Iterable[Quantity], other: Sequence[Quantity], side: Sequence[Quantity]) -> list[Quantity]:
    """What ``side`` says once more than ``other`` does, for a value of ``other`` left without an answer.

    Of "de janvier à juin" and "from June to June" one June stands for January.
    """
    return [found for q in lone if (found := _said_too_often(q, other, side))]


def _said_too_often(lone: Quantity, other: Sequence[Quantity], side: Sequence[Quantity]) -> Quantity | None:
    if lone.kind not in _REPEATED:
        return None
    here, there = ([q for q in qs if _same_sort(q, lone) and not _is_feast(q)] for qs in (side, other))
    unanswered = [q for q in there if not _answered(q, here)]
    if len(here) != len(there) or len(unanswered) != 1:
        return None
    extra = [q for q in here if _times(q, here) > _times(q, there)]
    in_its_place = here[there.index(lone)]
    return in_its_place if in_its_place in extra else next(iter(extra), None)


def _same_sort(a: Quantity, b: Quantity) -> bool:
    """Whether two values are of one kind; plain numbers in words are reworded too freely to count."""
    return (a.kind, a.unit) == (b.kind, b.unit) and (a.kind != "number" or (a.digits and b.digits))


def _times(q: Quantity, side: Iterable[Quantity]) -> int:
    return sum(agree(q, other) == 3 for other in side)


def _is_feast(q: Quantity) -> bool:
    """Whether a day or month is only named by its feast: that answers a date but asks for none."""
    return q.kind in ("day", "month") and q.approximate


def _stands_out(q: Quantity) -> bool:
    """Whether a value is worth telling although nothing contradicts it: words are reworded freely."""
    wholly = q.kind == "percent" and q.value == 100  # "100 % mécanique" is "purely mechanical"
    return q.strong and (q.digits or q.kind in ("money", "percent")) and not wholly


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
    if kinds == {"money", "unit"}:  # pounds of weight
        return "unit"
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
            # "Les 4 milliards" may leave the currency to the context; plain digits may not.
            elliptic = marked.kind == "money" and marked.magnitude > 1
            if not lost or elliptic or agree(f, e) != 2:
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
        other.kind == q.kind
        and other.unit != q.unit
        and other not in open_side
        and max(other.start - q.end, q.start - other.end) <= GLOSS_REACH
        for other in side
    )


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
    if (f.kind in CALENDAR or e.kind in CALENDAR or "decade" in (f.kind, e.kind)) and not same:
        return None
    if not (f.strong and e.strong) and not (same and f.unit == e.unit):
        return None
    if not same and {f.kind, e.kind} & {"fraction", "multiple", "vague"}:
        return None
    if same and (f.kind == "multiple" or _loosely_used(f, e)):
        return None
    cost = 0.0 if same and f.unit == e.unit else 1.0 if same else 2.0
    cost += 0.0 if f.digits == e.digits else 0.5
    return cost + min(1.0, abs(math.log10(max(f.value, 0.1) / max(e.value, 0.1))) / 4)


def _loosely_used(f: Quantity, e: Quantity) -> bool:
    """Whether two words differ no more than good translations do: "dizaines" and "dozens", "premier lieu"."""
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
    """Whether the values have the same digits but are thousands, millions or billions apart."""
    if min(f.value, e.value) <= 0 or max(f.value, e.value) < 1000:
        return False
    power = math.log10(f.value / e.value)
    return round(power) % 3 == 0 and round(power) != 0 and math.isclose(power, round(power), abs_tol=1e-6)


def _left_out(short: Quantity, full: Quantity, side: Sequence[Quantity]) -> bool:
    """Whether ``short`` leaves out a magnitude that its side has named: "27 millions, soit 9 de plus"."""
    bare = short.kind == "number" and short.magnitude == 1
    return bare and any(q.magnitude > 1 and math.isclose(short.value * q.magnitude, full.value) for q in side)


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
