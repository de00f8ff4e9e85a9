"""Finds the few rows of a long table that a text may match: by their anchors, without trying the others.

The anchors of a row are words (or tags, or whatever a text is looked up by) of which everything that the row
matches has one. All that a text has is looked up once, so that a table may grow and a text take no longer.
What is found is no match yet: the row itself says whether it matches, and where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from typing import Generic, TypeVar

Row = TypeVar("Row")


class AnchorIndex(Generic[Row]):
    """The rows of a table by their anchors; a row without any is one for every text."""

    def __init__(self, rows: Sequence[Row], anchors: Callable[[Row], Iterable[str]]) -> None:
        self.rows = rows
        self._by_anchor: dict[str, list[int]] = defaultdict(list)
        self._for_all: list[int] = []
        for number, row in enumerate(rows):
            row_anchors = frozenset(anchors(row))
            for anchor in row_anchors:
                self._by_anchor[anchor].append(number)
            if not row_anchors:
                self._for_all.append(number)

    def candidates(self, words: Set[str]) -> list[Row]:
        """Return the rows that a text with these words may match, each once, in the order of the table."""
        numbers = {n for word in words & self._by_anchor.keys() for n in self._by_anchor[word]}
        return [self.rows[n] for n in sorted(numbers.union(self._for_all))]
