"""Scores of articles and corpora from their findings, as the contract of the report defines them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from aligner.model import SCORE_SCALE, SEVERITY_WEIGHT, Cause, Finding

CHARGED: frozenset[Cause] = frozenset({"translation", "extraction"})
"""Causes that cost points: a doubtful alignment or an editorial choice is not a broken passage."""


def cost(finding: Finding) -> float:
    """Return what one finding costs: severity weight times confidence, or 0 where it is not to be charged."""
    if not finding.counts or finding.cause not in CHARGED:
        return 0.0
    return SEVERITY_WEIGHT[finding.severity] * finding.confidence


def penalty(costs: Iterable[float], words: int) -> float:
    """Return the cost per 100 words, at least 0; the sum does not depend on the order of the costs."""
    return 100 * math.fsum(costs) / max(words, 1)


def score(penalty_per_100_words: float) -> float:
    """Return the score 0..100 of a penalty; 100 is an article in which nothing was found."""
    return 100 * math.exp(-penalty_per_100_words / SCORE_SCALE)
