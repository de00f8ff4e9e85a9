"""How well scores tell bad from good: area under the ROC curve, and F1 at a threshold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

STEPS = 50
"""Thresholds tried between 0 and 1."""


def auc(bad: Sequence[float] | Floats, good: Sequence[float] | Floats) -> float | None:
    """Return the probability that a bad one outscores a good one, ties counting half; None without both."""
    low, high = np.sort(np.asarray(good, np.float64)), np.asarray(bad, np.float64)
    if not len(low) or not len(high):
        return None
    below = np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")
    return float(below.mean() / (2 * len(low)))


def f1(scores: Floats, bad: npt.NDArray[np.bool_], threshold: float) -> float:
    """Return the F1 of "bad" for scores of at least ``threshold``; 0 without bad or without predictions."""
    said = scores >= threshold
    both = int(said.sum()) + int(bad.sum())
    return 2 * int((said & bad).sum()) / both if both else 0.0


def best_threshold(scores: Floats, bad: npt.NDArray[np.bool_]) -> float:
    """Return the threshold of highest F1, to be chosen on data that is not measured on."""
    return max((step / STEPS for step in range(1, STEPS)), key=lambda t: f1(scores, bad, t))
