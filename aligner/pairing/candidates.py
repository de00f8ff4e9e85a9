"""Article vectors, and the nearest articles of the other language by exact search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from aligner.alignment.align import Vectors

Floats = npt.NDArray[np.float32]

CANDIDATES = 8
"""Nearest articles of the other language that are scored in full, for each article."""

CENTRE_PRIOR = 10.0
"""Articles' worth of a zero mean: a handful of articles cannot tell what is common to all."""

ROWS_AT_ONCE = 2048


def unit(vectors: Floats) -> Floats:
    """Rows scaled to length 1; zero rows stay zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), np.float32)


def article_vectors(articles: Sequence[Vectors], dimension: int) -> Floats:
    """One unit vector an article, shape (n, d): its sentences' mean, less the language's mean.

    Sentences weigh as the square root of their length, so that one long list does not speak
    for the whole article.
    """
    means = np.zeros((len(articles), dimension), np.float32)
    for i, article in enumerate(articles):
        means[i] = (unit(article.plain) * np.sqrt(article.lengths)[:, None]).sum(axis=0)
    means = unit(means)
    return unit(means - means.sum(axis=0) / (len(articles) + CENTRE_PRIOR))


def nearest(fr: Floats, en: Floats) -> list[tuple[int, int, float]]:
    """Candidates (French index, English index, cosine), best of either side's view, in order."""
    found: dict[tuple[int, int], float] = {}
    for queries, targets, swap in ((fr, en, False), (en, fr, True)):
        k = min(CANDIDATES, len(targets))
        for start in range(0, len(queries), ROWS_AT_ONCE):
            cosine = queries[start : start + ROWS_AT_ONCE] @ targets.T
            best = np.argpartition(-cosine, k - 1, axis=1)[:, :k]
            for row, columns in enumerate(best):
                for column in columns:
                    i, j = (int(column), start + row) if swap else (start + row, int(column))
                    found[i, j] = float(cosine[row, column])
    return sorted((i, j, cosine) for (i, j), cosine in found.items())
