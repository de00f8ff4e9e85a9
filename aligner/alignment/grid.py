"""Which cells of the tables of some pairs the search looks at: bands, block of rows by block of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.alignment.gains import ROWS, Blocks
from aligner.alignment.scoring import Ints

BLOCKS = 8
"""Blocks of rows whose gains are computed at once."""


NOWHERE = 1 << 40
"""A column beyond all texts."""


@dataclass(frozen=True, slots=True)
class Band:
    """Columns ``low[i]`` to ``high[i]`` (inclusive) to look at, for each French position i."""

    low: Ints
    high: Ints


class Grid:
    """Blocks of rows over the bands of pairs, the longest of which comes first."""

    def __init__(self, bands: Sequence[Band]) -> None:
        self._sizes = [len(band.low) for band in bands]
        self._bands = bands
        rows = self._sizes[0]
        self._low, self._high = np.full((len(bands), rows), NOWHERE), np.full((len(bands), rows), -1)
        for pair, band in enumerate(bands):
            self._low[pair, : len(band.low)], self._high[pair, : len(band.high)] = band.low, band.high
        self._counts = (np.array(self._sizes)[:, None] > np.arange(rows)).sum(axis=0).tolist()
        self._lowest, self._highest = self._low.min(axis=0).tolist(), (self._high.max(axis=0) + 1).tolist()
        self._widths = [self._widths_of(band) for band in bands]

    def _widths_of(self, band: Band) -> list[int]:
        """Return how many columns from that of its first row on each block of a pair is looked at in."""
        widths = []
        for first in range(0, len(band.low), BLOCKS * ROWS):
            last = min(first + BLOCKS * ROWS, len(band.low))
            heads = np.arange(first, last, ROWS)
            width = int((band.high[np.minimum(heads + ROWS, last) - 1] - band.low[heads]).max()) + 1
            widths += [width] * len(heads)
        return widths

    def heads(self) -> Iterator[list[int]]:
        """Yield the first rows of blocks that are looked at together."""
        step = ROWS * max(1, BLOCKS // len(self._bands))
        for first in range(0, self._sizes[0], step):
            yield list(range(first, min(first + step, self._sizes[0]), ROWS))

    def count(self, head: int) -> int:
        """Return how many of the pairs have this row."""
        return int(self._counts[head])

    def blocks(self, heads: Sequence[int]) -> Blocks:
        """Return the blocks that begin at these rows, of all pairs that have them."""
        blocks = [(pair, head) for head in heads for pair in range(self.count(head))]
        pairs, rows = np.array(blocks).T
        starts = self._low[pairs, rows]
        widths = np.array([self._widths[pair][head // ROWS] for pair, head in blocks])
        left = np.array([self._lowest_of(head) for _, head in blocks])
        return Blocks(pairs, rows, starts, widths, left, int((starts + widths - left).max()))

    def _lowest_of(self, head: int) -> int:
        return int(self._low[: self.count(head), head].min())

    def rows(self, head: int) -> Iterator[tuple[int, int, int]]:
        """Yield how many pairs have each row of a block, and its columns in all their bands."""
        rows = slice(head, head + ROWS)
        yield from zip(self._counts[rows], self._lowest[rows], self._highest[rows], strict=True)

    def outside(self, head: int, left: int, width: int) -> npt.NDArray[np.bool_] | None:
        """Return which cells of a block are in no band, (pairs, rows, width); None if all are in it."""
        if len(self._bands) == 1:
            return None
        cells = slice(self.count(head)), slice(head, head + ROWS)
        columns = np.arange(left, left + width)
        return np.asarray((columns < self._low[cells][..., None]) | (columns > self._high[cells][..., None]))
