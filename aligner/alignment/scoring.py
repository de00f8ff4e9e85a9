"""Scores every candidate bead of a band: cosine above chance, relative to the pair's own level.

The gain of joining a French run x with an English run y of sentences is

    (cos(x, y) - c * chance(x, y)) / level - a * |log(len x / len y)|
        - s * (|x| + |y| - 2) - p * paragraph breaks inside x and y - (t - f * spread)

after centring the vectors per language within the pair. ``chance`` is the mean cosine of the two
runs with the sentences of the other side (a margin in the sense of Artetxe & Schwenk 2019).
``level`` and ``spread`` are learned from the pair: the median of the first term over the 1-1 beads
of a first pass, and how far they scatter around it. So a sentence is left alone at the same share
of a good match in a close translation as in a free one, and more readily where good matches are
all alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.encoders.protocol import unit

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

    chance: float = 1.0
    length: float = 0.3
    length_floor: float = 10.0  # characters added to both lengths: short titles vary more
    threshold: float = 0.55
    freedom: float = 1.8  # by how much the threshold sinks with the spread
    size: float = 0.05
    many_to_many: float = 0.03
    alone: float = -0.14
    paragraph: float = 0.1  # for each paragraph break inside a run, where both sides have paragraphs
    level: float = 0.5  # expected before anything is known of the pair
    spread: float = 0.2  # likewise
    level_prior: float = 25.0  # 1-1 beads that these expectations are worth
    centre_prior: float = 100.0  # tokens' worth of a zero mean
    chance_prior: float = 5.0  # sentences' worth of zero chance


@dataclass(frozen=True, slots=True)
class PairStatistics:
    """Statistics of a pair: height and relative scatter of its 1-1 beads above chance."""

    level: float
    spread: float


@dataclass(frozen=True, slots=True)
class Text:
    """One side of a pair: centred sums (n, d), lengths in characters (n,), paragraph numbers (n,)."""

    sums: Floats
    lengths: Floats
    paragraphs: Ints

    def part(self, rows: slice) -> Text:
        """Return some consecutive segments."""
        return Text(self.sums[rows], self.lengths[rows], self.paragraphs[rows])


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair, ready for scoring.

    ``vectors`` has shape (n, d); ``norm``, ``log_length``, ``chance`` and ``breaks`` (paragraph
    breaks inside) have shape (MAX_RUN + 1, n + 1), the entry [a, i] describing segments i-a .. i-1.
    """

    vectors: Floats
    norm: Floats
    log_length: Floats
    chance: Floats
    breaks: Floats


def centre(sums: Floats, weights: Floats, prior: float) -> Floats:
    """Take the language's mean vector, as seen in this article, out of every sum."""
    total = float(weights.sum()) + prior
    mean = sums.sum(axis=0) / max(total, 1.0)
    return np.asarray(sums - weights[:, None] * mean, np.float32)


def sides(fr: Text, en: Text, weights: Weights) -> tuple[Side, Side]:
    """Precompute both sides."""
    towards_fr = unit(fr.sums).sum(axis=0) / (len(fr.sums) + weights.chance_prior)
    towards_en = unit(en.sums).sum(axis=0) / (len(en.sums) + weights.chance_prior)
    # one paragraph per sentence (or one in all) says nothing of how the text is built
    structured = all(1 < len(np.unique(text.paragraphs)) < len(text.paragraphs) for text in (fr, en))
    return (
        _side(fr, towards_en, weights, structured),
        _side(en, towards_fr, weights, structured),
    )


def _side(text: Text, towards: Floats, weights: Weights, structured: bool) -> Side:
    n = len(text.sums)
    prefix = np.zeros((n + 1, text.sums.shape[1]))
    np.cumsum(text.sums, axis=0, out=prefix[1:])
    characters = np.concatenate([[0.0], np.cumsum(text.lengths)])
    norm = np.ones((MAX_RUN + 1, n + 1), np.float32)
    log_length, chance, breaks = (np.zeros_like(norm) for _ in range(3))
    for a in range(1, min(MAX_RUN, n) + 1):
        run = prefix[a:] - prefix[:-a]
        norm[a, a:] = np.maximum(np.linalg.norm(run, axis=1), 1e-6)
        chance[a, a:] = (run @ towards) / norm[a, a:]
        log_length[a, a:] = np.log(characters[a:] - characters[:-a] + weights.length_floor)
        if structured:
            breaks[a, a:] = text.paragraphs[a - 1 :] - text.paragraphs[: n - a + 1]
    return Side(text.sums, norm, log_length, chance, np.minimum(breaks, 2))


def bead_types(reach: int) -> Iterator[tuple[int, int]]:
    """Yield sizes (French, English) of beads with both sides filled and at most ``reach`` on a side."""
    for a in range(1, reach + 1):
        for b in range(1, reach + 1):
            if min(a, b) == 1 or a + b <= MAX_TOTAL:
                yield a, b


def gains(
    fr: Side, en: Side, rows: slice, columns: slice, statistics: PairStatistics, weights: Weights, reach: int
) -> Floats:
    """Compute the gains of all beads that end in a block of positions.

    Returns shape (rows, reach, reach + 1, columns): [i, a - 1, b, j] for the bead of a French and
    b English segments that ends before French segment ``rows.start + i`` and English segment
    ``columns.start + j``. Beads that are not allowed hold ``FORBIDDEN``.
    """
    table = _dot_table(fr.vectors, en.vectors, rows, columns)
    n, m = rows.stop - rows.start, columns.stop - columns.start
    out = np.full((n, reach, reach + 1, m), FORBIDDEN, np.float32)
    here = table[MAX_RUN:, :]
    threshold = weights.threshold - weights.freedom * statistics.spread
    for a, b in bead_types(reach):
        top, left = max(0, a - rows.start), max(0, b - columns.start)
        if top >= n or left >= m:
            continue
        above = table[MAX_RUN - a : MAX_RUN - a + n, :]
        dots = (here - above)[:, MAX_RUN:] - (here - above)[:, MAX_RUN - b : MAX_RUN - b + m]
        cosine = dots / fr.norm[a, rows, None] / en.norm[b, None, columns]
        chance = (fr.chance[a, rows, None] + en.chance[b, None, columns]) / 2
        gap = np.abs(fr.log_length[a, rows, None] - en.log_length[b, None, columns])
        breaks = fr.breaks[a, rows, None] + en.breaks[b, None, columns]
        fixed = threshold + weights.size * (a + b - 2) + weights.many_to_many * (min(a, b) > 1)
        gain = (cosine - weights.chance * chance) / statistics.level - fixed
        gain -= weights.length * gap + weights.paragraph * breaks
        out[top:, a - 1, b, left:] = gain[top:, left:]
    return out


def _dot_table(fr: Floats, en: Floats, rows: slice, columns: slice) -> npt.NDArray[np.float64]:
    """Return the integral image of dot products: four entries give the dot product of any two runs.

    Entry [i, j] sums all products of segments before positions ``rows.start - MAX_RUN + i`` and
    ``columns.start - MAX_RUN + j``, from the block's own margin on (what is before cancels out).
    """
    top, left = max(0, rows.start - MAX_RUN), max(0, columns.start - MAX_RUN)
    product = fr[top : rows.stop - 1] @ en[left : columns.stop - 1].T
    height, width = rows.stop - rows.start + MAX_RUN, columns.stop - columns.start + MAX_RUN
    table = np.zeros((height, width))
    corner = table[height - product.shape[0] :, width - product.shape[1] :]
    corner[...] = np.cumsum(np.cumsum(product, axis=0, dtype=np.float64), axis=1)
    return table


def above_chance(fr: Side, en: Side, cells: Ints, weights: Weights) -> Floats:
    """Return the first term of the gain, before division, of 1-1 beads at ``cells`` (k, 2); shape (k,)."""
    i, j = cells.T
    dots = np.einsum("ij,ij->i", fr.vectors[i], en.vectors[j])
    chance = (fr.chance[1, i + 1] + en.chance[1, j + 1]) / 2
    return np.asarray(dots / (fr.norm[1, i + 1] * en.norm[1, j + 1]) - weights.chance * chance)
