"""The gains of all beads that end in a band of positions, block by block.

A block is a few rows of positions and the columns near the path there; many blocks are computed at once, so
that the band costs little more than its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.alignment.scoring import MAX_RUN, Floats, Ints, PairStatistics, Side, Weights, bead_types

FORBIDDEN = np.float32(-(2.0**50))

ROWS = 16
"""Rows of a block: with more, it has columns that are near no path; with fewer, more is computed twice."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Some blocks: which pair each is of, its first row, its first column and width there; each (blocks,).

    Block k is laid out from column ``left[k]`` on, at most ``starts[k]``, in ``width`` columns.
    """

    pairs: Ints
    rows: Ints
    starts: Ints
    widths: Ints
    left: Ints
    width: int


class Gains:
    """Gains between the sides of pairs, of beads of at most ``reach`` segments on a side, times ``scale``."""

    def __init__(
        self,
        pairs: Sequence[tuple[Side, Side]],
        statistics: Sequence[PairStatistics],
        weights: Weights,
        reach: int,
        scale: float = 1.0,
    ) -> None:
        self._reach = reach
        self._vectors = [tuple(_padded(side.vectors, MAX_RUN) for side in pair) for pair in pairs]
        sides = list(zip(*pairs, strict=True))
        self._last = [np.array([side.norm.shape[1] - 1 for side in side_group]) for side_group in sides]
        self._first = [np.cumsum(last + 1) - (last + 1) for last in self._last]
        self._types = list(bead_types(reach))
        thresholds = [
            weights.threshold - weights.freedom * pair_statistics.spread for pair_statistics in statistics
        ]
        self._fixed = {
            (a, b): np.array(
                [
                    scale * (threshold + weights.size * (a + b - 2) + weights.many_to_many * (min(a, b) > 1))
                    for threshold in thresholds
                ],
                np.float32,
            )
            for a, b in self._types
        }
        norms = [
            np.float32(scale / pair_statistics.level) / side.norm[: reach + 1]
            for side, pair_statistics in zip(sides[0], statistics, strict=True)
        ]
        self._factor = (
            _joined_tables(norms),
            _joined_tables([1 / side.norm[: reach + 1] for side in sides[1]]),
        )
        costs = [
            [
                _costs(side, pair_statistics, weights, reach, np.float32(scale))
                for side, pair_statistics in zip(side_group, statistics, strict=True)
            ]
            for side_group in sides
        ]
        self._above, self._below = (
            (
                _joined_tables([longer for longer, _ in side_group]),
                _joined_tables([shorter for _, shorter in side_group]),
            )
            for side_group in costs
        )
        self._out: Floats = np.zeros((0, 0, 0, 0, 0), np.float32)

    def of(self, blocks: Blocks) -> Floats:
        """Compute the gains of the beads that end in blocks of ``ROWS`` rows.

        Returns shape (blocks, ROWS, reach, reach + 1, width), good until the next call: [k, i, a - 1, b, j]
        is for the bead of a French and b English segments that ends before those of that row and column.
        Beads that are not allowed hold ``FORBIDDEN``; what reaches beyond the texts means nothing.
        """
        count, width = len(blocks.pairs), blocks.width
        out = self._room(count, width)
        last = [side[blocks.pairs][:, None] for side in self._last]
        first = [side[blocks.pairs][:, None] for side in self._first]
        rows = first[0] + np.minimum(blocks.rows[:, None] + np.arange(ROWS), last[0])
        columns = first[1] + np.minimum(blocks.left[:, None] + np.arange(width), last[1])
        dots = self._dots(blocks)
        of_runs = [
            [table[a][rows][:, :, None] for table in (self._factor[0], *self._above)]
            for a in range(1, self._reach + 1)
        ]
        runs = np.zeros((count, ROWS + MAX_RUN - 1, width), np.float32)
        gain, cost, reverse_cost = (np.empty((count, ROWS, width), np.float32) for _ in range(3))
        for b in range(1, self._reach + 1):
            runs += dots[:, :, MAX_RUN - b : MAX_RUN - b + width]  # of one French and b English segments
            right, en_longer, en_shorter = (
                table[b][columns][:, None] for table in (self._factor[1], *self._below)
            )
            summed = np.zeros((count, ROWS, width), np.float32)
            for a, (left, fr_longer, fr_shorter) in enumerate(of_runs, 1):
                if (a, b) not in self._fixed:
                    break
                summed += runs[:, MAX_RUN - a : MAX_RUN - a + ROWS]
                np.multiply(summed, left, out=gain)
                gain *= right
                np.add(fr_longer, en_shorter, out=cost)
                np.add(fr_shorter, en_longer, out=reverse_cost)
                np.maximum(cost, reverse_cost, out=cost)
                cost += self._fixed[a, b][blocks.pairs][:, None, None]
                np.subtract(gain, cost, out=out[:, :, a - 1, b])
        return out

    def _room(self, blocks: int, width: int) -> Floats:
        if blocks > self._out.shape[0] or width > self._out.shape[-1]:
            shape = max(blocks, self._out.shape[0]), ROWS, self._reach, self._reach + 1
            self._out = np.full((*shape, max(width, self._out.shape[-1])), FORBIDDEN, np.float32)
        return self._out[:blocks, ..., :width]

    def _dots(self, blocks: Blocks) -> Floats:
        """Return the dot products of the segments of each block, from ``MAX_RUN`` before its first on."""
        height = ROWS + MAX_RUN - 1
        dots = np.zeros((len(blocks.pairs), height, blocks.width + MAX_RUN - 1), np.float32)
        block_arrays = (blocks.pairs, blocks.rows, blocks.starts, blocks.widths, blocks.starts - blocks.left)
        for k, (pair, row, start, width, right) in enumerate(
            zip(*(part.tolist() for part in block_arrays), strict=True)
        ):
            fr, en = self._vectors[pair]
            product = fr[row : row + height] @ en[start : start + width + MAX_RUN - 1].T
            dots[k, : product.shape[0], right : right + product.shape[1]] = product
        return dots


def _joined_tables(tables: Sequence[Floats]) -> Floats:
    return np.concatenate(tables, axis=1) if len(tables) > 1 else tables[0]


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
