"""ALN202: an article with two possible counterparts."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.alignment._unpaired import unpaired_hits
from aligner.checks.base import corpus_check
from aligner.model import Context, CorpusView, Hit


@corpus_check(
    "ALN202",
    "pair-ambiguous",
    title={"en": "Several possible counterparts", "fr": "Plusieurs équivalents possibles"},
    category="structure",
    cause="alignment",
    severity="minor",
    messages={
        "ambiguous": {
            "fr": "Plusieurs articles peuvent être l'équivalent de celui-ci.",
            "en": "Several articles may be the counterpart of this one.",
        },
        "ambiguous-near": {
            "fr": "Cet article a plusieurs équivalents possibles, dont {candidate} ({score}).",
            "en": "This article has several possible counterparts, such as {candidate} ({score}).",
        },
    },
)
def pair_ambiguous(view: CorpusView, context: Context) -> Iterator[Hit]:
    """An article has more than one possible counterpart.

    Finds: articles whose two best counterparts are too close to choose between.
    Matters: a wrong pair makes every finding in it wrong; a person must choose (`--pairs`).
    Bad: one French report / two English reports on the same match, equally near.
    Good: one French report / its translation, and another on last year's match.
    False positives: two versions of one story that are both wanted.
    Measured: says what pairing decided; `aligner bench pair` measures that.
    """
    return unpaired_hits(view, {"ambiguous": "ambiguous"})
