"""The interface of encoders for alignment and pairing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

WORD = re.compile(r"[^\W_]+")
"""A word: letters and digits in a row."""

COMPONENTS = 96
"""Components of word vectors that are compared: words are as far apart in them as in all 256."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """The words of n texts, in small letters, by the shipped static encoder.

    ``rows`` (words,) are those of the tables ``norms`` (rows,), the rarer a word the higher, and
    ``directions`` (rows, COMPONENTS), of length 1; ``starts`` (n + 1,) say where each text's words begin.
    """

    rows: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    norms: Array
    directions: Array

    def part(self, texts: slice) -> Spelled:
        """Return the words of some consecutive texts."""
        starts = self.starts[texts.start : texts.stop + 1]
        return Spelled(self.rows[starts[0] : starts[-1]], starts - starts[0], self.norms, self.directions)


@dataclass(frozen=True, slots=True)
class Additive:
    """Vectors that add up: the sum over a run of sentences represents the run.

    ``sums`` has shape (n, d); ``weights`` has shape (n,) and says how much of each sum is the
    language's mean vector (the number of tokens, for a bag-of-tokens encoder). ``plain`` (n, p)
    are the sums of the shipped static encoder, whose cosines similarities are calibrated on, and
    ``words`` are those that it sees.
    """

    sums: Array
    weights: Array
    plain: Array
    words: Spelled


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

    def spelled(self, texts: Sequence[str]) -> Spelled:
        """Look up the words of the n texts, as those of ``additive``."""
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
