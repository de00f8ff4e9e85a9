"""ALN203: a pair that is no full translation."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import pair_check
from aligner.model import Alignment, Context, Document, Hit, Language
from aligner.text.words import count_words

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
            "en": "One version is abridged: {fr}% of the French and {en}% of the English answer each other.",
        },
        "adapted": {
            "fr": "Une version est adaptée : {fr} % du français et {en} % de l'anglais se répondent.",
            "en": "One version is adapted: {fr}% of the French and {en}% of the English answer each other.",
        },
    },
)
def pair_adapted(alignment: Alignment, context: Context) -> Iterator[Hit]:
    """One version of the article abridges or adapts the other.

    Finds: pairs whose coverage or order is too low for a full translation. Omissions in them are minor.
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
        yield Hit(
            pair.kind,
            segments[0].start,
            segments[0].end,
            language=shorter.language,
            confidence=CONFIDENCE,
            values={"fr": _covered(alignment, "fr"), "en": _covered(alignment, "en")},
        )


def _covered(alignment: Alignment, language: Language) -> int:
    """Return the percentage of the words of one side in beads with two sides."""
    words = covered = 0
    for bead in alignment.beads:
        here = sum(count_words(s.text) for s in bead.side(language))
        words += here
        covered += here if bead.fr and bead.en else 0
    return round(100 * covered / words) if words else 0
