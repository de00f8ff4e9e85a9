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


def cosines(path: list[tuple[int, int]], fr: Floats, en: Floats) -> npt.NDArray[np.float64]:
    """Return the cosine of the two sides of each bead of a path, shape (beads,); 0 where a side is empty."""
    points = np.array(path, np.int64)
    left, right = _runs(fr, points[:, 0]), _runs(en, points[:, 1])
    dots = np.einsum("ij,ij->i", left, right)
    norms = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return np.asarray(np.where(norms > 0, dots / np.maximum(norms, 1e-9), 0.0))


def _runs(sums: Floats, ends: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    prefix = np.zeros((len(sums) + 1, sums.shape[1]))
    np.cumsum(sums, axis=0, out=prefix[1:])
    return prefix[ends[1:]] - prefix[ends[:-1]]


def calibrated(cosine: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the probability (0..1) that two passages with this cosine match."""
    return np.asarray(1.0 / (1.0 + np.exp(-SLOPE * (cosine - MIDDLE))))


def similarities(path: list[tuple[int, int]], fr: Floats, en: Floats) -> npt.NDArray[np.float64]:
    """Return the calibrated similarity of each bead, shape (beads,); 0 where a side is empty."""
    steps = np.diff(np.array(path, np.int64), axis=0)
    return np.asarray(np.where((steps > 0).all(axis=1), calibrated(cosines(path, fr, en)), 0.0))
