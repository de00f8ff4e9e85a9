"""ALN203: a pair that is no full translation."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import pair_check
from aligner.model import LANGUAGES, Alignment, Context, Document, Hit
from aligner.text.coverage import coverage

CONFIDENCE = 0.8


@pair_check(
    "ALN203",
    "pair-adapted",
    title={"en": "Abridged or adapted version", "fr": "Version abrégée ou adaptée"},
    category="structure",
    cause="editorial",
    severity="minor",
    messages={
        "abridged": {
            "fr": "Une version est abrégée : {fr} % du français et {en} % de l'anglais se répondent.",
            "en": "One version is abridged: {fr}% of the French and {en}% of the English match.",
        },
        "adapted": {
            "fr": "Une version est adaptée : {fr} % du français et {en} % de l'anglais se répondent.",
            "en": "One version is adapted: {fr}% of the French and {en}% of the English match.",
        },
    },
)
def pair_adapted(alignment: Alignment, context: Context) -> Iterator[Hit]:
    """One version of the article abridges or adapts the other.

    Finds: pairs too little of which is covered, in the same order, for a full translation. Passages that one
        side lacks are then no findings of their own.
    Matters: what looks like a hundred omissions is one editorial choice.
    Bad: a report of twenty sentences / a brief of five from the same report.
    Good: a report of twenty sentences / the same report sentence by sentence.
    False positives: live blogs and pages with much unrelated text around the article.
    Measured: says what pairing decided; `aligner bench demo` measures that.
    """
    pair = alignment.pair
    if pair.kind == "translation":
        return
    # The shorter version shows it best: that is where a reader looks for what is gone.
    shorter: Document = min((pair.fr, pair.en), key=lambda d: len(d.text))
    segments = shorter.aligned_segments
    if segments:
        fr, en = (round(100 * coverage(alignment, language)) for language in LANGUAGES)
        yield Hit(
            pair.kind,
            segments[0].start,
            segments[0].end,
            language=shorter.language,
            confidence=CONFIDENCE,
            values={"fr": fr, "en": en},
        )
