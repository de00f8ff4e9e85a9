"""Finds the best path of beads: dynamic programming, in a band for long articles.

Coarse to fine as in vecalign (Thompson & Koehn 2019): groups of sentences are aligned first, and
the fine search stays near their path. A static encoder makes the groups' vectors plain sums.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.alignment.gains import FORBIDDEN, ROWS, Gains
from aligner.alignment.scoring import (
    MAX_RUN,
    Ints,
    PairStatistics,
    Side,
    Text,
    Weights,
    above_chance,
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
"""Sentences on either side of the sketch that the last search looks at. With 12, development texts of which
up to 60 sentences in a row were taken away on either side lose their way in two of eight draws."""

BLOCKS = 8
"""Blocks of rows whose gains are computed at once."""

KEPT_ROWS = 32
"""Rows of scores, before the last ones are taken to the top."""

SCALE = 2.0**24
"""Units of a score; single gains are not known more closely."""

CODE_BITS = 6
"""Bits of a score, below its units, that say how it was reached."""

CODE = (1 << CODE_BITS) - 1
NEVER = -(1 << 62)
"""Score of what cannot be reached."""

SKETCH_REACH = 2
"""Most segments on a side of a bead in the passes that only sketch the path."""

LOWEST_LEVEL = 0.1


@dataclass(frozen=True, slots=True)
class Found:
    """A path, as ``points`` (beads + 1, 2) too, the pair's statistics, and both sides as they were scored."""

    path: Path
    points: Ints
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
        return Found(alone, np.array(alone, np.int64), expected, left, right)
    band = _band(fr, en, weights)
    sketch = _search(left, right, band, expected, weights, SKETCH_REACH)
    points = np.array(sketch, np.int64)
    statistics = _statistics(points, left, right, weights)
    band = _band_around(points, n, m, FINE_BAND)
    path = _search(left, right, band, statistics, weights, MAX_RUN)
    return Found(path, np.array(path, np.int64), statistics, left, right)


def _statistics(points: Ints, fr: Side, en: Side, weights: Weights) -> PairStatistics:
    """Estimate level and spread of the 1-1 beads of a path, shrunk towards their expected values."""
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
    return _band_around(np.minimum(np.array(coarse, np.int64) * GROUP, [n, m]), n, m, HALF_BAND)


def _band_around(points: Ints, n: int, m: int, reach: int) -> Band:
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
    """Find the best path with beads of at most ``reach`` segments on a side.

    Scores are whole numbers, in units of 1 / SCALE, and count from what leaving every segment alone would
    cost: so a segment left alone costs nothing. Below the units, a score holds how it was reached.
    """
    n, m = fr.norm.shape[1] - 1, en.norm.shape[1] - 1
    gains = Gains((fr, en), statistics, weights, reach, SCALE)
    codes = _codes(reach, weights)
    rows = _Rows(m, reach)
    low, high = band.low.tolist(), (band.high + 1).tolist()
    ways: list[_Ways] = []
    for first in range(0, n + 1, BLOCKS * ROWS):
        last = min(first + BLOCKS * ROWS, n + 1)
        heads = np.arange(first, last, ROWS)
        starts = band.low[heads]
        width = int((band.high[np.minimum(heads + ROWS, last) - 1] - starts).max()) + 1
        coded = gains.of(first, starts, width).astype(np.int64)
        coded <<= CODE_BITS
        coded += codes[:, :, None]
        coded = coded.reshape(len(heads) * ROWS, reach, reach + 1, width)
        reached = np.full((len(coded), width), NEVER)
        left = np.repeat(starts, ROWS).tolist()
        for k, i in enumerate(range(first, last)):
            j0, j1 = low[i], high[i]
            columns = slice(j0 - left[k], j1 - left[k])
            if i:
                reached[k, columns] = rows.best(j0, j1, coded[k, :, :, columns])
            else:
                reached[0, 0] = 0
            rows.add(j0, j1, np.maximum.accumulate(reached[k, columns] & ~CODE))
        ways.append(_Ways(reached, starts, reach))
    return _trace(ways, n, m, reach)


def _codes(reach: int, weights: Weights) -> Ints:
    """Return what is added to the coded gain of each kind of bead; (reach, reach + 1).

    Among equals, beads with fewer French segments, and then with fewer English ones, are taken.
    """
    a, b = np.arange(1, reach + 1)[:, None], np.arange(reach + 1)
    saved = np.rint(-weights.alone * SCALE * (a + b)).astype(np.int64) << CODE_BITS
    codes = saved + CODE - ((a - 1) * (reach + 1) + b)
    codes[0, 0] = CODE - (int(FORBIDDEN) << CODE_BITS)
    return np.asarray(codes, np.int64)


class _Rows:
    """The scores of the last rows of positions."""

    def __init__(self, m: int, reach: int) -> None:
        self._scores = np.full((KEPT_ROWS + reach, m + 1 + reach), NEVER)
        row, step = self._scores.strides
        # earlier[r, a - 1, b, j] is row r - a at column j - b: the cell that a bead comes from
        self._earlier = np.lib.stride_tricks.as_strided(
            self._scores[reach - 1 :, reach:],
            (KEPT_ROWS + 1, reach, reach + 1, m + 1),
            (row, -row, -step, step),
        )
        self._filled = [slice(0)] * len(self._scores)
        self._reach, self._next = reach, 0

    def best(self, start: int, stop: int, gains: Ints) -> Ints:
        """Return the best scores in these columns of the next row, by beads with these gains.

        ``gains`` has shape (reach, reach + 1, columns).
        """
        scores = self._earlier[self._next, :, :, start:stop] + gains
        best: Ints = np.maximum.reduce(scores.reshape(-1, stop - start))
        return best

    def add(self, start: int, stop: int, scores: Ints) -> None:
        """Add the scores of a row, which are in these columns."""
        if self._next == KEPT_ROWS:
            self._wrap()
        row = self._next + self._reach
        self._scores[row, self._filled[row]] = NEVER
        self._filled[row] = slice(start + self._reach, stop + self._reach)
        self._scores[row, self._filled[row]] = scores
        self._next += 1

    def _wrap(self) -> None:
        """Begin again at the top, with the last rows before it."""
        for row in range(self._reach):
            self._scores[row, self._filled[row]] = NEVER
            self._filled[row] = self._filled[row + KEPT_ROWS]
            self._scores[row, self._filled[row]] = self._scores[row + KEPT_ROWS, self._filled[row]]
        self._next = 0


class _Ways:
    """How each cell of some blocks is reached, as a * (reach + 1) + b for the bead that ends there."""

    def __init__(self, reached: Ints, starts: Ints, reach: int) -> None:
        """Take scores with codes (rows, width), before unaligned English segments, and the first columns."""
        best = reached & ~CODE
        beads = CODE + reach + 1 - (reached & CODE)
        kinds = np.where(np.maximum.accumulate(best, axis=1) > best, 1, beads)
        self._kinds: bytes = kinds.astype(np.int8).tobytes()
        self._width: int = reached.shape[1]
        self._starts: list[int] = starts.tolist()

    def kind(self, row: int, column: int) -> int:
        """Return how the cell of a row of these, and a column, is reached."""
        return self._kinds[row * self._width + column - self._starts[row // ROWS]]


def _trace(ways: Sequence[_Ways], n: int, m: int, reach: int) -> Path:
    path, i, j = [(n, m)], n, m
    while i or j:
        number, row = divmod(i, BLOCKS * ROWS)
        a, b = divmod(ways[number].kind(row, j), reach + 1)
        i, j = i - a, j - b
        path.append((i, j))
    return path[::-1]
