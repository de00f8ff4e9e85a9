"""ACC312: a date or a time of day that is not the same on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._facts import fact_hits, fact_messages
from aligner.checks.base import bead_check
from aligner.model import BeadView, Context, Hit


@bead_check(
    "ACC312",
    "date-time-mismatch",
    title={"en": "Date or time differs", "fr": "Date ou heure différente"},
    category="date-time",
    cause="translation",
    severity="major",
    explained_in_bead_by=("ALN204",),
    messages=fact_messages("La date ou l'heure", "date or time", feminine=True),
)
def date_time_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """A date, a weekday, a year or a time of day is not the same on both sides.

    Finds: another day, month, year, weekday, decade or clock time. In numeric dates, day and month that are
        swapped, unless other dates of the English article show that it puts the month first.
    Matters: readers act on dates, and a swapped day and month looks right in both languages.
    Bad: La vente ferme le 3 avril à 14 h 30. / The sale closes on April 13 at 2:30 p.m.
    Good: La vente ferme le 3 avril à 14 h 30. / The sale closes on April 3 at 2:30 p.m.
    False positives: nights, which belong to the day before or after; dates in American order without any
        other numeric date to tell.
    Measured: 23 findings on 549,000 words of human news translations (newstest 2008-2012), 21 of them right.
        Of 100 months, weekdays and years changed 98 are found.
    """
    return fact_hits(view, "date")
