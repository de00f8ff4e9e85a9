"""The gains of all beads that end in a band of positions, block by block.

A block is a few rows of positions and the columns near the path there; many blocks are computed at once, so
that the band costs little more than its cells.
"""

from __future__ import annotations

import numpy as np

from aligner.alignment.scoring import MAX_RUN, Floats, Ints, PairStatistics, Side, Weights, bead_types

FORBIDDEN = np.float32(-(2.0**50))

ROWS = 16
"""Rows of a block: with more, it has columns that are near no path; with fewer, more is computed twice."""


class Gains:
    """Gains between two sides, for beads of at most ``reach`` segments on a side, times ``scale``."""

    def __init__(
        self,
        sides: tuple[Side, Side],
        statistics: PairStatistics,
        weights: Weights,
        reach: int,
        scale: float = 1.0,
    ) -> None:
        fr, en = sides
        self._reach = reach
        self._vectors = _padded(fr.vectors, MAX_RUN), _padded(en.vectors, MAX_RUN)
        self._types = list(bead_types(reach))
        threshold = weights.threshold - weights.freedom * statistics.spread
        self._fixed = {
            (a, b): np.float32(
                scale * (threshold + weights.size * (a + b - 2) + weights.many_to_many * (min(a, b) > 1))
            )
            for a, b in self._types
        }
        self._factor = np.float32(scale / statistics.level) / fr.norm[: reach + 1], 1 / en.norm[: reach + 1]
        self._above, self._below = (
            _costs(side, statistics, weights, reach, np.float32(scale)) for side in (fr, en)
        )
        self._out: Floats = np.zeros((0, 0, 0, 0, 0), np.float32)

    def of(self, first: int, starts: Ints, width: int) -> Floats:
        """Compute the gains of the beads that end in consecutive blocks of ``ROWS`` rows.

        Block k has the rows from ``first + k * ROWS`` on, and ``width`` columns from ``starts[k]`` on.
        Returns shape (blocks, ROWS, reach, reach + 1, width), good until the next call: [k, i, a - 1, b, j]
        is for the bead of a French and b English segments that ends before those of that row and column.
        Beads that are not allowed hold ``FORBIDDEN``; what reaches beyond the texts means nothing.
        """
        out = self._room(len(starts), width)
        rows = first + np.arange(len(starts))[:, None] * ROWS + np.arange(ROWS)
        columns = starts[:, None] + np.arange(width)
        rows = np.minimum(rows, self._factor[0].shape[1] - 1)
        columns = np.minimum(columns, self._factor[1].shape[1] - 1)
        dots = self._dots(first, starts, width)
        of_runs = [
            [table[a][rows][:, :, None] for table in (self._factor[0], *self._above)]
            for a in range(1, self._reach + 1)
        ]
        runs = np.zeros((len(starts), ROWS + MAX_RUN - 1, width), np.float32)
        gain, cost, other = (np.empty((len(starts), ROWS, width), np.float32) for _ in range(3))
        for b in range(1, self._reach + 1):
            runs += dots[:, :, MAX_RUN - b : MAX_RUN - b + width]  # of one French and b English segments
            right, en_longer, en_shorter = (
                table[b][columns][:, None] for table in (self._factor[1], *self._below)
            )
            both = np.zeros((len(starts), ROWS, width), np.float32)
            for a, (left, fr_longer, fr_shorter) in enumerate(of_runs, 1):
                if (a, b) not in self._fixed:
                    break
                both += runs[:, MAX_RUN - a : MAX_RUN - a + ROWS]
                np.multiply(both, left, out=gain)
                gain *= right
                np.add(fr_longer, en_shorter, out=cost)
                np.add(fr_shorter, en_longer, out=other)
                np.maximum(cost, other, out=cost)
                cost += self._fixed[a, b]
                np.subtract(gain, cost, out=out[:, :, a - 1, b])
        return out

    def _room(self, blocks: int, width: int) -> Floats:
        if blocks > self._out.shape[0] or width > self._out.shape[-1]:
            self._out = np.full((blocks, ROWS, self._reach, self._reach + 1, width), FORBIDDEN, np.float32)
        return self._out[:blocks, ..., :width]

    def _dots(self, first: int, starts: Ints, width: int) -> Floats:
        """Return the dot products of the segments of each block, from ``MAX_RUN`` before its first on."""
        fr, en = self._vectors
        dots = np.zeros((len(starts), ROWS + MAX_RUN - 1, width + MAX_RUN - 1), np.float32)
        for k, start in enumerate(starts.tolist()):
            row = first + k * ROWS
            product = fr[row : row + dots.shape[1]] @ en[start : start + dots.shape[2]].T
            dots[k, : product.shape[0], : product.shape[1]] = product
        return dots


def _padded(vectors: Floats, before: int) -> Floats:
    return np.concatenate([np.zeros((before, vectors.shape[1]), np.float32), vectors])


def _costs(
    side: Side, statistics: PairStatistics, weights: Weights, reach: int, scale: np.float32
) -> tuple[Floats, Floats]:
    """Return what runs cost where theirs is the longer side, and where it is the shorter one."""
    chance = side.chance[: reach + 1] * np.float32(weights.chance / 2 / statistics.level)
    cost = chance + np.float32(weights.paragraph) * side.breaks[: reach + 1]
    length = np.float32(weights.length) * side.log_length[: reach + 1]
    return scale * (cost + length), scale * (cost - length)
