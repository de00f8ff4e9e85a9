"""Similarity of a bead: the probability that its sides match, from their cosine."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from aligner.alignment.scoring import Floats

# Logistic regression on the held-out news: translations against the next sentence's translation,
# the former taken to be nine times as frequent, as among beads that a search has chosen
# (`aligner bench similarity`).
SLOPE = 18.5
MIDDLE = 0.32


BLOCK = 256
"""Beads that are looked at together: their sums fit in a processor's cache."""


def cosines(path: list[tuple[int, int]], fr: Floats, en: Floats) -> npt.NDArray[np.float64]:
    """Return the cosine of the two sides of each bead of a path, shape (beads,); 0 where a side is empty."""
    points = np.array(path, np.int64)
    cosine = np.zeros(len(points) - 1)
    for first in range(0, len(cosine), BLOCK):
        block = points[first : first + BLOCK + 1]
        left, right = _runs(fr, block[:, 0]), _runs(en, block[:, 1])
        squares = np.einsum("ij,ij->i", left, left) * np.einsum("ij,ij->i", right, right)
        dots = np.einsum("ij,ij->i", left, right)
        cosine[first : first + BLOCK] = dots / np.maximum(np.sqrt(squares), 1e-9)
    return cosine


def _runs(sums: Floats, ends: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return the sums of runs that follow each other; shape (runs, d)."""
    runs = np.zeros((len(ends) - 1, sums.shape[1]))
    filled = np.flatnonzero(ends[1:] > ends[:-1])
    if len(filled):
        part = sums[ends[0] : ends[-1]].astype(np.float64)
        runs[filled] = np.add.reduceat(part, ends[filled] - ends[0], axis=0)
    return runs


def calibrated(cosine: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the probability (0..1) that two passages with this cosine match, of any shape."""
    return np.asarray(1.0 / (1.0 + np.exp(-SLOPE * (cosine - MIDDLE))))


def similarities(path: list[tuple[int, int]], fr: Floats, en: Floats) -> npt.NDArray[np.float64]:
    """Return the calibrated similarity of each bead, shape (beads,); 0 where a side is empty."""
    steps = np.diff(np.array(path, np.int64), axis=0)
    return np.asarray(np.where((steps > 0).all(axis=1), calibrated(cosines(path, fr, en)), 0.0))
