"""Words of the segments of an article: which of them the other side has, sentence by sentence.

The path search sees a sentence as one sum of vectors. Word by word, a short sentence that nothing
answers is distinguished from one that the other side says in passing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from aligner.alignment.scoring import MAX_RUN, Floats, Ints
from aligner.encoders.protocol import Encoder, unit

WORD = re.compile(r"[^\W_]+")

_CLOSING = " \u00a0\u202f\"'»”’)]-–—"

LIGHTEST = 1.6
"""Norm of the vector of a word below which it says too little to be looked for ("le", "of")."""

COMPONENTS = 96
"""Components of word vectors that are compared: words are as far apart in them as in all 256."""

NO_MATCH, FULL_MATCH = 0.25, 0.75
"""Cosines of two words below which they share nothing, and from which they say the same."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of n segments that weigh something.

    ``vectors`` (words, COMPONENTS) have length 1, ``weights`` (words,) average 1 per segment over the
    article when summed, ``starts`` (n + 1,) say where each segment's words begin. ``ends`` (n,) is the
    code of the mark that ends each segment, ``asks`` (n,) is 1 where there is a question mark in it.
    """

    vectors: Floats
    weights: Floats
    starts: Ints
    ends: Ints
    asks: Ints

    def part(self, rows: slice) -> Words:
        """Return the words of some consecutive segments."""
        first, last = self.starts[rows.start], self.starts[rows.stop]
        return Words(
            self.vectors[first:last],
            self.weights[first:last],
            self.starts[rows.start : rows.stop + 1] - first,
            self.ends[rows],
            self.asks[rows],
        )


def read_words(texts: Sequence[str], encoder: Encoder) -> Words:
    """Look up the words of the n texts."""
    found = [WORD.findall(text) for text in texts]
    index = {word: i for i, word in enumerate(dict.fromkeys(chain.from_iterable(found)))}
    table = encoder.words(list(index))
    norms = np.linalg.norm(table, axis=1)
    heavy = norms >= LIGHTEST
    rows = np.array([*map(index.__getitem__, chain.from_iterable(found))], np.int64)
    owner = np.repeat(np.arange(len(texts)), [*map(len, found)])
    weighty = heavy[rows] if len(rows) else np.zeros(0, bool)
    rows, owner = rows[weighty], owner[weighty]
    weights = norms[rows]
    total = float(weights.sum()) / max(len(texts), 1)
    starts = np.searchsorted(owner, np.arange(len(texts) + 1))
    return Words(
        unit(table[:, :COMPONENTS])[rows],
        weights / max(total, 1e-6),
        starts,
        np.array([ord(text.rstrip(_CLOSING)[-1:] or " ") for text in texts], np.int64),
        np.array(["?" in text for text in texts], np.int64),
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """What runs of the other side say of the n segments of a stretch; shape (MAX_RUN + 1, n, m + 1).

    The entry [b, i, j] is about segment i and the run of b segments that ends before position j there.
    ``inside`` is the weight of its words that the run has; ``beyond`` the weight that the segments before
    and after the run have better. ``mass`` (n,) is the weight of all its words.
    """

    inside: Floats
    beyond: Floats
    mass: Floats


def stretch_coverage(fr: Words, en: Words, rows: slice, columns: slice) -> tuple[Coverage, Coverage]:
    """Return the coverage of both sides of a stretch of segments, French first."""
    left, right = fr.part(rows), en.part(columns)
    match = (left.vectors @ right.vectors.T - NO_MATCH) * np.float32(1 / (FULL_MATCH - NO_MATCH))
    np.clip(match, 0.0, 1.0, out=match)
    return _coverage(match, left, right), _coverage(match.T, right, left)


def covered_shares(fr: str, en: str, encoder: Encoder) -> tuple[float, float]:
    """Return the shares 0..1 of the words of each text, by weight, that the other has; 0 without words."""
    left, right = read_words([fr], encoder), read_words([en], encoder)
    if not len(left.weights) or not len(right.weights):
        return 0.0, 0.0
    whole = slice(0, 1)
    first, second = stretch_coverage(left, right, whole, whole)
    return float(first.inside[1, 0, 1] / first.mass[0]), float(second.inside[1, 0, 1] / second.mass[0])


def _coverage(match: Floats, mine: Words, theirs: Words) -> Coverage:
    n, m = len(mine.starts) - 1, len(theirs.starts) - 1
    best = np.zeros((m + 2, len(mine.weights)), np.float32)  # an empty segment before the first, and after
    _reduce(np.maximum, match, theirs.starts, best[1:-1].T)
    inside = np.zeros((MAX_RUN + 1, n, m + 1), np.float32)
    beyond = np.zeros_like(inside)
    mass = np.zeros(n, np.float32)
    _reduce(np.add, mine.weights, mine.starts, mass)
    reach = min(MAX_RUN, m)
    runs, around = [best[1:-1]], []
    for b in range(1, reach + 1):
        if b > 1:
            runs.append(np.maximum(runs[-1][:-1], best[b:-1]))
        around.append(np.maximum(best[: m + 1 - b], best[b + 1 :]))
    if reach:
        inner = np.concatenate(runs)
        outer = np.maximum(np.concatenate(around) - inner, 0.0)
        sums = np.zeros((2 * len(inner), n), np.float32)
        _reduce(np.add, np.concatenate([inner, outer]) * mine.weights, mine.starts, sums)
        start = 0
        for b in range(1, reach + 1):
            rows = slice(start, start := start + m + 1 - b)
            inside[b, :, b:] = sums[rows].T
            beyond[b, :, b:] = sums[len(inner) :][rows].T
    return Coverage(inside, beyond, mass)


def _reduce(by: np.ufunc, words: Floats, starts: Ints, out: Floats) -> None:
    """Reduce the words of each segment, on the last axis, to one in ``out``; no words leave it as it is."""
    filled = np.flatnonzero(starts[1:] > starts[:-1])
    if len(filled):
        out[..., filled] = by.reduceat(words, starts[filled], axis=-1)
