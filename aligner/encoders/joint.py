"""A transformer and the static encoder side by side: each makes mistakes that the other does not.

On the development novels the two together align better than either (the README has the figures).
The static half also gives the cosines that similarities and pair scores are calibrated on, so
that they mean the same whichever transformer is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import Protocol

import numpy as np

from aligner.encoders.protocol import Additive, Array, SentenceEncoder

LENGTH_POWER = 0.75
"""A sentence counts in a run as its number of tokens to this power (tuned on the development novels)."""

TRANSFORMER_SHARE = 0.77
"""Spread of the transformer's half against the static one's (tuned together with LENGTH_POWER)."""

USUAL_TOKENS = 25.0
"""Tokens of a usual news sentence, whose weight is the same as in the static encoder."""


class Transformer(Protocol):
    """The part of a transformer encoder that is needed here."""

    @property
    def name(self) -> str:
        """Name, for people."""
        ...

    @property
    def version(self) -> str:
        """Name and content, for the report's signature."""
        ...

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (n, d)."""
        ...


class JointEncoder:
    """Vectors of both encoders, one after the other, scaled to spreads that are in a fixed ratio."""

    def __init__(self, static: SentenceEncoder, transformer: Transformer) -> None:
        self._static, self._transformer = static, transformer
        samples = _samples()
        pooled = static.additive(samples)
        means = pooled.sums / np.maximum(pooled.weights, 1.0)[:, None]
        self._static_spread = _spread(np.asarray(means, np.float32))
        self._transformer_spread = _spread(transformer.encode(samples))

    @property
    def name(self) -> str:
        """The transformer's name; the static half is always the shipped one."""
        return f"{self._transformer.name}+{self._static.name}"

    @property
    def version(self) -> str:
        """The versions of both."""
        return f"{self._transformer.version}+{self._static.version}"

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors of the transformer alone, shape (n, d)."""
        return self._transformer.encode(texts)

    def words(self, words: Sequence[str]) -> Array:
        """Return vectors of words by the static encoder, shape (n, p)."""
        return self._static.words(words)

    def additive(self, texts: Sequence[str]) -> Additive:
        """Return both encoders' vectors, weighted by length, shape (n, d); ``plain`` is the static half."""
        plain = self._static.additive(texts)
        tokens = np.maximum(plain.weights, 1.0)
        weights = tokens**LENGTH_POWER * np.float32(USUAL_TOKENS ** (1 - LENGTH_POWER))
        static = plain.sums / tokens[:, None] / self._static_spread
        transformer = self._transformer.encode(texts) * (TRANSFORMER_SHARE / self._transformer_spread)
        joined = np.concatenate([static, transformer], axis=1) * weights[:, None]
        return Additive(np.asarray(joined, np.float32), np.asarray(weights, np.float32), plain.sums)


def _samples() -> list[str]:
    lines = (resources.files("aligner.encoders") / "data" / "samples.tsv").read_text("utf-8").splitlines()
    return [side for line in lines for side in line.split("\t")]


def _spread(vectors: Array) -> float:
    """Return the mean length of the vectors after subtracting their mean."""
    return float(np.linalg.norm(vectors - vectors.mean(axis=0), axis=1).mean())
