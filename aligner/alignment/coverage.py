"""Clauses inside a bead that nothing on the other side answers: evidence of a partial omission.

A clause is uncovered when taking it away brings its side closer to the other one, although the
clause is long, and the side is longer than the other side leads to expect.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aligner.alignment.scoring import Floats
from aligner.encoders.protocol import Encoder
from aligner.model import LANGUAGES, Alignment, Bead, DocumentPair, Language, Segment, Span
from aligner.text.masks import OPAQUE
from aligner.text.prose import alignment_as_read, prose_of, words_of
from aligner.text.words import count_words

# Tuned on 3,003 news pairs, a random clause taken from one side, against the same pairs whole:
# 55 % of the clauses are found, and 0.7 % of the whole pairs are suspected (`aligner bench omission`).
LONGER_BY = 0.2
"""Least excess of the log length of a side over what the article pair leads to expect."""

CLOSER_BY = 0.03
"""Least gain in cosine when the clause is taken away."""

LEAST_CLAUSE = 25  # characters: shorter ones are turns of phrase

_CLAUSE_END = re.compile(r"[,;:()\u2013\u2014]\s+|\s+[(\u2013\u2014]\s*|(?<=[.!?])\s+")


LEAST_SIMILARITY = 0.3
"""A bead below this similarity covers nothing. Set on `corpora/demo` and the development pairs."""


def clauses(segment: Segment) -> list[Span]:
    """Return document spans of the clauses of a segment, cut at commas, brackets, dashes and the like."""
    spans, start = [], 0
    for match in _CLAUSE_END.finditer(segment.text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(segment.text)))
    return [(segment.start + a, segment.start + b) for a, b in spans if b - a >= LEAST_CLAUSE]


def with_evidence(alignment: Alignment, encoder: Encoder) -> Alignment:
    """Return the same alignment with the uncovered clauses of each bead."""
    prose = alignment_as_read(alignment)
    two_sided = [bead for bead in prose.beads if bead.fr and bead.en]
    usual = _usual_ratio(two_sided)
    suspects = {id(bead): side for bead in two_sided if (side := _longer_side(bead, usual))}
    if not suspects:
        return alignment
    beads = tuple(
        _examined(bead, read, suspects[id(read)], prose, alignment.pair, encoder)
        if id(read) in suspects
        else bead
        for bead, read in zip(alignment.beads, prose.beads, strict=True)
    )
    return replace(alignment, beads=beads)


def _length(bead: Bead, side: Language) -> int:
    return sum(len(segment.text) for segment in bead.side(side))


def _log_ratio(bead: Bead) -> float:
    return float(np.log((_length(bead, "fr") + 10) / (_length(bead, "en") + 10)))


def _usual_ratio(beads: Sequence[Bead]) -> float:
    """Return the median log ratio of French to English length, shrunk towards that of news translations."""
    return float(np.median([*map(_log_ratio, beads), 0.1, 0.1, 0.1])) if beads else 0.1


def _longer_side(bead: Bead, usual: float) -> Language | None:
    excess = _log_ratio(bead) - usual
    if abs(excess) < LONGER_BY:
        return None
    return "fr" if excess > 0 else "en"


def _examined(
    bead: Bead, read: Bead, side: Language, prose: Alignment, source: DocumentPair, encoder: Encoder
) -> Bead:
    """Look for uncovered clauses on the longer side; they must leave something to be answered.

    ``read`` is the bead in ``prose``; the spans returned with ``bead`` count in ``source``.
    """
    document = prose.pair.fr if side == "fr" else prose.pair.en
    other = LANGUAGES[1 - LANGUAGES.index(side)]
    spans = [span for segment in read.side(side) for span in clauses(segment)]
    if len(spans) < 2:
        return bead
    texts = [document.text[a:b].replace(OPAQUE, " ") for a, b in spans]
    whole = [words_of(segment) for segment in read.side(side)]
    vectors = encoder.additive([*texts, *whole, *(words_of(segment) for segment in read.side(other))]).plain
    mine = vectors[len(texts) : len(texts) + len(whole)].sum(axis=0)
    theirs = vectors[len(texts) + len(whole) :].sum(axis=0)
    before = _cosine(mine, theirs)
    closer = [_cosine(mine - vectors[i], theirs) - before for i in range(len(texts))]
    uncovered = tuple(span for span, gain in zip(spans, closer, strict=True) if gain >= CLOSER_BY)
    if not uncovered or len(uncovered) == len(spans):
        return bead
    original = prose_of(source.fr if side == "fr" else source.en)
    uncovered = tuple(original.source(*span) for span in uncovered)
    if side == "fr":
        return replace(bead, evidence=replace(bead.evidence, uncovered_fr=uncovered))
    return replace(bead, evidence=replace(bead.evidence, uncovered_en=uncovered))


def _cosine(x: Floats, y: Floats) -> float:
    return float(x @ y / max(float(np.linalg.norm(x) * np.linalg.norm(y)), 1e-9))


def coverage(alignment: Alignment, language: Language) -> float:
    """Return the share 0..1 of one side's words (title and body) with a counterpart in the same order.

    A bead less similar than ``LEAST_SIMILARITY`` covers nothing, and so does a passage that changed place.
    """
    total = covered = 0
    for bead in alignment.beads:
        words = sum(count_words(segment.text) for segment in bead.side(language))
        total += words
        if bead.fr and bead.en and bead.similarity >= LEAST_SIMILARITY:
            covered += words
    return covered / total if total else 0.0
