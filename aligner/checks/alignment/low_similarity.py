"""ALN204: a bead whose sides do not seem to match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.checks.base import bead_check
from aligner.checks.extraction._misread import misread
from aligner.lexicon.words import lexicon
from aligner.model import LANGUAGES, Bead, BeadView, Context, Hit, Language, Segment
from aligner.quantities.compare import compare
from aligner.quantities.reader import read_quantities
from aligner.quantities.types import Quantity
from aligner.quantities.units import UNIT_BY_NAME
from aligner.text.words import count_words

LOW_SIMILARITY = 0.2
"""Calibrated similarity below which a bead is doubtful (default encoder, 3,003 held-out news pairs)."""
SHORTEST, LONG = 4, 12
"""Words of either side below which similarity says nothing, and from which it always says something."""
FAMILIAR, SHARE = 20, 0.7
"""Between the two, the share of longer words that must be so often in the lexicon: of the labels of goods
and of other words that it hardly saw the encoder knows too little (tuned on web bitext, read one by one)."""
ELIDED = 100
"""Occurrences from which what an apostrophe ends is an elision ("quelqu'un", 1,205), not part of a compound
("presqu'île", 23)."""

DAMAGED = 0.2
"""Share of words in the wrong encoding from which the similarity of a passage says nothing."""
MEASURED_KINDS = frozenset(("unit", "money", "percent"))
"""Kinds of quantities that hardly agree by chance."""

_LONGER_WORD = re.compile(r"[^\W\d_]{4,}")
_COMPOUND = re.compile(r"(?<![^\W\d_])([^\W\d_]{4,})[’']([^\W\d_]{2,})")


@bead_check(
    "ALN204",
    "low-similarity",
    title={"en": "Passages that hardly match", "fr": "Passages qui se répondent mal"},
    category="mistranslation",
    cause="alignment",
    severity="minor",
    messages={
        "low": {
            "fr": "Ces passages se répondent à peine (similarité {similarity}).",
            "en": "These passages do not seem to match (similarity {similarity}).",
        }
    },
)
def low_similarity(view: BeadView, context: Context) -> Iterator[Hit]:
    """Two aligned passages do not seem to match.

    Finds: beads of low similarity with both sides present and long enough to tell.
    Matters: either the alignment is wrong here, or the translation says something else; differences of
        numbers and names in such a bead are not counted on their own.
    Bad: Le maire démissionne ce soir. / Rain is expected in the north tomorrow.
    Good: Le maire démissionne ce soir. / The mayor is stepping down tonight.
    False positives: idioms, verse, and short passages; those of unfamiliar words, or with the same measures
        on both sides, are left out.
    Measured: on 3,003 held-out news pairs 0.14 % of the true beads fall below the threshold, 97 % of pairs
        put together by chance and 69 % of pairs with the next sentence; that was counted before short
        passages of unfamiliar words were left out. 7 findings in dirty text, 6 of them right.
    """
    bead = view.bead
    if not bead.fr or not bead.en or bead.similarity >= LOW_SIMILARITY:
        return
    shortest = min(sum(count_words(s.text) for s in side) for side in (bead.fr, bead.en))
    if shortest < SHORTEST:
        return
    if any(_is_damaged(bead.side(language), language) for language in LANGUAGES):
        return
    if shortest < LONG and (
        not (_is_familiar(bead.fr, "fr") and _is_familiar(bead.en, "en")) or _same_measures(bead)
    ):
        return
    yield Hit(
        "low",
        bead.en[0].start,
        bead.en[-1].end,
        values={"similarity": round(bead.similarity, 2)},
        language="en",
        confidence=round(1 - bead.similarity, 2),
    )


def _is_damaged(side: Sequence[Segment], language: Language) -> bool:
    """Return whether too many words were read in the wrong encoding to say what the passage is about."""
    damaged = sum(1 for segment in side for _ in misread(segment.text, language))
    return damaged > DAMAGED * sum(count_words(segment.text) for segment in side)


def _same_measures(bead: Bead) -> bool:
    """Return whether the measures of both sides are the same, perhaps converted, or the only one differs."""
    fr, en = (
        [q for segment in bead.side(language) for q in read_quantities(segment.text, language, False, False)]
        for language in LANGUAGES
    )
    if not (fr and en and any(q.kind in MEASURED_KINDS for q in (*fr, *en))):
        return False
    differences = compare(fr, en)
    return not differences or (len(differences) == 1 and _is_one_measure(_measures(fr), _measures(en)))


def _measures(quantities: Sequence[Quantity]) -> list[Quantity]:
    return [q for q in quantities if q.kind in MEASURED_KINDS]


def _is_one_measure(fr: Sequence[Quantity], en: Sequence[Quantity]) -> bool:
    """Return whether both sides measure one thing, in the same dimension, if with other results."""
    units = [UNIT_BY_NAME.get(q.unit) for q in (*fr, *en) if q.kind == "unit"]
    dimensions = {unit.dimension for unit in units if unit}
    return len(fr) == len(en) == 1 and len(units) == 2 and len(dimensions) == 1 and "time" not in dimensions


def _is_familiar(side: Sequence[Segment], language: Language) -> bool:
    """Return whether most of the longer words, or all but one, are frequent ones.

    All parts of a word with an apostrophe inside are rare ("prud'hommes", "presqu'île") unless it is an
    elision ("lorsqu'elle"): the encoder reads them one by one.
    """
    words = [word for segment in side for word in _LONGER_WORD.findall(segment.text)]
    in_compounds = {
        part
        for segment in side
        for match in _COMPOUND.finditer(segment.text)
        if _count(match[1], language) < ELIDED
        for part in match.groups()
    }
    rare = sum(word in in_compounds or _count(word, language) < FAMILIAR for word in words)
    return rare <= max(1, (1 - SHARE) * len(words))


def _count(word: str, language: Language) -> int:
    """Return how often the lexicon has a word, with its capital or without."""
    counts = lexicon(language)
    return max(counts.get(word, 0), counts.get(word.lower(), 0))
