"""ACC309: the same digits a thousand, a million or a billion times larger on one side."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._facts import fact_hits, fact_messages
from aligner.checks.base import bead_check
from aligner.model import BeadView, Context, Hit


@bead_check(
    "ACC309",
    "magnitude-mismatch",
    title={"en": "Order of magnitude differs", "fr": "Ordre de grandeur différent"},
    category="number",
    cause="translation",
    severity="critical",
    explained_in_bead_by=("ALN204",),
    messages=fact_messages("L'ordre de grandeur", "order of magnitude"),
)
def magnitude_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """A number has the same digits but another order of magnitude on the other side.

    Finds: values that are thousands, millions or billions apart with the same leading digits.
    Matters: "milliard" is "billion" and "billion" is "trillion"; the false friend is worth a factor of 1,000.
    Bad: Le chantier coûte 1,3 milliard d'euros. / The works cost 1.3 million euros.
    Good: Le chantier coûte 1,3 milliard d'euros. / The works cost 1.3 billion euros.
    False positives: a magnitude word left out because the number before it carries it.
    Measured: 14 findings on 549,000 words of human news translations (newstest 2008-2012), 12 of them right.
        Of 100 magnitudes exchanged 92 are found.
    """
    return fact_hits(view, "magnitude")
