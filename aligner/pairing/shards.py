"""Nearest articles when their vectors are too many for one machine: shards on disk, searched in tasks.

Every shard of one language is compared with every shard of the other, and the best of each article are
merged; a task holds two shards at most. With faiss, each shard gets an index of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from aligner.encoders.protocol import unit
from aligner.pairing.candidates import CANDIDATES, CENTRE_PRIOR, Candidate, Floats, Ints, best_of

ROWS = 2**18
"""Vectors of a shard: 256 MB with those of the shipped encoder."""

Means = Callable[[Sequence[int]], Floats]
"""Given articles, their unit mean vectors (n, d)."""


class Comparison(NamedTuple):
    """A task: the files of two shards, of which the queries look for their nearest among the targets."""

    queries: str
    targets: str


class Nearest(NamedTuple):
    """Results of a task: cosines (n, k) and rows (n, k) of the targets, -1 where there are fewer."""

    cosines: Floats
    rows: Ints


Run = Callable[[Callable[[Sequence[Comparison]], list[Nearest]], Iterable[Comparison]], Iterator[Nearest]]


def nearest_in_shards(
    means: Means, fr: Sequence[int], en: Sequence[int], folder: Path, run: Run
) -> Iterator[Candidate]:
    """Yield candidates (index into ``fr``, index into ``en``, cosine), as ``candidates.nearest`` finds them.

    ``folder`` takes the shards, 4 bytes a component; ``run`` has a function work on tasks, in order.
    """
    left = _write_shards(means, fr, folder, "fr")
    right = _write_shards(means, en, folder, "en")
    cosine_by_pair: dict[tuple[int, int], float] = {}
    for queries, targets, swap in ((left, right, False), (right, left, True)):
        tasks = (Comparison(str(query), str(target)) for query in queries for target in targets)
        results = run(compare, tasks)
        for number in range(len(queries)):
            for row, column, cosine in _merged([next(results) for _ in targets], number * ROWS):
                cosine_by_pair[(column, row) if swap else (row, column)] = cosine
    yield from sorted((i, j, cosine) for (i, j), cosine in cosine_by_pair.items())


def compare(tasks: Sequence[Comparison]) -> list[Nearest]:
    """Find the nearest targets of every query; this is what workers do."""
    results = []
    for task in tasks:
        queries, targets = np.load(task.queries), np.load(task.targets)
        parts = list(best_of(queries, targets, min(CANDIDATES, len(targets))))
        results.append(Nearest(*(np.concatenate([part[i] for part in parts]) for i in (0, 1))))
    return results


def _write_shards(means: Means, articles: Sequence[int], folder: Path, name: str) -> list[Path]:
    """Write the vectors of one language, less what is common to all of them, a shard a file."""
    parts = [articles[start : start + ROWS] for start in range(0, len(articles), ROWS)]
    common = sum(means(part).sum(axis=0, dtype=np.float64) for part in parts) / (len(articles) + CENTRE_PRIOR)
    paths = []
    for number, part in enumerate(parts):
        paths.append(folder / f"{name}-{number:05}.npy")
        np.save(paths[-1], unit((means(part) - common).astype(np.float32)))
    return paths


def _merged(parts: Sequence[Nearest], first: int) -> Iterator[tuple[int, int, float]]:
    """Yield (query, target, cosine) of the best of all parts, equal cosines in the order of the targets."""
    cosines = np.concatenate([part.cosines for part in parts], axis=1)
    columns = np.concatenate(
        [np.where(part.rows >= 0, part.rows + n * ROWS, -1) for n, part in enumerate(parts)], axis=1
    )
    order = np.lexsort((columns, -cosines), axis=1)[:, :CANDIDATES]
    nearest_columns = np.take_along_axis(columns, order, axis=1).tolist()
    values = np.take_along_axis(cosines, order, axis=1).tolist()
    for row, (targets, nearest_cosines) in enumerate(zip(nearest_columns, values, strict=True), first):
        for target, cosine in zip(targets, nearest_cosines, strict=True):
            if target >= 0:
                yield row, target, cosine
