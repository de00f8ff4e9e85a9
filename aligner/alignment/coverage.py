"""Clauses inside a bead that nothing on the other side answers: evidence of a partial omission.

A clause is uncovered when taking it away brings its side closer to the other one, although the
clause is long, and the side is longer than the other side leads to expect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from aligner.alignment.scoring import Floats
from aligner.encoders.protocol import Encoder
from aligner.model import LANGUAGES, Alignment, Bead, Document, DocumentPair, Language, Segment, Span
from aligner.text.masks import OPAQUE
from aligner.text.prose import alignment_as_read, prose_of, words_of

# Tuned on 3,003 news pairs, a random clause taken from one side, against the same pairs whole:
# 55 % of the clauses are found, and 0.7 % of the whole pairs are suspected (`aligner bench omission`).
LONGER_BY = 0.2
"""Least excess of the log length of a side over what the article pair leads to expect."""

CLOSER_BY = 0.03
"""Least gain in cosine when the clause is taken away."""

USUAL_RATIOS = (0.1, 0.1, 0.1)
"""Log ratios of French to English characters that are taken to have been seen before."""

AT_ONCE = 256
"""Suspected beads that are looked at together: the vectors of their clauses fit in a processor's cache."""

LEAST_CLAUSE = 25  # characters: shorter ones are turns of phrase

_CLAUSE_END = re.compile(r"[,;:()\u2013\u2014]\s+|\s+[(\u2013\u2014]\s*|(?<=[.!?])\s+")


def clauses(segment: Segment) -> list[Span]:
    """Return document spans of the clauses of a segment, cut at commas, brackets, dashes and the like."""
    spans, start = [], 0
    for match in _CLAUSE_END.finditer(segment.text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(segment.text)))
    return [(segment.start + a, segment.start + b) for a, b in spans if b - a >= LEAST_CLAUSE]


def with_evidence(
    alignment: Alignment, encoder: Encoder, plain: tuple[Floats, Floats] | None = None
) -> Alignment:
    """Return the same alignment with the uncovered clauses of each bead.

    ``plain``, where it is at hand, are the encoder's plain sums of the segments in the beads, French and
    English.
    """
    prose = alignment_as_read(alignment)
    two_sided = [number for number, bead in enumerate(prose.beads) if bead.fr and bead.en]
    suspects = [
        _Suspect(number, side, spans)
        for number, side in _longer_sides([prose.beads[number] for number in two_sided], two_sided)
        if len(spans := [span for segment in prose.beads[number].side(side) for span in clauses(segment)]) > 1
    ]
    if not suspects:
        return alignment
    vectors = plain or _plain(prose, encoder)
    ends = [(0, 0), *accumulate(((len(bead.fr), len(bead.en)) for bead in prose.beads), _plus)]
    beads = list(alignment.beads)
    for first in range(0, len(suspects), AT_ONCE):
        some = suspects[first : first + AT_ONCE]
        sides = [_sides(suspect, ends, vectors) for suspect in some]
        for suspect, uncovered in zip(some, _uncovered(some, sides, prose, encoder), strict=True):
            if uncovered:
                beads[suspect.bead] = _with_uncovered(beads[suspect.bead], suspect, uncovered, alignment.pair)
    return replace(alignment, beads=tuple(beads))


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A bead by its number, the side that may say more, and the spans of that side's clauses in prose."""

    bead: int
    side: Language
    clauses: list[Span]


def _longer_sides(beads: Sequence[Bead], numbers: Sequence[int]) -> Iterator[tuple[int, Language]]:
    """Yield the beads one side of which is longer than usual, by their ``numbers``, each with that side.

    Usual is the median log ratio of French to English length, shrunk towards that of news translations.
    """
    lengths = [
        [sum([len(segment.text) for segment in side]) for side in (bead.fr, bead.en)] for bead in beads
    ]
    fr, en = np.array(lengths, np.float64).reshape(-1, 2).T + 10
    ratios = np.log(fr / en)
    excess = ratios - np.median(np.append(ratios, USUAL_RATIOS))
    for k in np.flatnonzero(np.abs(excess) >= LONGER_BY).tolist():
        yield numbers[k], "fr" if excess[k] > 0 else "en"


def _plain(prose: Alignment, encoder: Encoder) -> tuple[Floats, Floats]:
    """Return the encoder's plain sums of the segments in the beads, French and English."""
    fr, en = ([words_of(s) for bead in prose.beads for s in bead.side(side)] for side in LANGUAGES)
    return encoder.additive(fr).plain, encoder.additive(en).plain


def _plus(before: tuple[int, int], sizes: tuple[int, int]) -> tuple[int, int]:
    return before[0] + sizes[0], before[1] + sizes[1]


def _sides(
    suspect: _Suspect, ends: Sequence[tuple[int, int]], vectors: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Return the vector of the side that may say more, and that of the other."""
    mine = LANGUAGES.index(suspect.side)
    start, stop = ends[suspect.bead], ends[suspect.bead + 1]
    runs = [np.add.reduce(vectors[side][start[side] : stop[side]], axis=0) for side in (mine, 1 - mine)]
    return runs[0], runs[1]


def _uncovered(
    suspects: Sequence[_Suspect],
    sides: Sequence[tuple[Floats, Floats]],
    prose: Alignment,
    encoder: Encoder,
) -> Iterator[list[Span]]:
    """Yield the uncovered clauses of each suspect; they must leave something to be answered."""
    texts = [
        _side(prose.pair, suspect.side).text[a:b].replace(OPAQUE, " ")
        for suspect in suspects
        for a, b in suspect.clauses
    ]
    vectors = encoder.additive(texts).plain
    owner = np.repeat(np.arange(len(suspects)), [len(suspect.clauses) for suspect in suspects])
    mine, theirs = (np.stack(side) for side in zip(*sides, strict=True))
    closer = _cosines(mine[owner] - vectors, theirs[owner]) - _cosines(mine, theirs)[owner]
    gains = iter(closer.tolist())
    for suspect in suspects:
        uncovered = [span for span in suspect.clauses if next(gains) >= CLOSER_BY]
        yield uncovered if len(uncovered) < len(suspect.clauses) else []


def _with_uncovered(bead: Bead, suspect: _Suspect, uncovered: Sequence[Span], source: DocumentPair) -> Bead:
    """Return the bead with spans of prose, which count in ``source`` there."""
    original = prose_of(_side(source, suspect.side))
    spans = tuple(original.source(*span) for span in uncovered)
    if suspect.side == "fr":
        return replace(bead, evidence=replace(bead.evidence, uncovered_fr=spans))
    return replace(bead, evidence=replace(bead.evidence, uncovered_en=spans))


def _side(pair: DocumentPair, language: Language) -> Document:
    return pair.fr if language == "fr" else pair.en


def _cosines(x: Floats, y: Floats) -> Floats:
    """Return the cosine of each row of x with that of y; 0 where one is zero."""
    norms = np.linalg.norm(x, axis=1) * np.linalg.norm(y, axis=1)
    return np.asarray(np.einsum("ij,ij->i", x, y) / np.maximum(norms, 1e-9), np.float32)
