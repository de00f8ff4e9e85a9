"""ACC313: the same value in another unit of measure."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._facts import fact_hits, fact_messages
from aligner.checks.base import bead_check
from aligner.model import BeadView, Context, Hit


@bead_check(
    "ACC313",
    "unit-mismatch",
    title={"en": "Unit differs", "fr": "Unité différente"},
    category="number",
    cause="translation",
    severity="minor",
    explained_in_bead_by=("ALN204",),
    messages=fact_messages("L'unité", "unit", feminine=True),
)
def unit_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """A measure has the same value in another unit, or was converted wrongly.

    Finds: kilometres against miles, months against years, Celsius against Fahrenheit where the value did not
        change with the unit. Right conversions, also in brackets, are left alone.
    Matters: a unit changed without its value makes the fact wrong.
    Bad: Le village est à 30 kilomètres. / The village is 30 miles away.
    Good: Le village est à 30 kilomètres. / The village is 19 miles away.
    False positives: loose words for time ("une semaine", "eight days") are compared roughly.
    Measured: 3 findings on 549,000 words of human news translations (newstest 2008-2012), all right.
    """
    return fact_hits(view, "unit")
