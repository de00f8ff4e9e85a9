"""The static encoder with a transformer at hand, for what the static one leaves in doubt.

The static half finds the path and gives the cosines that similarities and pair scores are calibrated on,
so that they mean the same whichever transformer is asked for. The transformer, a thousand times slower,
reads only the sentences of doubtful beads (`aligner.alignment.closer`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib import resources
from typing import Protocol

import numpy as np

from aligner.encoders.protocol import Additive, Array, SentenceEncoder


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


class _Closer:
    """A transformer and the usual mean of its vectors."""

    def __init__(self, transformer: Transformer) -> None:
        self._transformer = transformer

    @cached_property
    def mean(self) -> Array:
        """Mean vector of a few sentences of news and novels in both languages, shape (d,)."""
        return np.asarray(self.encode(_samples()).mean(axis=0), np.float32)

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (n, d)."""
        return self._transformer.encode(texts)


class JointEncoder:
    """Sums of the static encoder, and a transformer for a closer look."""

    def __init__(self, static: SentenceEncoder, transformer: Transformer) -> None:
        self._static, self._transformer = static, transformer
        self.closer = _Closer(transformer)

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
        """Return the sums of the static encoder."""
        return self._static.additive(texts)


def _samples() -> list[str]:
    lines = (resources.files("aligner.encoders") / "data" / "samples.tsv").read_text("utf-8").splitlines()
    return [side for line in lines for side in line.split("\t")]
