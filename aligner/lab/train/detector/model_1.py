"""IBM Model 1: which words translate which, by expectation and maximisation (Brown et al. 1993)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

ROUNDS = 4


def fitted(
    keys: Sequence[npt.NDArray[np.int64]],
    columns: int,
    link_weights: Sequence[npt.NDArray[np.float64]] | None = None,
    doubt: float = 0.0,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Fit the probabilities p(target | source) of all pairs of words that share a pair of sentences.

    ``keys`` has for each pair of sentences the numbers (source words, target words) of the pairs of words:
    the source word's number times ``columns``, and the target word's. ``link_weights`` weigh the links of
    each, in the same shape; ``doubt`` is added to the count of every source word. Gives the numbers that
    occur, in order, and their probabilities.
    """
    unique, inverse = np.unique(np.concatenate([block.ravel() for block in keys]), return_inverse=True)
    first = np.cumsum([0, *(block.shape[1] for block in keys)], dtype=np.int32)
    place = np.concatenate(
        [
            np.tile(np.arange(begin, begin + block.shape[1], dtype=np.int32), len(block))
            for begin, block in zip(first, keys, strict=False)
        ]
    )
    linked = (
        np.concatenate([block.ravel() for block in link_weights]).astype(np.float32) if link_weights else None
    )
    inverse, left = inverse.astype(np.int32), unique // columns
    probability = np.ones(len(unique))
    for _ in range(ROUNDS):
        weight = probability[inverse]
        if linked is not None:
            weight *= linked
        weight /= np.bincount(place, weight, first[-1])[place]
        count = np.bincount(inverse, weight, len(unique))
        probability = count / (np.bincount(left, count)[left] + doubt)
    return unique, probability
