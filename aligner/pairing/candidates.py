"""Article vectors, and the nearest articles of the other language: exact, or by faiss for large corpora."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.encoders.protocol import unit

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

logger = logging.getLogger(__name__)

EXACT_UP_TO = 20_000
"""Articles of a language up to which all are compared with all. With sentence vectors standing in for
articles, 20,000 by 20,000 took 9 s of CPU time exactly and 1.7 s with faiss; it grows with the square."""

CELLS_PROBED = 0.125
"""Share of the index that faiss looks at."""

CANDIDATES = 8
"""Nearest articles of the other language that are scored in full, for each article."""

CENTRE_PRIOR = 10.0
"""Articles' worth of a zero mean: a handful of articles cannot tell what is common to all."""

ROWS_AT_ONCE = 2048


def centred(means: Floats) -> Floats:
    """Return unit vectors (n, d) of one language's articles, less what is common to all of them."""
    return unit(means - means.sum(axis=0) / (len(means) + CENTRE_PRIOR))


Candidate = tuple[int, int, float]
"""Index of a French and of an English article, and their cosine."""


def nearest(fr: Floats, en: Floats) -> list[Candidate]:
    """Return candidates (French index, English index, cosine), the best from either side, in order."""
    cosine_by_pair: dict[tuple[int, int], float] = {}
    for queries, targets, swap in ((fr, en, False), (en, fr, True)):
        row = 0
        for values, columns in best_of(queries, targets, min(CANDIDATES, len(targets))):
            for nearest_columns, cosines in zip(columns.tolist(), values.tolist(), strict=True):
                for column, value in zip(nearest_columns, cosines, strict=True):
                    if column >= 0:  # faiss fills up with -1 what its cells do not hold
                        cosine_by_pair[(column, row) if swap else (row, column)] = value
                row += 1
    return sorted((i, j, cosine) for (i, j), cosine in cosine_by_pair.items())


def best_of(queries: Floats, targets: Floats, k: int) -> Iterator[tuple[Floats, Ints]]:
    """Yield the ``k`` highest cosines (rows, k) and their targets, for some thousand queries at a time."""
    index = _index(targets)
    for start in range(0, len(queries), ROWS_AT_ONCE):
        rows = queries[start : start + ROWS_AT_ONCE]
        if index is not None:
            yield index.search(rows, k)
            continue
        cosine = rows @ targets.T
        columns = np.argpartition(-cosine, k - 1, axis=1)[:, :k]
        yield np.take_along_axis(cosine, columns, axis=1), columns


def _index(targets: Floats) -> Any:
    """Return an inverted file of faiss for many vectors; None where exact search is fast or faiss absent."""
    if len(targets) <= EXACT_UP_TO:
        return None
    try:
        import faiss
    except ModuleNotFoundError:
        logger.warning(
            "%d articles are compared with all others; faster after: pip install faiss-cpu",
            len(targets),
        )
        return None
    faiss.omp_set_num_threads(1)  # the same bytes on every machine
    cells = int(4 * len(targets) ** 0.5)
    index = faiss.IndexIVFFlat(
        faiss.IndexFlatIP(targets.shape[1]), targets.shape[1], cells, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.min_points_per_centroid = 1  # or it warns on standard output
    index.train(targets)
    index.add(targets)
    index.nprobe = max(1, int(cells * CELLS_PROBED))
    return index
