"""Sentences left alone one after the other: in a free translation, one passage left out as a whole."""

from __future__ import annotations

import itertools
from collections.abc import Collection

import numpy as np

from aligner.alignment.scoring import Floats, median
from aligner.alignment.search import Path

FREE_SCATTER = 0.09
"""Median deviation of the log length ratio of 1-1 beads from which a translation is free. The development
news have .03 to .08, four of the five novels .11 to .16."""

SCATTER_PRIOR = 10
"""1-1 beads that just not this scatter is worth before anything is known of a pair."""

LENGTH_FLOOR = 10.0  # characters added to both lengths: short sentences vary more


def joined_passages(
    path: Path,
    fr: Floats,
    en: Floats,
    moved: Collection[int],
    fixed: Collection[tuple[int, int]] = (),
) -> Path:
    """Join neighbouring beads that leave the same side empty, if the translation is free.

    ``fr`` (n,) and ``en`` (m,) are lengths in characters; the beads of the path numbered in ``moved`` have
    their counterpart elsewhere and stay by themselves; the points ``fixed`` stay on the path.
    """
    if scatter(path, fr, en) < FREE_SCATTER:
        return path
    steps = np.diff(np.array(path, np.int64), axis=0)
    # the sign says which side is empty, zero that none is
    empty = np.sign(steps[:, 0]) - np.sign(steps[:, 1])
    empty[list(moved)] = 0
    inner = (k for k in range(1, len(steps)) if path[k] in fixed or not empty[k] or empty[k] != empty[k - 1])
    return [path[0], *(path[k] for k in inner), path[-1]]


def scatter(path: Path, fr: Floats, en: Floats) -> float:
    """Return the median deviation of the log length ratios of 1-1 beads, shrunk towards FREE_SCATTER."""
    single = [(i, j) for (i, j), after in itertools.pairwise(path) if after == (i + 1, j + 1)]
    if not single:
        return 0.0
    i, j = np.array(single, np.int64).T
    ratios = np.log((fr[i] + LENGTH_FLOOR) / (en[j] + LENGTH_FLOOR))
    deviation = median(np.abs(ratios - np.float32(median(ratios))))
    return (deviation * len(single) + FREE_SCATTER * 0.9 * SCATTER_PRIOR) / (len(single) + SCATTER_PRIOR)
