"""Passages that changed place: links between French left alone and English left alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from aligner.alignment.scoring import Floats
from aligner.alignment.similarity import calibrated
from aligner.encoders.protocol import unit

AT_ONCE = 256
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
    x, y = (unit(_passages(side, points[:, k], at)) for k, (side, at) in enumerate(((fr, left), (en, right))))
    best_of_left, best_of_right, cosines = _bests(x, y)
    mutual = np.flatnonzero(best_of_right[best_of_left] == np.arange(len(left)))
    alike = calibrated(cosines[mutual].astype(np.float64)) >= LEAST_MOVED
    return tuple((int(left[i]), int(right[best_of_left[i]])) for i in mutual[alike])


def _bests(x: Floats, y: Floats) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Floats]:
    """Return which row of y is nearest to each of x, which of x to each of y, and how near the former is."""
    nearest, near = np.zeros(len(x), np.intp), np.zeros(len(x), np.float32)
    back, back_near = np.zeros(len(y), np.intp), np.full(len(y), -np.inf, np.float32)
    for first in range(0, len(x), AT_ONCE):
        cosines = x[first : first + AT_ONCE] @ y.T
        some = slice(first, first + len(cosines))
        nearest[some], near[some] = cosines.argmax(axis=1), cosines.max(axis=1)
        highest = cosines.max(axis=0)
        nearer = np.flatnonzero(highest > back_near)
        back[nearer] = first + cosines[:, nearer].argmax(axis=0)
        back_near[nearer] = highest[nearer]
    return nearest, back, near


def _passages(sums: Floats, ends: npt.NDArray[np.int64], beads: npt.NDArray[np.intp]) -> Floats:
    """Add up the vectors of the segments of each bead."""
    return np.asarray([sums[ends[k] : ends[k + 1]].sum(axis=0) for k in beads], np.float32)
