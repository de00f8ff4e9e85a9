"""Passages that changed place: links between French left alone and English left alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from aligner.alignment.scoring import Floats
from aligner.alignment.similarity import calibrated
from aligner.encoders.protocol import unit

BLOCK = 256
"""Passages compared with all others at once."""

LEAST_MOVED = 0.8
"""Least similarity of a moved passage to its counterpart; set on `corpora/demo`."""


def moved_passages(path: list[tuple[int, int]], fr: Floats, en: Floats) -> tuple[tuple[int, int], ...]:
    """Index pairs (French-only bead, English-only bead) that are each other's best answer."""
    points = np.array(path, np.int64)
    steps = np.diff(points, axis=0)
    left = np.flatnonzero((steps[:, 0] > 0) & (steps[:, 1] == 0))
    right = np.flatnonzero((steps[:, 1] > 0) & (steps[:, 0] == 0))
    if not len(left) or not len(right):
        return ()
    x, y = (
        unit(_passages(side, points[:, k], beads))
        for k, (side, beads) in enumerate(((fr, left), (en, right)))
    )
    best_of_left, best_of_right, cosines = _bests(x, y)
    mutual = np.flatnonzero(best_of_right[best_of_left] == np.arange(len(left)))
    alike = calibrated(cosines[mutual].astype(np.float64)) >= LEAST_MOVED
    return tuple((int(left[i]), int(right[best_of_left[i]])) for i in mutual[alike])


def _bests(x: Floats, y: Floats) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Floats]:
    """Return which row of y is nearest to each of x, which of x to each of y, and how near the former is."""
    nearest_y, nearest_y_cosine = np.zeros(len(x), np.intp), np.zeros(len(x), np.float32)
    nearest_x, nearest_x_cosine = np.zeros(len(y), np.intp), np.full(len(y), -np.inf, np.float32)
    for first in range(0, len(x), BLOCK):
        cosines = x[first : first + BLOCK] @ y.T
        block = slice(first, first + len(cosines))
        nearest_y[block], nearest_y_cosine[block] = cosines.argmax(axis=1), cosines.max(axis=1)
        highest = cosines.max(axis=0)
        improved = np.flatnonzero(highest > nearest_x_cosine)
        nearest_x[improved] = first + cosines[:, improved].argmax(axis=0)
        nearest_x_cosine[improved] = highest[improved]
    return nearest_y, nearest_x, nearest_y_cosine


def _passages(sums: Floats, ends: npt.NDArray[np.int64], beads: npt.NDArray[np.intp]) -> Floats:
    """Add up the vectors of the segments of each bead."""
    return np.asarray([sums[ends[k] : ends[k + 1]].sum(axis=0) for k in beads], np.float32)
