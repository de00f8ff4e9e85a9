"""Probability that two articles tell the same story, from what their sentences and facts share."""

from __future__ import annotations

import math
from dataclasses import dataclass

from aligner.encoders.protocol import unit
from aligner.pairing.candidates import Floats
from aligner.pairing.facts import Facts, Rarity, agreeing_numbers, shared_facts, total
from aligner.pairing.profile import is_number


@dataclass(frozen=True, slots=True)
class PairFeatures:
    """Similarity features of two articles, each 0..1 except the last.

    ``article`` is the cosine of the article vectors; ``best_side`` and ``worst_side`` the mean
    cosine of each sentence with its best answer anywhere in the other article, weighted by
    length, on the better and the worse covered side; then shared facts, and agreement of numbers
    and weekdays (-1..1).
    """

    article: float
    best_side: float
    worst_side: float
    facts: float
    numbers: float


@dataclass(frozen=True, slots=True)
class Comparable:
    """Properties of an article used for each of its candidates, computed once.

    ``sentences`` (n, d) are unit vectors; ``shares`` (n,) are their shares of the article's length;
    ``rarity`` is that of all its facts together.
    """

    sentences: Floats
    shares: Floats
    facts: Facts
    numbers: Facts
    rarity: float


def comparable(sentences: Floats, lengths: Floats, facts: Facts, weight: Rarity) -> Comparable:
    """Prepare an article from its sentences' vectors (n, d) and lengths (n,) and the digests of its facts."""
    shares = (lengths + 1) / (lengths + 1).sum()
    numbers = frozenset(fact for fact in facts if is_number(fact))
    return Comparable(unit(sentences), shares, facts, numbers, total(facts, weight))


# Logistic regression on news cut into articles (whole, abridged, reordered, without
# counterpart), the development pairs and the two corpora of the repository.
INTERCEPT = -22.39
COEFFICIENTS = PairFeatures(article=7.94, best_side=25.21, worst_side=6.08, facts=2.5, numbers=6.18)


def pair_features(fr: Comparable, en: Comparable, weight: Rarity, article: float) -> PairFeatures:
    """Compare two articles; ``weight`` is the rarity of each fact, ``article`` their cosine."""
    if not len(fr.sentences) or not len(en.sentences):
        return PairFeatures(article, 0.0, 0.0, 0.0, 0.0)
    cosine = fr.sentences @ en.sentences.T
    of_fr = float(cosine.max(axis=1) @ fr.shares)
    of_en = float(cosine.max(axis=0) @ en.shares)
    return PairFeatures(
        article=article,
        best_side=max(of_fr, of_en),
        worst_side=min(of_fr, of_en),
        facts=shared_facts(fr.facts, en.facts, weight, min(fr.rarity, en.rarity)),
        numbers=agreeing_numbers(fr.numbers, en.numbers),
    )


def logit(features: PairFeatures) -> float:
    """Return the log-odds that the two articles tell the same story."""
    return (
        INTERCEPT
        + COEFFICIENTS.article * features.article
        + COEFFICIENTS.best_side * features.best_side
        + COEFFICIENTS.worst_side * features.worst_side
        + COEFFICIENTS.facts * features.facts
        + COEFFICIENTS.numbers * features.numbers
    )


def probability(log_odds: float) -> float:
    """Return the probability (0..1) for log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, log_odds))))
