"""ACC303: a clause without counterpart inside a passage that has one."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._one_sided import uncovered
from aligner.checks.base import bead_check
from aligner.checks.next_to import beads_beside
from aligner.model import LANGUAGES, OTHER, BeadView, Context, Hit, Language
from aligner.quantities.reader import read_quantities
from aligner.text.words import count_words

MIN_WORDS = 4
"""Words below which an uncovered clause is a turn of phrase (newstest 2008-2012)."""
CONFIDENCE = 0.6
ANSWERED_CONFIDENCE = 0.5
"""Confidence beside a passage that only the other side has, which may be the rest of the clause."""


@bead_check(
    "ACC303",
    "partial-omission",
    title={"en": "Clause on one side only", "fr": "Proposition d’un seul côté"},
    category="omission",
    cause="translation",
    severity="minor",
    explained_by=("EXT108",),
    explained_in_bead_by=("ALN204", "ACC301", "ACC302", "ACC317"),
    messages={
        "clause-fr": {
            "fr": "Ce membre de phrase n'a pas d'équivalent en anglais.",
            "en": "This clause appears only in the French.",
        },
        "clause-en": {
            "fr": "Ce membre de phrase n'a pas d'équivalent en français.",
            "en": "This clause appears only in the English.",
        },
    },
)
def partial_omission(view: BeadView, context: Context) -> Iterator[Hit]:
    """A clause appears on one side only, inside sentences that otherwise match.

    Finds: some words in a row that the alignment found no counterpart for, in pairs that are full
        translations.
    Matters: what was dropped in mid-sentence is the hardest loss to see.
    Bad: Le maire, élu de justesse en mai, démissionne. / The mayor resigns.
    Good: Le maire, élu de justesse en mai, démissionne. / The mayor, narrowly elected in May, resigns.
    False positives: free wording, and glosses that only readers abroad need.
    Measured: where the words come from: 76 % of the clauses taken from held-out news are found, 0.9 % of
        whole pairs are suspected, most of which do lack something.
    """
    if view.alignment.pair.kind != "translation":
        return
    for language in LANGUAGES:
        for start, end in uncovered(view.bead, language):
            text = (view.alignment.pair.fr if language == "fr" else view.alignment.pair.en).text
            if count_words(text[start:end]) >= MIN_WORDS and not _is_number(text[start:end], language):
                confidence = ANSWERED_CONFIDENCE if _alone_beside(view, OTHER[language]) else CONFIDENCE
                yield Hit(f"clause-{language}", start, end, language=language, confidence=confidence)


def _is_number(clause: str, language: Language) -> bool:
    """Return whether a clause is but a number in words, which the checks of facts compare."""
    length = len(clause.strip())
    return any(q.end - q.start >= length for q in read_quantities(clause, language))


def _alone_beside(view: BeadView, language: Language) -> bool:
    """Return whether a passage next to the bead is in one language only: it may answer a clause here."""
    return any(bead.side(language) and not bead.side(OTHER[language]) for bead in beads_beside(view))
