"""Scores every candidate bead of a band: cosine above chance, relative to the pair's own level.

The gain of joining a French run x with an English run y of sentences is

    (cos(x, y) - c * chance(x, y)) / level - a * |log(len x / len y)| - t - s * (|x| + |y| - 2)

after centring the vectors per language within the pair. ``chance`` is the mean cosine of the two
runs with the sentences of the other side (a margin in the sense of Artetxe & Schwenk 2019);
``level`` is the median of the first term over the 1-1 beads of a first pass, so that a sentence
left alone costs the same share of a good match in a close translation as in a free one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

MAX_RUN = 6
"""Most segments on one side of a bead."""

MAX_TOTAL = 8
"""Most segments of a bead on both sides together, unless one side has a single segment."""

FORBIDDEN = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Weights:
    """Constants of the gain; one setting for every genre and every encoder.

    Tuned on the development novels and news articles together (the command is in the README).
    """

    chance: float = 1.5
    length: float = 0.25
    length_floor: float = 10.0  # characters added to both lengths: short titles vary more
    threshold: float = 0.3
    size: float = 0.05
    many_to_many: float = 0.03
    alone: float = -0.105
    level: float = 0.5  # level expected before anything is known of the pair
    level_prior: float = 10.0  # 1-1 beads that this expectation is worth
    centre_prior: float = 100.0  # tokens' worth of a zero mean
    chance_prior: float = 5.0  # sentences' worth of zero chance


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair, ready for scoring. All arrays are indexed by run length, then by end.

    ``prefix`` (n + 1, d) float64 sums of centred vectors; ``norm`` and ``log_length`` and
    ``chance`` have shape (MAX_RUN + 1, n + 1), the entry [a, i] describing segments i-a .. i-1.
    """

    vectors: Floats
    norm: Floats
    log_length: Floats
    chance: Floats


def centre(sums: Floats, weights: Floats, prior: float) -> Floats:
    """Take the language's mean vector, as seen in this article, out of every sum."""
    total = float(weights.sum()) + prior
    mean = sums.sum(axis=0) / max(total, 1.0)
    return np.asarray(sums - weights[:, None] * mean, np.float32)


def sides(
    fr: Floats, en: Floats, fr_lengths: Floats, en_lengths: Floats, weights: Weights
) -> tuple[Side, Side]:
    """Precompute both sides from centred sums (n, d) and lengths in characters (n,)."""
    unit_fr, unit_en = _unit(fr), _unit(en)
    towards_fr = unit_fr.sum(axis=0) / (len(fr) + weights.chance_prior)
    towards_en = unit_en.sum(axis=0) / (len(en) + weights.chance_prior)
    return (
        _side(fr, fr_lengths, towards_en, weights),
        _side(en, en_lengths, towards_fr, weights),
    )


def _unit(vectors: Floats) -> Floats:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), np.float32)


def _side(vectors: Floats, lengths: Floats, towards: Floats, weights: Weights) -> Side:
    n = len(vectors)
    prefix = np.zeros((n + 1, vectors.shape[1]))
    np.cumsum(vectors, axis=0, out=prefix[1:])
    characters = np.concatenate([[0.0], np.cumsum(lengths)])
    norm = np.ones((MAX_RUN + 1, n + 1), np.float32)
    log_length = np.zeros((MAX_RUN + 1, n + 1), np.float32)
    chance = np.zeros((MAX_RUN + 1, n + 1), np.float32)
    for a in range(1, min(MAX_RUN, n) + 1):
        run = prefix[a:] - prefix[:-a]
        norm[a, a:] = np.maximum(np.linalg.norm(run, axis=1), 1e-6)
        chance[a, a:] = (run @ towards) / norm[a, a:]
        log_length[a, a:] = np.log(characters[a:] - characters[:-a] + weights.length_floor)
    return Side(vectors, norm, log_length, chance)


def bead_types(reach: int) -> Iterator[tuple[int, int]]:
    """Sizes (French, English) of beads with both sides filled and at most ``reach`` on a side."""
    for a in range(1, reach + 1):
        for b in range(1, reach + 1):
            if min(a, b) == 1 or a + b <= MAX_TOTAL:
                yield a, b


def gains(
    fr: Side, en: Side, rows: slice, columns: slice, level: float, weights: Weights, reach: int
) -> Floats:
    """Gains of all beads that end in a block of positions.

    Returns shape (rows, reach, reach + 1, columns): [i, a - 1, b, j] for the bead of a French and
    b English segments that ends before French segment ``rows.start + i`` and English segment
    ``columns.start + j``. Beads that are not allowed hold ``FORBIDDEN``.
    """
    table = _dot_table(fr.vectors, en.vectors, rows, columns)
    n, m = rows.stop - rows.start, columns.stop - columns.start
    out = np.full((n, reach, reach + 1, m), FORBIDDEN, np.float32)
    here = table[MAX_RUN:, :]
    for a, b in bead_types(reach):
        top, left = max(0, a - rows.start), max(0, b - columns.start)
        if top >= n or left >= m:
            continue
        above = table[MAX_RUN - a : MAX_RUN - a + n, :]
        dots = (here - above)[:, MAX_RUN:] - (here - above)[:, MAX_RUN - b : MAX_RUN - b + m]
        cosine = dots / fr.norm[a, rows, None] / en.norm[b, None, columns]
        chance = (fr.chance[a, rows, None] + en.chance[b, None, columns]) / 2
        gap = np.abs(fr.log_length[a, rows, None] - en.log_length[b, None, columns])
        fixed = weights.threshold + weights.size * (a + b - 2) + weights.many_to_many * (min(a, b) > 1)
        gain = (cosine - weights.chance * chance) / level - weights.length * gap - fixed
        out[top:, a - 1, b, left:] = gain[top:, left:]
    return out


def _dot_table(fr: Floats, en: Floats, rows: slice, columns: slice) -> npt.NDArray[np.float64]:
    """Integral image of the dot products: differences of four entries give any run's dot product.

    Entry [i, j] sums all products of segments before positions ``rows.start - MAX_RUN + i`` and
    ``columns.start - MAX_RUN + j``, from the block's own margin on (what lies before cancels out).
    """
    top, left = max(0, rows.start - MAX_RUN), max(0, columns.start - MAX_RUN)
    product = fr[top : rows.stop - 1] @ en[left : columns.stop - 1].T
    height, width = rows.stop - rows.start + MAX_RUN, columns.stop - columns.start + MAX_RUN
    table = np.zeros((height, width))
    corner = table[height - product.shape[0] :, width - product.shape[1] :]
    corner[...] = np.cumsum(np.cumsum(product, axis=0, dtype=np.float64), axis=1)
    return table


def above_chance(fr: Side, en: Side, ends: Ints, weights: Weights) -> Floats:
    """Cosine above chance of given beads; ``ends`` has shape (k, 4): a, i, b, j as in ``Side``."""
    a, i, b, j = ends.T
    out = np.zeros(len(ends), np.float32)
    for k in range(len(ends)):
        x = fr.vectors[i[k] - a[k] : i[k]].sum(axis=0)
        y = en.vectors[j[k] - b[k] : j[k]].sum(axis=0)
        cosine = float(x @ y) / float(fr.norm[a[k], i[k]] * en.norm[b[k], j[k]])
        out[k] = cosine - weights.chance * (fr.chance[a[k], i[k]] + en.chance[b[k], j[k]]) / 2
    return out
