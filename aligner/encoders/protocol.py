"""What alignment and pairing ask of an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Additive:
    """Vectors that add up: the sum over a run of sentences represents the run.

    ``sums`` has shape (n, d); ``weights`` has shape (n,) and says how much of each sum is the
    language's mean vector (the number of tokens, for a bag-of-tokens encoder). ``plain`` (n, p)
    are the sums of the shipped static encoder, whose cosines similarities are calibrated on.
    """

    sums: Array
    weights: Array
    plain: Array


class SentenceModel(Protocol):
    """A model of single sentences: all that another kind of encoder has to bring (``encoders.load``)."""

    @property
    def version(self) -> str:
        """Name and content: results are cached under it, and the report's signature shows it."""
        ...

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (n, d); the zero vector for a text without known tokens."""
        ...


class CloserEncoder(Protocol):
    """A slower encoder of single sentences, asked only where the fast one leaves doubt."""

    @property
    def mean(self) -> Array:
        """The usual mean of its vectors, shape (d,)."""
        ...

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (n, d)."""
        ...


class Encoder(Protocol):
    """Turns sentences into vectors for pairing and alignment; the same text always gives the same bytes."""

    @property
    def version(self) -> str:
        """Name and content: results are cached under it, and the report's signature shows it."""
        ...

    @property
    def closer(self) -> CloserEncoder | None:
        """The encoder for a closer look at what is doubtful, where there is one."""
        ...

    def additive(self, texts: Sequence[str]) -> Additive:
        """Return vectors that may be summed over runs of sentences."""
        ...

    def words(self, words: Sequence[str]) -> Array:
        """Return vectors of words by the shipped static encoder, shape (n, p); the rarer, the longer."""
        ...


class SentenceEncoder(Encoder, SentenceModel, Protocol):
    """An encoder that gives single sentences as well, for the lab."""


def unit(vectors: Array) -> Array:
    """Scale rows of vectors (n, d) to length 1; zero rows stay zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), np.float32)
