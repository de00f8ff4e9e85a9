"""Measures whether a bead's similarity is the probability that its sides match.

True pairs are held-out news translations; false ones pair each sentence with the translation of
the next, which is on the same subject. Among the beads that a search has chosen, true ones are
taken to be nine times as frequent as false ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.alignment.similarity import calibrated
from aligner.encoders.protocol import SentenceEncoder, unit

BINS = 5
PRIOR_ODDS = 9.0
NEWTON_STEPS = 30

Floats = npt.NDArray[np.float64]


def cosines(pairs: Sequence[tuple[str, str]], encoder: SentenceEncoder) -> tuple[Floats, Floats]:
    """Return cosines of true pairs (n,), and of each French sentence with the next English one (n - 1,)."""
    fr = unit(encoder.additive([pair[0] for pair in pairs]).plain).astype(np.float64)
    en = unit(encoder.additive([pair[1] for pair in pairs]).plain).astype(np.float64)
    return np.einsum("ij,ij->i", fr, en), np.einsum("ij,ij->i", fr[:-1], en[1:])


def reliability(true: Floats, false: Floats) -> list[dict[str, Any]]:
    """Return one row per fifth of the scale: mean similarity, and the share of pairs that are true."""
    similarity = calibrated(np.concatenate([true, false]))
    weight = np.concatenate([np.full(len(true), PRIOR_ODDS), np.ones(len(false))])
    is_true = np.concatenate([np.ones(len(true)), np.zeros(len(false))])
    bins = np.minimum((similarity * BINS).astype(int), BINS - 1)
    return [
        {
            "similarity": f"{k / BINS:.1f}-{(k + 1) / BINS:.1f}",
            "pairs": int((bins == k).sum()),
            "mean_similarity": float(np.average(similarity[bins == k], weights=weight[bins == k])),
            "share_true": float(np.average(is_true[bins == k], weights=weight[bins == k])),
        }
        for k in range(BINS)
        if (bins == k).any()
    ]


def fit(true: Floats, false: Floats) -> tuple[float, float]:
    """Fit slope and midpoint of the logistic curve that best separates true from false cosines (Newton)."""
    x = np.concatenate([true, false])
    y = np.concatenate([np.ones(len(true)), np.zeros(len(false))])
    design = np.stack([x, np.ones_like(x)], axis=1)
    beta = np.zeros(2)
    for _ in range(NEWTON_STEPS):
        p = 1 / (1 + np.exp(-design @ beta))
        beta += np.linalg.solve((design * (p * (1 - p))[:, None]).T @ design, design.T @ (y - p))
    return float(beta[0]), float(-(beta[1] + np.log(PRIOR_ODDS)) / beta[0])
