"""ACC318: a sentence that says no on one side and yes on the other."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._negation import unanswered
from aligner.checks.base import bead_check
from aligner.model import BeadView, Context, Hit

LIKELY, UNSURE = 0.6, 0.4


@bead_check(
    "ACC318",
    "negation-mismatch",
    title={"en": "Negation on one side only", "fr": "Négation d’un seul côté"},
    category="mistranslation",
    cause="translation",
    severity="major",
    explained_by=("EXT106", "EXT107", "EXT109"),
    explained_in_bead_by=("ALN204", "ACC304"),
    messages={
        "fr": {
            "fr": "La négation « {negation} » n'a rien qui lui réponde en anglais.",
            "en": "Nothing in the English answers the negation “{negation}”.",
        },
        "en": {
            "fr": "La négation « {negation} » n'a rien qui lui réponde en français.",
            "en": "Nothing in the French answers the negation “{negation}”.",
        },
    },
)
def negation_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """A sentence is negated on one side and nothing answers that on the other.

    Finds: full negations ("ne … pas", "not") that are left when each has been given the nearest negation of
        the other side, and that no word which can stand for one ("unable", "peu", "impossible") answers
        nearby. The "ne" that does not negate, "ne … que", "not only" and their like do not count.
    Matters: a lost "not" turns the sentence into its opposite, and it still reads well.
    Bad: Le pont n'est pas ouvert. / The bridge is open.
    Good: Le pont n'est pas ouvert. / The bridge is still closed.
    False alarms: opposites that no list holds ("n'est pas ouvert", "is closed"); minor where a word of the
        other side makes that likely.
    Measured: 31 of 36 firings drawn by chance in machine translations and web bitext (wce-lig, newsdiscuss,
        paracrawl) were right, before four of the others were mended. On 549,000 words of human translations
        (newstest 2008-2012) it fires 207 times, 47 of them major. Of 750 negations put in or taken away 677
        are found.
    """
    bead = view.bead
    pair = view.alignment.pair
    if not bead.fr or not bead.en or pair.kind == "adapted":
        return
    starts = {"fr": bead.fr[0].start, "en": bead.en[0].start}
    lost = unanswered(
        pair.fr.text[starts["fr"] : bead.fr[-1].end], pair.en.text[starts["en"] : bead.en[-1].end]
    )
    if lost:
        start, end = (starts[lost.language] + offset for offset in lost.span)
        document = pair.fr if lost.language == "fr" else pair.en
        yield Hit(
            lost.language,
            start,
            end,
            values={"negation": document.text[start:end]},
            language=lost.language,
            severity="minor" if lost.doubtful else None,
            confidence=UNSURE if lost.doubtful else LIKELY,
        )
