"""Pieces of text as a model takes them: where the words begin among them, and windows of those too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from aligner.model import Span

LONGEST_ALONE = 254
"""Pieces of a text scored alone, the two marks around it not counted."""
LONGEST_TOGETHER = 381
"""Pieces of both texts of a pair, the marks around them not counted."""
MARKS = 3
"""Special tokens around the texts of a pair."""
LEAST_OF_A_SIDE = 48
"""Pieces of the shorter side that a window shows at least, if there are so many."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """One text in pieces: their ``ids``, and for each word of the text the run of pieces that touch it."""

    ids: Sequence[int]
    runs: Sequence[Span]


def touching(words: Sequence[Span], pieces: Sequence[Span]) -> list[Span]:
    """Return for each word first and last (excluded) of the pieces that overlap it; both come in order.

    A word that no piece touches (an invisible character) has an empty run.
    """
    runs, first = [], 0
    for start, end in words:
        while first < len(pieces) and pieces[first][1] <= start:
            first += 1
        last = first
        while last < len(pieces) and pieces[last][0] < end:
            last += 1
        runs.append((first, last))
    return runs


def alone(pieces: Pieces) -> list[Span]:
    """Return runs of pieces that are scored one after the other: one, unless the text is too long."""
    return _cut(pieces, LONGEST_ALONE)


def together(fr: Pieces, en: Pieces) -> list[tuple[Span, Span]]:
    """Return runs of pieces of both sides that are scored together; long texts are cut alike."""
    total = len(fr.ids) + len(en.ids)
    if total <= LONGEST_TOGETHER:
        return [((0, len(fr.ids)), (0, len(en.ids)))]
    share = round(LONGEST_TOGETHER * len(fr.ids) / total)
    most_fr = min(max(share, LEAST_OF_A_SIDE), LONGEST_TOGETHER - LEAST_OF_A_SIDE)
    nothing = (0, 0)
    return list(zip_longest(_cut(fr, most_fr), _cut(en, LONGEST_TOGETHER - most_fr), fillvalue=nothing))


def _cut(pieces: Pieces, limit: int) -> list[Span]:
    """Cut before words into runs of at most ``limit`` pieces, about equally long; a longer word is cut."""
    total = len(pieces.ids)
    if total <= limit:
        return [(0, total)]
    size = -(-total // -(-total // limit))
    borders = [first for first, last in pieces.runs if last > first]
    runs, start, place = [], 0, 0
    while start < total:
        end = min(start + size, total)
        if end < total:
            while place < len(borders) and borders[place] <= end:
                place += 1
            before = borders[place - 1] if place else 0
            end = before if before > start else end
        runs.append((start, end))
        start = end
    return runs
