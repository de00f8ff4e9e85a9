"""ALN201: an article without counterpart."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.alignment._unpaired import unpaired_hits
from aligner.checks.base import corpus_check
from aligner.model import Context, CorpusView, Hit


@corpus_check(
    "ALN201",
    "pair-missing",
    title={"en": "No counterpart", "fr": "Sans équivalent"},
    category="structure",
    cause="alignment",
    severity="minor",
    messages={
        "none": {
            "fr": "Cet article n'a pas d'équivalent dans l'autre langue.",
            "en": "This article has no counterpart in the other language.",
        },
        "none-near": {
            "fr": "Cet article n'a pas d'équivalent ; le moins éloigné est {candidate} ({score}).",
            "en": "This article has no counterpart; the nearest is {candidate} ({score}).",
        },
        "related": {
            "fr": "Cet article n'a pas d'équivalent ; un autre traite seulement d'un sujet voisin.",
            "en": "This article has no counterpart; another one is only about a related subject.",
        },
        "related-near": {
            "fr": "Cet article n'a pas d'équivalent ; {candidate} traite d'un sujet voisin ({score}).",
            "en": "This article has no counterpart; {candidate} is only about a related subject ({score}).",
        },
    },
)
def pair_missing(view: CorpusView, context: Context) -> Iterator[Hit]:
    """An article has no counterpart in the other language.

    Finds: articles without a counterpart in the other language; the nearest one is named.
    Matters: either its translation is missing from the folder, or nothing was translated.
    Bad: fr/flood.txt alone in the folder.
    Good: fr/flood.txt and en/flood.txt.
    False positives: articles that were never meant to be translated.
    Measured: says what pairing decided; `aligner bench pair` measures that.
    """
    return unpaired_hits(view, {"no counterpart": "none", "only related": "related"})
