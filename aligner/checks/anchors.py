"""Finds the few rows of a long table that a text may match: by their anchors, without trying the others.

The anchors of a row are words (or tags, or whatever a text is looked up by) of which everything that the row
matches has one. All that a text has is looked up once, so that a table may grow and a text take no longer.
What is found is no match yet: the row itself says whether it matches, and where.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
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
        return [row for row, _ in self.anchored(words)]

    def anchored(self, words: Set[str]) -> list[tuple[Row, Sequence[str]]]:
        """Return the rows that a text with these words may match, each with those that are its anchors."""
        anchors: dict[int, list[str]] = {number: [] for number in self._for_all}
        for word in words & self._by_anchor.keys():
            for number in self._by_anchor[word]:
                anchors.setdefault(number, []).append(word)
        return [(self.rows[number], anchors[number]) for number in sorted(anchors)]


def matches_at(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begin at some places of a text, in order, none over another."""
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)):
            end = match.end()
            yield match
