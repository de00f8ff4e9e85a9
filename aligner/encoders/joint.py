"""The static encoder with a slower model at hand, for what the static one leaves in doubt.

The static half finds the path and gives the cosines that similarities and pair scores are calibrated on,
so that they mean the same whichever model is asked for. The model, a thousand times slower where it is a
transformer, reads only the sentences of doubtful beads (`aligner.alignment.closer`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib import resources

import numpy as np

from aligner.encoders.protocol import Additive, Array, SentenceEncoder, SentenceModel, Spelled


class _Closer:
    """A model and the usual mean of its vectors."""

    def __init__(self, model: SentenceModel) -> None:
        self._model = model

    @cached_property
    def mean(self) -> Array:
        """Mean vector of a few sentences of news and novels in both languages, shape (d,)."""
        return np.asarray(self.encode(_samples()).mean(axis=0), np.float32)

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (n, d)."""
        return self._model.encode(texts)


class JointEncoder:
    """Sums of the static encoder, and a model of sentences for a closer look."""

    def __init__(self, static: SentenceEncoder, model: SentenceModel) -> None:
        self._static, self._model = static, model
        self.closer = _Closer(model)

    @property
    def version(self) -> str:
        """The versions of both."""
        return f"{self._model.version}+{self._static.version}"

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors of the model alone, shape (n, d)."""
        return self._model.encode(texts)

    def spelled(self, texts: Sequence[str]) -> Spelled:
        """Look up words in the static encoder."""
        return self._static.spelled(texts)

    def words(self, words: Sequence[str]) -> Array:
        """Return vectors of words by the static encoder, shape (n, p)."""
        return self._static.words(words)

    def additive(self, texts: Sequence[str]) -> Additive:
        """Return the sums of the static encoder."""
        return self._static.additive(texts)


def _samples() -> list[str]:
    lines = (resources.files("aligner.encoders") / "data" / "samples.tsv").read_text("utf-8").splitlines()
    return [side for line in lines for side in line.split("\t")]
