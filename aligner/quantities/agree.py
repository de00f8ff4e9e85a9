"""Decides whether two quantities can be one fact: by value, unit and conversion, as exactly as both claim."""

from __future__ import annotations

import math
from dataclasses import replace

from aligner.quantities.types import Quantity
from aligner.quantities.units import UNIT_BY_NAME

# Tuned on newstest 2008-2012 (train).
ROUNDED_FROM = 10_000
"""From here on a value may be rounded to the digits that the other side gives."""
EXACT = 1e-9
"""Relative difference that is only that of floating point."""
ABOUT_TOLERANCE = 0.03
"""Relative difference allowed where one side says "about"."""
COLLECTIVE = 0.2
"""Relative difference allowed for "une dizaine" and "a dozen"."""
CONVERTED = 0.1
"""Relative difference allowed where the unit was converted, which often rounds."""
COMPOUND = 0.012
"""Relative difference allowed where one side gives two units ("5 ft 10 in"): that is meant exactly."""
DURATION = 0.005
"""Relative difference allowed between hours, minutes and seconds, which are converted exactly."""
OVEN = 0.02
"""Relative difference allowed between high temperatures: an oven of 180 °C is one of 350 °F."""
DAY, DURATION_WORDS = 86_400, 0.15
"""Seconds from which durations in other units are compared in words too, and how far they may be apart."""
SHARE, ABOUT_SHARE = 1.0, 4.0
"""Percentage points between a fraction and a percentage, and where one of them is called approximate."""

CALENDAR = frozenset({"month", "weekday"})
"""Kinds that agree with their own kind only."""
_COUNTED = frozenset({"percent", "point", "money", "unit"})


def close(a: Quantity, b: Quantity) -> bool:
    """Return whether some readings of ``a`` and ``b`` are equal, within the precision that both claim."""
    tolerance = _tolerance(a, b)
    rounded = a.approximate != b.approximate or a.magnitude != b.magnitude
    both_approximate = a.approximate and b.approximate
    open_marks = a.foreign and b.foreign  # else the side that is sure of its marks decides
    return any(
        math.isclose(x, y, rel_tol=tolerance)
        or (rounded and min(x, y) >= ROUNDED_FROM and _rounds(x, y))
        or (both_approximate and _nears(x, y))
        for x in (a.values + a.foreign if open_marks else a.values)
        for y in (b.values + b.foreign if open_marks else b.values)
    )


def _tolerance(a: Quantity, b: Quantity) -> float:
    """Return the relative difference allowed; where both sides say "about", they mean the same number."""
    if a.collective or b.collective:
        return COLLECTIVE
    if "year" in (a.kind, b.kind):
        return EXACT
    return ABOUT_TOLERANCE if a.approximate != b.approximate else EXACT


def _nears(x: float, y: float) -> bool:
    """Return whether one value is just below or above the other, rounder one: "some 297", "près de 300"."""
    low, high = sorted((x, y))
    return _significant(high) < _significant(low) and math.isclose(low, high, rel_tol=ABOUT_TOLERANCE)


def _rounds(x: float, y: float) -> bool:
    """Return whether the rounder of two large values is the other one rounded, with two digits at least."""
    rough, fine = sorted((x, y), key=_significant)
    digits = max(2, _significant(rough))
    return _significant(fine) > digits and math.isclose(float(f"{fine:.{digits - 1}e}"), rough)


def _significant(value: float) -> int:
    return len(f"{value:.10e}".partition("e")[0].rstrip("0").replace(".", ""))


_IMPERIAL = {"gallon": 4.54609 / 3.785411784, "pint": 568.26125 / 473.176473}
"""How much larger an imperial unit is than the American one of the same name."""
_AT_SEA = frozenset({"mile", "nautical mile"})
"""Units that go by one name among seafarers."""
_SHORT_TIMES = frozenset({"second", "minute", "hour"})


def agree(a: Quantity, b: Quantity) -> int:
    """Return how well two quantities match.

    3 same value and unit, 2 same value where one side leaves the unit out or converts it, 1 same
    value but another unit, 0 not at all.
    """
    for rule in _RULES:
        if (level := rule(a, b)) is not None:
            return level
    if not close(a, b):
        return 0
    if a.kind == b.kind and a.unit == b.unit:
        return 1 if a.issuer and b.issuer and a.issuer != b.issuer else 3
    if (a.doubtful or b.doubtful) and "number" in (a.kind, b.kind):  # "12 livres" may be 12 books
        return 2
    if (a.kind in _COUNTED and b.kind in _COUNTED) or (a.unit and b.unit and a.kind == b.kind == "vague"):
        return 1
    return 2


def _by_calendar(a: Quantity, b: Quantity) -> int | None:
    if a.kind in CALENDAR or b.kind in CALENDAR:
        return _same_day_or_month(a, b)
    return _same_time(a, b) if "time" in (a.kind, b.kind) else None


def _by_decade(a: Quantity, b: Quantity) -> int | None:
    if "decade" not in (a.kind, b.kind):
        return None
    return 3 if any(x % 100 == y % 100 for x in a.values for y in b.values) else 0


def _by_unit(a: Quantity, b: Quantity) -> int | None:
    if a.kind == b.kind == "unit" and a.unit != b.unit:
        return _same_measure(a, b)
    pounds = {a.kind, b.kind} == {"money", "unit"} and "GBP" in (a.unit, b.unit)
    return 2 if pounds and _same_measure(_as_weight(a), _as_weight(b)) == 2 else None


def _by_degree(a: Quantity, b: Quantity) -> int | None:
    """Match degrees of which no side names the scale: "30 degrés" and "86 degrees"."""
    if not a.unit == b.unit == "degree" or close(a, b):
        return None
    low, high = sorted((a.value, b.value))
    return 2 if abs(low * 1.8 + 32 - high) <= 2 else 0


def _by_share(a: Quantity, b: Quantity) -> int | None:
    if "percent" in (a.kind, b.kind) and ("fraction" in (a.kind, b.kind) or "times" in (a.unit, b.unit)):
        return _same_share(*((a, b) if a.kind == "percent" else (b, a)))
    return _same_points(a, b) if {a.unit, b.unit} == {"", "bp"} and a.kind == b.kind == "point" else None


def _by_floor(a: Quantity, b: Quantity) -> int | None:
    """Match floors that differ by one, since Americans count the ground floor; None for other kinds."""
    return 3 if a.unit == b.unit == "floor" and abs(a.value - b.value) <= 1 else None


_RULES = (_by_calendar, _by_decade, _by_unit, _by_degree, _by_share, _by_floor)
"""Rules for some kinds, tried before plain values are compared; None where a rule does not apply."""


def _same_day_or_month(a: Quantity, b: Quantity) -> int:
    if a.kind != b.kind:
        return 0
    days_apart = (a.value - b.value) % 7
    by_night = a.kind == "weekday" and (a.approximate or b.approximate) and days_apart in (1, 6)
    return 3 if a.value == b.value or by_night else 0


def _same_time(a: Quantity, b: Quantity) -> int:
    clock, quantity = (a, b) if a.kind == "time" else (b, a)
    if quantity.kind == "time":
        return 3 if any(_same_instant(a, b) for a in clock.values for b in quantity.values) else 0
    if quantity.kind == "unit" and (quantity.compound or quantity.unit in ("minute", "second")):
        return _same_duration(clock, quantity)  # "1 h 45" is a time of day or how long something takes
    if quantity.kind not in ("unit", "number"):
        return 0
    value = quantity.value  # the others are years
    if any(value * 60 % 720 == minutes % 720 for minutes in clock.values):
        return 2
    # Also "20.30" and "1530 hours", which the reader takes for plain numbers.
    as_digits = {round(m // 60 + m % 60 / 100, 2) for m in clock.values} | {
        m // 60 * 100 + m % 60 for m in clock.values
    }
    hours = {minutes // 60 % 12 for minutes in clock.values}
    return 2 if value % 12 in hours or value in as_digits else 0


def _same_instant(a: float, b: float) -> bool:
    """Return whether two times in minutes are the same; one may be given without its seconds."""
    return math.isclose(a, b) or (bool(a % 1) != bool(b % 1) and math.floor(a) == math.floor(b))


def _same_duration(clock: Quantity, duration: Quantity) -> int:
    """Return how well a time on the clock matches a duration; "3:25" may be minutes and seconds as well."""
    unit = UNIT_BY_NAME.get(duration.unit)
    if unit is None or unit.dimension != "time":
        return 0
    minutes = duration.value * unit.factor / 60
    return 2 if any(_lasts(minutes, m) or _lasts(minutes * 60, m) for m in clock.values) else 0


def _lasts(minutes: float, clock: float) -> bool:
    """Return whether a duration is the one on the clock, to the second where that shows seconds."""
    return math.isclose(minutes, clock, rel_tol=EXACT if clock % 1 else DURATION)


def _same_measure(a: Quantity, b: Quantity) -> int:
    first, second = UNIT_BY_NAME.get(a.unit), UNIT_BY_NAME.get(b.unit)
    if first is None or second is None or first.dimension != second.dimension:
        return 1 if close(a, b) else 0
    if first.dimension == "temperature":
        return _same_temperature(a, b)
    if {a.unit, b.unit} == _AT_SEA and close(a, b):
        return 2
    tolerance = _conversion_tolerance(a, b)
    matches = (
        math.isclose(x * first.factor * p, y * second.factor * q, rel_tol=tolerance)
        for x in a.values
        for y in b.values
        for p in (1, _IMPERIAL.get(a.unit, 1))
        for q in (1, _IMPERIAL.get(b.unit, 1))
    )
    if any(matches):
        return 2
    return 1 if close(a, b) else 0


def _conversion_tolerance(a: Quantity, b: Quantity) -> float:
    if a.approximate or b.approximate:
        return CONVERTED
    if a.compound or b.compound:
        return COMPOUND
    return DURATION if {a.unit, b.unit} <= _SHORT_TIMES else CONVERTED


def durations_differ(a: Quantity, b: Quantity) -> bool:
    """Return whether two durations in different units clearly differ: "dix jours" and "a fortnight".

    A week may be "huit jours", and a single day or second is often but a turn of phrase.
    """
    first, second = (UNIT_BY_NAME.get(q.unit) if q.kind == "unit" else None for q in (a, b))
    if first is None or second is None or a.unit == b.unit or a.approximate or b.approximate:
        return False
    if {first.dimension, second.dimension} != {"time"} or min(first.factor, second.factor) < DAY:
        return False
    return not math.isclose(a.value * first.factor, b.value * second.factor, rel_tol=DURATION_WORDS)


def _same_share(percent: Quantity, part: Quantity) -> int:
    """Return how well a percentage matches a fraction or a factor: "un tiers" and 33%, "doubled" and 100%."""
    tolerance = ABOUT_SHARE if percent.approximate or part.approximate else SHARE
    shares = [part.value * 100] if part.kind == "fraction" else [(part.value - 1) * 100, part.value * 100]
    return 3 if any(math.isclose(percent.value, share, abs_tol=tolerance) for share in shares) else 0


def _same_points(a: Quantity, b: Quantity) -> int:
    """Return how well basis points and percentage points match."""
    points, basis = (a, b) if b.unit == "bp" else (b, a)
    return 3 if math.isclose(points.value * 100, basis.value) else 0


def _as_weight(q: Quantity) -> Quantity:
    """Return pounds that may be pounds of weight as a weight."""
    return replace(q, kind="unit", unit="lb") if q.unit == "GBP" else q


def _same_temperature(a: Quantity, b: Quantity) -> int:
    if "degree" in (a.unit, b.unit) and close(a, b):
        return 2
    celsius, fahrenheit = (a, b) if a.unit == "°C" or b.unit == "°F" else (b, a)
    if abs(celsius.value * 1.8 + 32 - fahrenheit.value) <= max(2, OVEN * fahrenheit.value):
        return 2
    return 1 if close(a, b) else 0
