"""ACC308: a number that is not the same on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._facts import fact_hits, fact_messages
from aligner.checks.base import bead_check
from aligner.model import BeadView, Context, Hit


@bead_check(
    "ACC308",
    "number-mismatch",
    title={"en": "Number differs", "fr": "Nombre différent"},
    category="number",
    cause="translation",
    severity="major",
    explained_by=("ACC309", "ACC310", "ACC311", "ACC312", "ACC313"),
    explained_in_bead_by=("ALN204", "ACC301", "ACC302", "ACC304"),
    messages=fact_messages("Le nombre", "number"),
)
def number_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """A number is not the same on both sides.

    Finds: a number, fraction or factor, in digits or in words, that no number of the other side or of its
        neighbours equals.
    Matters: figures are what readers quote; a wrong one is the costliest small fault of a translation.
    Bad: La ville compte 1 300 arbres. / The town has 1,500 trees.
    Good: La ville compte 1 300 arbres. / The town has thirteen hundred trees.
    False positives: numbers that one side dropped on purpose (a score, an age, a version) are reported as
        standing on one side only; small ones of these are minor.
    Measured: 99 findings on 549,000 words of human news translations (newstest 2008-2012), 56 of them major;
        22 of 30 read were right, 12 of 14 of the major ones. Of 750 numbers changed by a digit 736 are found.
    """
    return fact_hits(view, "number")
