"""ACC311: the same amount in another currency, or without one."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._facts import fact_hits, fact_messages
from aligner.checks.base import bead_check
from aligner.model import BeadView, Context, Hit


@bead_check(
    "ACC311",
    "currency-mismatch",
    title={"en": "Currency differs", "fr": "Monnaie différente"},
    category="number",
    cause="translation",
    severity="major",
    explained_in_bead_by=("ALN204",),
    messages=fact_messages("La monnaie", "currency", feminine=True),
)
def currency_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """An amount of money has another currency on the other side, or none, or appears on one side only.

    Finds: the same value in two currencies. An amount whose currency is named nowhere around on one side
        is minor. Amounts that differ in both value and currency count as converted and are left alone.
    Matters: euros are not dollars; the sum is wrong although every digit is right.
    Bad: Le musée a payé 40 000 euros. / The museum paid 40,000 dollars.
    Good: Le musée a payé 40 000 euros. / The museum paid €40,000.
    False positives: an amount that one side leaves to the context.
    Measured: 9 findings on 549,000 words of human news translations (newstest 2008-2012), 5 of them right.
        Of 100 currencies exchanged 93 are found.
    """
    return fact_hits(view, "currency")
