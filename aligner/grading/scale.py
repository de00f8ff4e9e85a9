"""From a row's figures to probabilities: that its sides match, and that they do it well."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from aligner.grading.features import Features
from aligner.model import Language

MAX_LOG_ODDS = 30.0  # log odds beyond which a probability is 0 or 1


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic regression: the log odds are ``bias`` plus each figure times its weight."""

    bias: float
    weights: Mapping[str, float]

    def __call__(self, figures: Features) -> float:
        """Return the probability (0..1)."""
        odds = self.bias + math.fsum(weight * figures[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-min(max(odds, -MAX_LOG_ODDS), MAX_LOG_ODDS)))


@dataclass(frozen=True, slots=True)
class Scale:
    """The curves of ``adequacy``, and of quality, given that, with and without a detector.

    Those predict that a row is good; ``word_fr`` and ``word_en`` of one word of a pair that it will stay
    as it is: people mark more in some texts than in others, and each language was learned from its own.
    """

    adequacy: Curve
    quality: Curve
    quality_by_rules: Curve
    word_fr: Curve
    word_en: Curve

    def stays(self, figures: Features, language: Language) -> float:
        """Return the probability (0..1) that a professional would leave a word unchanged."""
        return (self.word_fr if language == "fr" else self.word_en)(figures)

    def score(self, figures: Features, *, with_detector: bool) -> float:
        """Return the probability (0..1) that a person would keep the row: a good translation."""
        return self.adequacy(figures) * (self.quality if with_detector else self.quality_by_rules)(figures)


# Saves 0.1 ms a call, three calls a row.
@cache
def shipped_scale() -> Scale:
    """Return the scale that ships with the package; ``aligner train grade`` makes it."""
    text = resources.files("aligner.grading").joinpath("data/weights.json").read_text(encoding="utf-8")
    curves = json.loads(text)["curves"]
    return Scale(**{name: Curve(curve["bias"], curve["weights"]) for name, curve in curves.items()})
