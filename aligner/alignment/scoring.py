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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

MAX_RUN = 6
"""Most segments on one side of a bead."""

MAX_TOTAL = 8
"""Most segments of a bead on both sides together, unless one side has a single segment."""


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
    """Take the language's mean vector, as seen in this article, out of every sum.

    ``sums`` and the result have shape (sentences, d), ``weights`` (sentences,).
    """
    total = float(weights.sum()) + prior
    mean = sums.sum(axis=0) / max(total, 1.0)
    return np.asarray(sums - weights[:, None] * mean, np.float32)


def sides(fr: Text, en: Text, weights: Weights) -> tuple[Side, Side]:
    """Precompute both sides."""
    # one paragraph per sentence (or one in all) says nothing of how the text is built
    structured = all(1 < len(np.unique(text.paragraphs)) < len(text.paragraphs) for text in (fr, en))
    dots = _dots_within(fr.sums), _dots_within(en.sums)
    towards_fr, towards_en = (
        (1 / np.maximum(np.sqrt(dot_rows[0]), 1e-9)) @ text.sums / (len(text.sums) + weights.chance_prior)
        for text, dot_rows in zip((fr, en), dots, strict=True)
    )
    return (
        _side(fr, dots[0], np.asarray(fr.sums @ towards_en, np.float32), weights, structured),
        _side(en, dots[1], np.asarray(en.sums @ towards_fr, np.float32), weights, structured),
    )


def _dots_within(sums: Floats) -> list[Floats]:
    """Return the dot products of each segment with itself, with the next one, and so on up to MAX_RUN - 1."""
    n = len(sums)
    return [np.einsum("ij,ij->i", sums[: n - k], sums[k:]) for k in range(min(MAX_RUN, max(n, 1)))]


def _side(text: Text, dots: Sequence[Floats], affinity: Floats, weights: Weights, structured: bool) -> Side:
    """Precompute a side from its dot products within, and with the mean of the other side (n,)."""
    n = len(text.sums)
    cumulative = np.concatenate([[0.0], np.cumsum(affinity, dtype=np.float64)])
    characters = np.concatenate([[0.0], np.cumsum(text.lengths)])
    norm = np.ones((MAX_RUN + 1, n + 1), np.float32)
    log_length, chance, breaks = (np.zeros_like(norm) for _ in range(3))
    square = np.zeros(n + 1)  # of the norm of the run of a segments from each on
    for a in range(1, min(MAX_RUN, n) + 1):
        square = square[: n - a + 1] + dots[0][a - 1 :]
        for k in range(1, a):
            square += 2 * dots[k][a - 1 - k : n - k]
        norm[a, a:] = np.sqrt(np.maximum(square, 1e-12))
        chance[a, a:] = (cumulative[a:] - cumulative[:-a]) / norm[a, a:]
        log_length[a, a:] = np.log(characters[a:] - characters[:-a] + weights.length_floor)
        if structured:
            breaks[a, a:] = text.paragraphs[a - 1 :] - text.paragraphs[: n - a + 1]
    return Side(text.sums, norm, log_length, chance, np.minimum(breaks, 2))


def median(values: Floats) -> float:
    """Return the median of some values; numpy's own takes ten times as long for a few."""
    ordered, middle = np.sort(values), len(values) // 2
    return float(ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2)


def bead_types(reach: int) -> Iterator[tuple[int, int]]:
    """Yield sizes (French, English) of beads with both sides filled and at most ``reach`` on a side."""
    for a in range(1, reach + 1):
        for b in range(1, reach + 1):
            if min(a, b) == 1 or a + b <= MAX_TOTAL:
                yield a, b


def above_chance(fr: Side, en: Side, cells: Ints, weights: Weights) -> Floats:
    """Return the first term of the gain, before division, of 1-1 beads at ``cells`` (k, 2); shape (k,)."""
    i, j = cells.T
    dots = np.einsum("ij,ij->i", fr.vectors[i], en.vectors[j])
    chance = (fr.chance[1, i + 1] + en.chance[1, j + 1]) / 2
    return np.asarray(dots / (fr.norm[1, i + 1] * en.norm[1, j + 1]) - weights.chance * chance)
