"""ACC310: a percentage that is not the same on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._facts import fact_hits, fact_messages
from aligner.checks.base import bead_check
from aligner.model import BeadView, Context, Hit


@bead_check(
    "ACC310",
    "percent-mismatch",
    title={"en": "Percentage differs", "fr": "Pourcentage différent"},
    category="number",
    cause="translation",
    severity="major",
    explained_in_bead_by=("ALN204",),
    messages=fact_messages("Le pourcentage", "percentage"),
)
def percent_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """A percentage is not the same on both sides, or is one on one side only.

    Finds: two percentages of different value, a percentage against an amount or a plain number of the same
        value, and percent against percentage points.
    Matters: a lost decimal comma turns 12.5% into 125%.
    Bad: Le chômage touche 12,5 % des jeunes. / Unemployment affects 125% of young people.
    Good: Le chômage touche 12,5 % des jeunes. / Unemployment affects 12.5 per cent of young people.
    False positives: a percentage given as a share ("one in eight").
    Measured: 15 findings on 549,000 words of human news translations (newstest 2008-2012), 13 of them right.
        Of 100 percentages without their decimal comma all are found.
    """
    return fact_hits(view, "percent")
