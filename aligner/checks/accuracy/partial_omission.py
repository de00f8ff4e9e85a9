"""ACC303: a clause without counterpart inside a passage that has one."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import bead_check
from aligner.model import LANGUAGES, BeadView, Context, Hit
from aligner.text.words import count_words

SHORTEST = 4
"""Words below which an uncovered clause is a turn of phrase (newstest 2008-2012)."""
CONFIDENCE = 0.6


@bead_check(
    "ACC303",
    "partial-omission",
    title={"en": "Clause on one side only", "fr": "Proposition d’un seul côté"},
    category="omission",
    cause="translation",
    severity="minor",
    explained_by=("EXT108",),
    explained_in_bead_by=("ALN204", "ACC301", "ACC302"),
    messages={
        "clause-fr": {
            "fr": "Ce membre de phrase n'a pas de pendant en anglais.",
            "en": "This clause appears only in the French.",
        },
        "clause-en": {
            "fr": "Ce membre de phrase n'a pas de pendant en français.",
            "en": "This clause appears only in the English.",
        },
    },
)
def partial_omission(view: BeadView, context: Context) -> Iterator[Hit]:
    """A clause appears on one side only, inside sentences that otherwise match.

    Finds: clauses of some words that the alignment found no counterpart for, in pairs that are full
        translations.
    Matters: what was dropped in mid-sentence is the hardest loss to see.
    Bad: Le maire, élu de justesse en mai, démissionne. / The mayor resigns.
    Good: Le maire, élu de justesse en mai, démissionne. / The mayor, narrowly elected in May, resigns.
    False positives: free wording, and glosses that only readers abroad need.
    Measured: where the clauses come from: 55 % of the clauses taken from held-out news are found, 0.4 % of
        whole pairs are suspected.
    """
    if view.alignment.pair.kind != "translation":
        return
    evidence = view.bead.evidence
    for language, spans in zip(LANGUAGES, (evidence.uncovered_fr, evidence.uncovered_en), strict=True):
        text = (view.alignment.pair.fr if language == "fr" else view.alignment.pair.en).text
        for start, end in spans:
            if count_words(text[start:end]) >= SHORTEST:
                yield Hit(f"clause-{language}", start, end, language=language, confidence=CONFIDENCE)
