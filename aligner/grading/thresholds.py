"""Rows that a threshold on the score would drop, and thresholds fitted to a clean sample."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.grading.grade import Grade

USUAL = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Thresholds that are shown where no sample says which."""

KEPT_SHARES = (0.99, 0.98, 0.95, 0.9, 0.8)
"""Shares of a clean sample that the thresholds fitted to it keep."""

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Drop:
    """The effect of a threshold: ``dropped`` of ``total`` rows have a lower score.

    ``examples`` are rows that this threshold drops and the next lower one keeps, the highest scores first:
    where to look whether it goes too far. ``clean`` is the share 0..1 of the clean sample that it keeps,
    None without one.
    """

    threshold: float
    dropped: int
    total: int
    examples: tuple[Grade, ...]
    clean: float | None = None


def drops(grades: Iterable[Grade], thresholds: Sequence[float] = USUAL) -> list[Drop]:
    """Return what each threshold would drop, the lowest first; rows without a score are dropped by all."""
    levels = sorted(set(thresholds))
    counts = [0] * (len(levels) + 1)
    nearest_rows: list[list[tuple[float, int, Grade]]] = [[] for _ in levels]
    for grade in grades:
        score = -1.0 if grade.score is None else grade.score
        place = next((k for k, level in enumerate(levels) if score < level), len(levels))
        counts[place] += 1
        if place < len(levels):
            keep = heapq.heappush if len(nearest_rows[place]) < EXAMPLES else heapq.heappushpop
            keep(nearest_rows[place], (score, -grade.index, grade))
    rows, dropped = [], 0
    for level, count, ranked in zip(levels, counts, nearest_rows, strict=False):
        dropped += count
        examples = tuple(grade for *_, grade in sorted(ranked, key=lambda item: item[:2], reverse=True))
        rows.append(Drop(level, dropped, sum(counts), examples))
    return rows


def fitted(clean: Iterable[Grade], shares: Sequence[float] = KEPT_SHARES) -> dict[float, float]:
    """Return thresholds that keep at least these shares 0..1 of a clean sample, and the share each keeps.

    Raises ValueError for a sample without scores.
    """
    scores = sorted(grade.score for grade in clean if grade.score is not None)
    if not scores:
        raise ValueError("the clean sample has no row with a score")
    thresholds = {}
    for share in shares:
        threshold = scores[len(scores) - math.ceil(share * len(scores))]
        thresholds[threshold] = sum(score >= threshold for score in scores) / len(scores)
    return thresholds
