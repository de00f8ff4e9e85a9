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
from aligner.alignment.grid import Band, Grid
from aligner.alignment.scoring import (
    MAX_RUN,
    Ints,
    PairStatistics,
    Side,
    Text,
    Weights,
    above_chance,
    median,
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

TOGETHER = 32
"""Pairs of short texts that are searched together, row by row."""

KEPT_ROWS = 32
"""Rows of scores, before the last ones are taken to the top."""

SCALE = 2.0**24
"""Units of a score; single gains are not known more closely."""

CODE_BITS = 6
"""Bits of a score, below its units, that say how it was reached."""

CODE = (1 << CODE_BITS) - 1
UNREACHABLE = -(1 << 62)
"""Score of what cannot be reached."""

SKETCH_REACH = 2
"""Most segments on a side of a bead in the passes that only sketch the path."""

LOWEST_LEVEL = 0.1


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A path, as ``points`` (beads + 1, 2) too, the pair's statistics, and both sides as they were scored."""

    path: Path
    points: Ints
    statistics: PairStatistics
    fr: Side
    en: Side


def best_path(fr: Text, en: Text, weights: Weights) -> SearchResult:
    """Find the best path through two texts, and the statistics of the pair."""
    return best_paths([(fr, en)], weights)[0]


def best_paths(pairs: Sequence[tuple[Text, Text]], weights: Weights) -> list[SearchResult]:
    """Find the best path through each pair of texts; pairs of short texts are searched together."""
    results: dict[int, SearchResult] = {}
    sizes = [(len(fr.sums), len(en.sums)) for fr, en in pairs]
    short = sorted(
        (k for k, (n, m) in enumerate(sizes) if 0 < n * m <= FULL_SEARCH_CELLS), key=lambda k: sizes[k]
    )
    groups = [short[first : first + TOGETHER] for first in range(0, len(short), TOGETHER)]
    groups += [[k] for k, (n, m) in enumerate(sizes) if n * m > FULL_SEARCH_CELLS]
    for group in groups:
        results |= zip(group, _best_paths([pairs[k] for k in group], weights), strict=True)
    for k, (n, m) in enumerate(sizes):
        if n == 0 or m == 0:
            unaligned = [(i, 0) for i in range(n + 1)] + [(n, j) for j in range(1, m + 1)]
            expected = PairStatistics(weights.level, weights.spread)
            results[k] = SearchResult(
                unaligned, np.array(unaligned, np.int64), expected, *sides(*pairs[k], weights)
            )
    return [results[k] for k in range(len(pairs))]


def _best_paths(pairs: Sequence[tuple[Text, Text]], weights: Weights) -> list[SearchResult]:
    """Find the best paths through texts none of which is empty, all pairs at once."""
    expected = [PairStatistics(weights.level, weights.spread)] * len(pairs)
    all_sides = [sides(fr, en, weights) for fr, en in pairs]
    bands = [_band(fr, en, weights) for fr, en in pairs]
    sketches = [
        np.array(path, np.int64) for path in _search(all_sides, bands, expected, weights, SKETCH_REACH)
    ]
    statistics = [
        _statistics(points, *sides, weights) for points, sides in zip(sketches, all_sides, strict=True)
    ]
    bands = [
        _band_around(points, len(fr.sums), len(en.sums), FINE_BAND)
        for points, (fr, en) in zip(sketches, pairs, strict=True)
    ]
    paths = _search(all_sides, bands, statistics, weights, MAX_RUN)
    return [
        SearchResult(path, np.array(path, np.int64), pair_statistics, left, right)
        for path, pair_statistics, (left, right) in zip(paths, statistics, all_sides, strict=True)
    ]


def _statistics(points: Ints, fr: Side, en: Side, weights: Weights) -> PairStatistics:
    """Estimate level and spread of the 1-1 beads of a path, shrunk towards their expected values."""
    single = (np.diff(points, axis=0) == 1).all(axis=1)
    gains = above_chance(fr, en, points[:-1][single], weights)
    k, prior = len(gains), weights.level_prior
    if not k:
        return PairStatistics(weights.level, weights.spread)
    level = max((median(gains) * k + weights.level * prior) / (k + prior), LOWEST_LEVEL)
    scatter = float(np.square(gains / level - 1.0).sum())
    return PairStatistics(level, math.sqrt((scatter + weights.spread**2 * prior) / (k + prior)))


def _band(fr: Text, en: Text, weights: Weights) -> Band:
    n, m = len(fr.sums), len(en.sums)
    if n * m <= FULL_SEARCH_CELLS or min(n, m) < 2 * GROUP:
        return Band(np.zeros(n + 1, np.int64), np.full(n + 1, m, np.int64))
    groups = _in_groups(fr), _in_groups(en)
    expected = [PairStatistics(weights.level, weights.spread)]
    bands = [_band(*groups, weights)]
    (coarse,) = _search([sides(*groups, weights)], bands, expected, weights, SKETCH_REACH)
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


def _in_groups(text: Text) -> Text:
    starts = np.arange(0, len(text.sums), GROUP)
    return Text(
        np.add.reduceat(text.sums, starts, axis=0),
        np.add.reduceat(text.lengths, starts),
        np.zeros(len(starts), np.int64),
    )


def _search(
    pairs: Sequence[tuple[Side, Side]],
    bands: Sequence[Band],
    statistics: Sequence[PairStatistics],
    weights: Weights,
    reach: int,
) -> list[Path]:
    """Find the best path of each pair, with beads of at most ``reach`` segments on a side.

    Scores are whole numbers, in units of 1 / SCALE, and count from what leaving every segment alone would
    cost: so a segment left alone costs nothing. Below the units, a score holds how it was reached.
    """
    longest_first = sorted(range(len(pairs)), key=lambda k: -len(bands[k].low))
    grid = Grid([bands[k] for k in longest_first])
    pairs = [pairs[k] for k in longest_first]
    gains = Gains(pairs, [statistics[k] for k in longest_first], weights, reach, SCALE)
    codes = _codes(reach, weights)
    rows = _Rows(len(pairs), max(en.norm.shape[1] for _, en in pairs), reach)
    ways: list[_Ways] = []
    for heads in grid.heads():
        blocks = grid.blocks(heads)
        coded = gains.of(blocks).astype(np.int64)
        coded <<= CODE_BITS
        coded += codes[:, :, None]
        first = 0
        for head in heads:
            rows_of_head = slice(first, first + grid.count(head))
            ways.append(_fill(grid, rows, head, coded[rows_of_head], int(blocks.left[first])))
            first = rows_of_head.stop
    ends = [(fr.norm.shape[1] - 1, en.norm.shape[1] - 1) for fr, en in pairs]
    paths = [_trace(ways, number, n, m, reach) for number, (n, m) in enumerate(ends)]
    return [path for _, path in sorted(zip(longest_first, paths, strict=True))]


def _fill(grid: Grid, rows: _Rows, head: int, coded: Ints, left: int) -> _Ways:
    """Go through the rows of a block of each pair; ``coded`` (pairs, ROWS, reach, reach + 1, width)."""
    reached = np.full((len(coded), ROWS, coded.shape[-1]), UNREACHABLE)
    outside_cells = grid.outside(head, left, coded.shape[-1])
    for k, (count, j0, j1) in enumerate(grid.rows(head)):
        columns = slice(j0 - left, j1 - left)
        row = reached[:count, k, columns]
        if head or k:
            rows.best(j0, j1, coded[:count, k, :, :, columns], out=row)
        else:
            row[:, 0] = 0
        if outside_cells is None:
            rows.add(j0, j1, row)
        else:
            blocked = outside_cells[:count, k, columns]
            np.copyto(row, UNREACHABLE, where=blocked)
            np.copyto(rows.add(j0, j1, row), UNREACHABLE, where=blocked)
    return _Ways(reached, left, coded.shape[-3])


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
    """The scores of the last rows of positions, of some pairs."""

    def __init__(self, pairs: int, width: int, reach: int) -> None:
        self._scores = np.full((pairs, KEPT_ROWS + reach, width + reach), UNREACHABLE)
        pair, row, step = self._scores.strides
        # earlier[p, r, a - 1, b, j] is row r - a of pair p at column j - b: the cell that a bead comes from
        self._earlier = np.lib.stride_tricks.as_strided(
            self._scores[:, reach - 1 :, reach:],
            (pairs, KEPT_ROWS + 1, reach, reach + 1, width),
            (pair, row, -row, -step, step),
        )
        self._filled = [slice(0)] * (KEPT_ROWS + reach)
        self._reach, self._next = reach, 0

    def best(self, start: int, stop: int, gains: Ints, out: Ints) -> None:
        """Find the best scores in these columns of the next row, by beads with these gains.

        ``gains`` has shape (pairs, reach, reach + 1, columns), ``out`` (pairs, columns).
        """
        scores = self._earlier[: len(gains), self._next, :, :, start:stop] + gains
        np.maximum.reduce(scores.reshape(len(gains), -1, stop - start), axis=1, out=out)

    def add(self, start: int, stop: int, reached: Ints) -> Ints:
        """Add the scores of a row, by how it was reached in these columns, and return them."""
        if self._next == KEPT_ROWS:
            self._wrap()
        row = self._next + self._reach
        self._scores[:, row, self._filled[row]] = UNREACHABLE
        self._filled[row] = slice(start + self._reach, stop + self._reach)
        scores: Ints = self._scores[: len(reached), row, self._filled[row]]
        np.maximum.accumulate(reached & ~CODE, axis=1, out=scores)
        self._next += 1
        return scores

    def _wrap(self) -> None:
        """Begin again at the top, with the last rows before it."""
        for row in range(self._reach):
            self._scores[:, row, self._filled[row]] = UNREACHABLE
            self._filled[row] = self._filled[row + KEPT_ROWS]
            self._scores[:, row, self._filled[row]] = self._scores[:, row + KEPT_ROWS, self._filled[row]]
        self._next = 0


class _Ways:
    """How each cell of a block of some pairs is reached: a * (reach + 1) + b for the bead that ends there."""

    def __init__(self, reached: Ints, left: int, reach: int) -> None:
        """Take scores with codes (pairs, rows, width), before unaligned English segments."""
        scores = reached & ~CODE
        beads = CODE + reach + 1 - (reached & CODE)
        kinds = np.where(np.maximum.accumulate(scores, axis=2) > scores, 1, beads)
        self._kinds: bytes = kinds.astype(np.int8).tobytes()
        self._width: int = reached.shape[2]
        self._left = left

    def kind(self, pair: int, row: int, column: int) -> int:
        """Return how the cell of a row of this block, and a column, is reached."""
        return self._kinds[(pair * ROWS + row) * self._width + column - self._left]


def _trace(ways: Sequence[_Ways], pair: int, n: int, m: int, reach: int) -> Path:
    path, i, j = [(n, m)], n, m
    while i or j:
        number, row = divmod(i, ROWS)
        a, b = divmod(ways[number].kind(pair, row, j), reach + 1)
        i, j = i - a, j - b
        path.append((i, j))
    return path[::-1]
