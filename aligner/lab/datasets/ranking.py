"""Measures of how well scores separate bad from good: area under the ROC curve, F1 at a threshold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

STEPS = 50
"""Thresholds tried between 0 and 1."""


def auc(positives: Sequence[float] | Floats, negatives: Sequence[float] | Floats) -> float | None:
    """Return the probability that a positive outscores a negative, ties counting half; None without both."""
    low, high = np.sort(np.asarray(negatives, np.float64)), np.asarray(positives, np.float64)
    if not len(low) or not len(high):
        return None
    ranks = np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")
    return float(ranks.mean() / (2 * len(low)))


def f1(scores: Floats, flags: npt.NDArray[np.bool_], threshold: float) -> float:
    """Return the F1 of "bad" for scores of at least ``threshold``; 0 without bad or without predictions."""
    predicted = scores >= threshold
    total = int(predicted.sum()) + int(flags.sum())
    return 2 * int((predicted & flags).sum()) / total if total else 0.0


def best_threshold(scores: Floats, flags: npt.NDArray[np.bool_]) -> float:
    """Return the threshold of highest F1, to be chosen on data that is not measured on."""
    return max((step / STEPS for step in range(1, STEPS)), key=lambda t: f1(scores, flags, t))
