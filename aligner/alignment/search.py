"""Finds the best path of beads: dynamic programming, in a band for long articles.

Coarse to fine as in vecalign (Thompson & Koehn 2019): groups of sentences are aligned first, and
the fine search stays near their path. A static encoder makes the groups' vectors plain sums.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.alignment.scoring import (
    FORBIDDEN,
    MAX_RUN,
    Floats,
    Ints,
    PairStatistics,
    Side,
    Text,
    Weights,
    above_chance,
    gains,
    sides,
)

Path = list[tuple[int, int]]
"""Positions (i, j) from (0, 0) to (n, m); each step is one bead."""

FULL_SEARCH_CELLS = 40_000
"""Pairs of articles with at most this many cells (French times English segments) need no band."""

GROUP = 4
"""Sentences that count as one in the next coarser search."""

HALF_BAND = 30
"""Sentences on either side of the coarse path that the sketch looks at."""

FINE_BAND = 16
"""Sentences on either side of the sketch that the last search looks at."""

BLOCK = 48
"""Rows whose gains are computed at once."""

SKETCH_REACH = 2
"""Most segments on a side of a bead in the passes that only sketch the path."""

LOWEST_LEVEL = 0.1


@dataclass(frozen=True, slots=True)
class Found:
    """A path, the statistics of the pair, and both sides as they were scored."""

    path: Path
    statistics: PairStatistics
    fr: Side
    en: Side


@dataclass(frozen=True, slots=True)
class Band:
    """Columns ``low[i]`` to ``high[i]`` (inclusive) to look at, for each French position i."""

    low: Ints
    high: Ints


def best_path(fr: Text, en: Text, weights: Weights) -> Found:
    """Find the best path through two texts, and the statistics of the pair."""
    n, m = len(fr.sums), len(en.sums)
    expected = PairStatistics(weights.level, weights.spread)
    left, right = sides(fr, en, weights)
    if n == 0 or m == 0:
        alone = [(i, 0) for i in range(n + 1)] + [(n, j) for j in range(1, m + 1)]
        return Found(alone, expected, left, right)
    band = _band(fr, en, weights)
    sketch = _search(left, right, band, expected, weights, SKETCH_REACH)
    statistics = _statistics(sketch, left, right, weights)
    near = _near(np.array(sketch, np.int64), n, m, FINE_BAND)
    return Found(_search(left, right, near, statistics, weights, MAX_RUN), statistics, left, right)


def _statistics(path: Path, fr: Side, en: Side, weights: Weights) -> PairStatistics:
    """Estimate level and spread of the 1-1 beads of a path, shrunk towards their expected values."""
    points = np.array(path, np.int64)
    single = (np.diff(points, axis=0) == 1).all(axis=1)
    seen = above_chance(fr, en, points[:-1][single], weights)
    k, prior = len(seen), weights.level_prior
    if not k:
        return PairStatistics(weights.level, weights.spread)
    level = max((float(np.median(seen)) * k + weights.level * prior) / (k + prior), LOWEST_LEVEL)
    scatter = float(np.square(seen / level - 1.0).sum())
    return PairStatistics(level, math.sqrt((scatter + weights.spread**2 * prior) / (k + prior)))


def _band(fr: Text, en: Text, weights: Weights) -> Band:
    n, m = len(fr.sums), len(en.sums)
    if n * m <= FULL_SEARCH_CELLS or min(n, m) < 2 * GROUP:
        return Band(np.zeros(n + 1, np.int64), np.full(n + 1, m, np.int64))
    groups = _grouped(fr), _grouped(en)
    expected = PairStatistics(weights.level, weights.spread)
    coarse = _search(*sides(*groups, weights), _band(*groups, weights), expected, weights, SKETCH_REACH)
    return _near(np.minimum(np.array(coarse, np.int64) * GROUP, [n, m]), n, m, HALF_BAND)


def _near(points: Ints, n: int, m: int, reach: int) -> Band:
    """Return the band of all columns and rows that are at most ``reach`` from a path."""
    first, last = points[:-1], points[1:]
    rows = np.arange(n + 1)
    # the first step that ends within reach of a row, and the last one that begins there
    lowest = np.searchsorted(last[:, 0], rows - reach)
    highest = np.searchsorted(first[:, 0], rows + reach, side="right") - 1
    low = np.maximum(first[lowest, 1] - reach, 0)
    high = np.minimum(last[highest, 1] + reach, m)
    return Band(low, high)


def _grouped(text: Text) -> Text:
    starts = np.arange(0, len(text.sums), GROUP)
    return Text(
        np.add.reduceat(text.sums, starts, axis=0),
        np.add.reduceat(text.lengths, starts),
        np.zeros(len(starts), np.int64),
    )


def _search(fr: Side, en: Side, band: Band, statistics: PairStatistics, weights: Weights, reach: int) -> Path:
    """Find the best path with beads of at most ``reach`` segments on a side."""
    n, m = fr.norm.shape[1] - 1, en.norm.shape[1] - 1
    recent = np.full((reach + 1, m + 1 + reach), float(FORBIDDEN))
    step = recent.strides[1]
    # earlier[r, b, j] is recent row r at column j - b: the cell that a bead with b English ends comes from
    earlier = np.lib.stride_tricks.as_strided(
        recent[:, reach:], (reach + 1, reach + 1, m + 1), (recent.strides[0], -step, step)
    )
    choices: list[npt.NDArray[np.int8]] = []
    filled = [slice(0)] * (reach + 1)
    alone = -weights.alone * np.arange(m + 1)
    for start in range(0, n + 1, BLOCK):
        stop = min(start + BLOCK, n + 1)
        c0, c1 = int(band.low[start]), int(band.high[stop - 1]) + 1
        block = gains(fr, en, slice(start, stop), slice(c0, c1), statistics, weights, reach)
        for i in range(start, stop):
            low, high = int(band.low[i]), int(band.high[i]) + 1
            best, choice = _row(
                earlier[:, :, low:high], block[i - start, :, :, low - c0 : high - c0], i, weights
            )
            moved = np.maximum.accumulate(best + alone[low:high]) - alone[low:high]
            jumped = moved > best + 1e-9
            row = recent[i % (reach + 1)]
            row[filled[i % (reach + 1)]] = FORBIDDEN
            filled[i % (reach + 1)] = slice(reach + low, reach + high)
            row[reach + low : reach + high] = np.where(jumped, moved, best)
            choices.append(np.where(jumped, 1, choice).astype(np.int8))
    return _trace(choices, band, n, m, reach)


def _row(
    earlier: npt.NDArray[np.float64], block: Floats, i: int, weights: Weights
) -> tuple[npt.NDArray[np.float64], Ints]:
    """Return the best score of each cell of row i before unaligned English segments, and how it is reached.

    ``earlier`` (reach + 1, reach + 1, width) are the scores that beads come from, ``block``
    (reach, reach + 1, width) their gains; a choice is a * (reach + 1) + b.
    """
    ring, width = earlier.shape[0], earlier.shape[2]
    if i == 0:
        best = np.full(width, float(FORBIDDEN))
        best[0] = 0.0
        return best, np.zeros(width, np.int64)
    back = [(i - a) % ring for a in range(1, ring)]
    scores = earlier[back] + block
    scores[0, 0] = earlier[back[0], 0] + weights.alone
    flat = scores.reshape(-1, width)
    winner = flat.argmax(axis=0)
    return flat[winner, np.arange(width)], winner + ring


def _trace(choices: list[npt.NDArray[np.int8]], band: Band, n: int, m: int, reach: int) -> Path:
    path, i, j = [(n, m)], n, m
    while i or j:
        a, b = divmod(int(choices[i][j - band.low[i]]), reach + 1)
        i, j = i - a, j - b
        path.append((i, j))
    return path[::-1]
