"""Shared by the checks of numbers, dates and amounts: the facts of a bead compared by value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from aligner.checks.base import Messages
from aligner.checks.next_to import beads_next_to
from aligner.model import OTHER, BeadView, Hit, Language, Segment, Severity, Span
from aligner.quantities.agree import agree
from aligner.quantities.compare import Discrepancy, Reason, compare
from aligner.quantities.reader import marks_are_sure, month_first, read_quantities
from aligner.quantities.side import Budget, OverBudgetError, Side
from aligner.quantities.types import Quantity

EVIDENCE_REACH = 15
"""Beads before and after in which the right one of two values is looked for."""
_SHARED = "discrepancies"
_NOTATION = "notation"
_AROUND = "values around"
SMALL_NUMBER = 100
"""Plain numbers below this may be dropped in good translations: alone they are minor (newstest 2008-2012)."""

# Confidence by how a fact fails, from what was read of newstest 2008-2012 (train).
_CONFIDENCE = {"differs": 0.9, "unit": 0.85, "swapped": 0.6, "alone": 0.6, "unmarked": 0.5, "uncompared": 0.5}
ODD_CONFIDENCE = 0.95
"""Confidence where the rest of the pair says which side is the odd one."""


def fact_messages(thing_fr: str, thing_en: str, *, feminine: bool = False) -> Messages:
    """Return the messages that all fact checks share, about ``thing`` ("Le nombre", "number")."""
    same_as = "la même" if feminine else "le même"
    differs = {
        "fr": f"{thing_fr} n'est pas {same_as} : « {{fr}} » en français, « {{en}} » en anglais.",
        "en": f"The {thing_en} differs: “{{fr}}” in French, “{{en}}” in English.",
    }
    return {
        "differs": _extended(differs, "", ""),
        "odd-fr": _extended(
            differs,
            " Le reste des deux textes donne raison à l'anglais.",
            " The rest of the two texts supports the English.",
        ),
        "odd-en": _extended(
            differs,
            " Le reste des deux textes donne raison au français.",
            " The rest of the two texts supports the French.",
        ),
        "swapped": _extended(
            differs,
            " Jour et mois semblent échangés, ou l'un des deux est noté à l'américaine.",
            " Day and month seem to be swapped, or one side puts the month first.",
        ),
        "unmarked": _extended(differs, " L'unité manque d'un côté.", " The unit is missing on one side."),
        "uncompared": {
            "fr": "Ce passage contient trop de valeurs sans équivalent exact pour que chacune soit comparée.",
            "en": "This passage holds too many values without an exact match for each to be compared.",
        },
        "only-fr": {
            "fr": "« {fr} » ne se trouve que dans le texte français.",
            "en": "“{fr}” appears only in the French.",
        },
        "only-en": {
            "fr": "« {en} » ne se trouve que dans le texte anglais.",
            "en": "“{en}” appears only in the English.",
        },
    }


def _extended(base: dict[str, str], more_fr: str, more_en: str) -> dict[Language, str]:
    """Return a message with a sentence more in each language."""
    return {"fr": base["fr"] + more_fr, "en": base["en"] + more_en}


def fact_hits(view: BeadView, reason: Reason) -> Iterator[Hit]:
    """Yield a hit for each quantity of the bead that differs for ``reason``."""
    for discrepancy in discrepancies(view):
        if discrepancy.reason == reason:
            yield _hit(view, discrepancy, _notation(view).us_dates)


def discrepancies(view: BeadView) -> tuple[Discrepancy, ...]:
    """Return the discrepancies of a bead, worked out once for all checks; spans count in the documents."""
    if _SHARED not in view.results:
        view.results[_SHARED] = _discrepancies(view)
    result: tuple[Discrepancy, ...] = view.results[_SHARED]
    return result


def _discrepancies(view: BeadView) -> tuple[Discrepancy, ...]:
    bead = view.bead
    if not bead.fr or not bead.en or [s.text for s in bead.fr] == [s.text for s in bead.en]:
        return ()
    us_dates, sure_marks = _notation(view)
    fr, en = _placed_quantities(bead.fr, False, sure_marks), _placed_quantities(bead.en, us_dates, sure_marks)
    if not fr and not en:
        return ()
    neighbours = [(_quantities(b.fr, False), _quantities(b.en, us_dates)) for b in beads_next_to(view)]
    return compare(fr, en, neighbours)


class _Notation(NamedTuple):
    """``us_dates``: the English puts the month first; ``sure_marks``: each side uses its own marks."""

    us_dates: bool
    sure_marks: bool


def _notation(view: BeadView) -> _Notation:
    """Return how the articles of a pair write dates and numbers, worked out once for all its beads."""
    if _NOTATION not in view.of_pair:
        pair = view.alignment.pair
        sure_marks = marks_are_sure(pair.fr.text, "fr") and marks_are_sure(pair.en.text, "en")
        view.of_pair[_NOTATION] = _Notation(month_first(pair.en.text), sure_marks)
    notation: _Notation = view.of_pair[_NOTATION]
    return notation


def _placed_quantities(segments: Sequence[Segment], us_dates: bool, sure_marks: bool) -> list[Quantity]:
    return [
        replace(q, start=s.start + q.start, end=s.start + q.end)
        for s in segments
        for q in read_quantities(s.text, _language(s), us_dates, sure_marks)
    ]


def _quantities(segments: Sequence[Segment], us_dates: bool) -> list[Quantity]:
    return [q for s in segments for q in read_quantities(s.text, _language(s), us_dates, False)]


def _language(segment: Segment) -> Language:
    return "en" if segment.language == "en" else "fr"


def _hit(view: BeadView, d: Discrepancy, us_dates: bool) -> Hit:
    texts = {"fr": view.alignment.pair.fr.text, "en": view.alignment.pair.en.text}
    spans: dict[Language, Span] = {}
    if d.fr:
        spans["fr"] = (d.fr.start, d.fr.end)
    if d.en:
        spans["en"] = (d.en.start, d.en.end)
    odd_side = _odd_side(view, d, us_dates)
    side = odd_side or ("en" if d.en else "fr")
    key = _key(d, odd_side)
    confidence = ODD_CONFIDENCE if key.startswith("odd") else _CONFIDENCE[d.way]
    return Hit(
        key,
        *spans[side],
        values={language: texts[language][slice(*span)] for language, span in spans.items()},
        language=side,
        severity=_severity(d),
        confidence=confidence,
        suggestion=_suggestion(d, odd_side),
        other=spans.get(OTHER[side]),
    )


def _key(d: Discrepancy, odd_side: Language | None) -> str:
    if d.way == "alone":
        return "only-fr" if d.fr else "only-en"
    if d.way in ("swapped", "unmarked", "uncompared"):
        return d.way
    return f"odd-{odd_side}" if odd_side else "differs"


def _severity(d: Discrepancy) -> Severity | None:
    """Return a severity of its own for some discrepancies; None for the check's."""
    if d.way in ("unmarked", "uncompared") or (d.fr and d.fr.kind == "vague"):
        return "minor"
    single = d.fr or d.en
    is_small = single is not None and (
        not single.digits or (d.reason == "number" and single.value < SMALL_NUMBER)
    )
    return "minor" if d.way == "alone" and is_small else None


def _odd_side(view: BeadView, d: Discrepancy, us_dates: bool) -> Language | None:
    """Return the side whose value nothing around supports while something supports the other's, if any."""
    if d.fr is None or d.en is None or d.way != "differs" or d.fr.kind != d.en.kind:
        return None
    evidence = _evidence(view, us_dates)
    try:
        supported_fr, supported_en = (any(agree(q, o) == 3 for o in evidence.near(q)) for q in (d.fr, d.en))
    except OverBudgetError:  # so many values that nothing says which one is meant
        return None
    if supported_fr == supported_en:
        return None
    return "en" if supported_fr else "fr"


def _evidence(view: BeadView, us_dates: bool) -> Side:
    """Return the values around a bead, worked out once for all its discrepancies."""
    if _AROUND not in view.results:
        quantities = _quantities(view.neighbours("fr", EVIDENCE_REACH), False)
        quantities += _quantities(view.neighbours("en", EVIDENCE_REACH), us_dates)
        view.results[_AROUND] = Side(quantities, Budget())
    evidence: Side = view.results[_AROUND]
    return evidence


def _suggestion(d: Discrepancy, odd_side: Language | None) -> str | None:
    """Return the correct number in the format of the odd side, where both are plain digits."""
    if odd_side is None or d.fr is None or d.en is None:
        return None
    right = d.fr if odd_side == "en" else d.en
    is_plain = d.fr.kind == d.en.kind and d.fr.kind in ("number", "year") and d.fr.digits and d.en.digits
    if not is_plain or right.magnitude != 1 or d.fr.unit or d.en.unit:
        return None
    return write_number(right.value, odd_side) if right.kind == "number" else f"{right.value:.0f}"


def write_number(value: float, language: Language) -> str:
    """Format a number in digits as ``language`` does: "1 300,5" (narrow no-break space) or "1,300.5"."""
    formatted = (
        f"{value:,.10g}" if value < 10000 and value >= 1000 and value == int(value) else f"{value:,.10f}"
    )
    if "." in formatted:
        formatted = formatted.rstrip("0").rstrip(".")
    return formatted if language == "en" else formatted.replace(",", "\u202f").replace(".", ",")
