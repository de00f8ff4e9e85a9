"""Turns the network's odds into probabilities that hold, on passages and news that were kept back.

For words, Platt's two numbers and the weight of a word's being unknown (Platt 1999, "Probabilistic outputs
for support vector machines"); for sentences, how much the summed odds of their words speak for a fault.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aligner import detector
from aligner.checks.suspects import Curve, sentence_probabilities, summed_odds
from aligner.detector.words import unknown
from aligner.lab.datasets.ranking import auc
from aligner.lab.train.detector.stream import Sources
from aligner.lab.train.detector.texts import (
    WRONG_BESIDE_SOURCE,
    Text,
    passage_texts,
    read_garbled,
    sentence_of,
)
from aligner.model import LANGUAGES, Language

NEWS = 700
"""News sentences of each language that are held against the passages."""
GARBLED_IN_LIFE = 0.15
"""Share of garbled sentences that probabilities of words are stated for."""
FINDING_THRESHOLD = 0.6
"""Probability of a sentence from which a finding counts."""
FLAGGED, ARTICLE = 0.02, 18
"""Share of correct passages that may be flagged, in articles of so many of them, and of nothing else."""
STEP = 0.05
MIN_PROBABILITY = 1e-4
"""Probabilities are given with four decimals."""

Numbers = tuple[float, ...]
IDENTITY: Numbers = (1.0, 0.0, 0.0, 0.0)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Words:
    """Words: log odds, whether each is unknown, whether it is wrong, and how much it counts."""

    odds: Floats
    unknown: Floats
    wrong: Floats
    weight: Floats


def kept_back(sources: Sources, garbled: Path) -> dict[Language, list[Text]]:
    """Return passages of the dev split, those left out that only the source shows, and kept-back news."""
    scored = {}
    for language, passages in read_garbled(garbled, "dev").items():
        rng = random.Random(f"calibration {language}")
        texts = [
            text
            for passage in passages
            if passage.kind not in WRONG_BESIDE_SOURCE
            for text in passage_texts(passage, language)
        ]
        target, documents = len(texts) + NEWS, sources.news[language].kept_back
        while len(texts) < target:
            if sentence := sentence_of(rng.choice(rng.choice(documents)), language, rng):
                texts.append(Text(sentence, language))
        scored[language] = texts
    return scored


def words(model: detector.Detector, texts: Sequence[Text]) -> Words:
    """Score the texts with a model whose curves change nothing, and look up every word in the marks."""
    share = sum(bool(text.marks) for text in texts) / len(texts)
    weight = GARBLED_IN_LIFE / (1 - GARBLED_IN_LIFE) * (1 - share) / share
    odds, unknown_flags, wrong, weights = list[float](), list[bool](), list[bool](), list[float]()
    for text in texts:
        (scores,) = model.score([text.text], [text.language])
        unknown_flags += unknown(text.text, [(word.start, word.end) for word in scores], text.language)
        for word in scores:
            odds.append(math.log(max(word.p_bad, MIN_PROBABILITY) / max(1 - word.p_bad, MIN_PROBABILITY)))
            wrong.append(any(mark.start < word.end and mark.end > word.start for mark in text.marks))
            weights.append(weight if text.marks else 1.0)
    return Words(np.array(odds), np.array(unknown_flags, float), np.array(wrong, float), np.array(weights))


def word_curve(scored: Words) -> Numbers:
    """Return slope, offset, 0, and the weight of an unknown word that fit best."""
    slope, offset, unknown_weight = _fitted(
        np.column_stack((scored.odds, np.ones(len(scored.odds)), scored.unknown)), scored.wrong, scored.weight
    )
    return tuple(round(value, 4) for value in (slope, offset, 0.0, unknown_weight))


def word_auc(scored: Words) -> float:
    """Return the area under the ROC curve of wrong against correct words."""
    return auc(scored.odds[scored.wrong > 0], scored.odds[scored.wrong == 0]) or 0.0


def sentence_curve(model: detector.Detector, texts: Sequence[Text]) -> Curve:
    """Return the curve of a sentence's log likelihood ratio, with the model's curves for words in place."""
    (language,) = {text.language for text in texts}
    scores = model.score([text.text for text in texts], [language] * len(texts))
    odds = np.array([math.log(summed_odds(words)) for words in scores])
    wrong = np.array([bool(text.marks) for text in texts], float)
    weight = np.where(wrong > 0, 0.5 / wrong.mean(), 0.5 / (1 - wrong.mean()))
    slope, offset = _fitted(np.column_stack((odds, np.ones(len(odds)))), wrong, weight)
    return Curve(round(slope, 3), round(offset, 3))


def cautious(curve: Curve, model: detector.Detector, correct: Sequence[Text]) -> Curve:
    """Return the curve, its offset lowered until few of the correct passages are flagged."""
    (language,) = {text.language for text in correct}
    scores = model.score([text.text for text in correct], [language] * len(correct))
    articles = [scores[start : start + ARTICLE] for start in range(0, len(scores), ARTICLE)]
    while True:
        probabilities = [p for article in articles for p in sentence_probabilities(article, curve)]
        if np.mean(np.array(probabilities) >= FINDING_THRESHOLD) <= FLAGGED:
            return curve
        curve = curve._replace(offset=round(curve.offset - STEP, 3))


def _fitted(columns: Floats, wrong: Floats, weight: Floats) -> list[float]:
    """Return the weights of the columns by logistic regression."""
    from scipy.optimize import minimize

    sign = np.where(wrong > 0, 1.0, -1.0)

    def loss(x: Floats) -> tuple[float, Floats]:
        margin = sign * (columns @ x)
        slope = -sign * weight / (1 + np.exp(np.clip(margin, -50, 50)))
        return float((weight * np.logaddexp(0, -margin)).sum()), columns.T @ slope

    solution = minimize(loss, np.eye(columns.shape[1])[0], jac=True, method="L-BFGS-B")
    return [float(value) for value in solution.x]


def languages(texts: dict[Language, list[Text]]) -> list[Text]:
    """Return the texts of both languages."""
    return [text for language in LANGUAGES for text in texts[language]]
