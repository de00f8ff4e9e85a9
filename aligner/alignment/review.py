"""A second look at the doubtful stretches of a path, with evidence that the search has not.

Between two sentence pairs that nobody doubts, every merge, split, insertion and deletion near the path
is tried again: a linear model over the search's own gain and over what the words say (coverage of each
sentence, words that a neighbour has better, closing marks) chooses the best way through the stretch.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from aligner.alignment.candidates import FEATURES, Candidates, Searched, Stretch, candidates
from aligner.alignment.closer import Reader, closer_scores, doubtful_runs, within
from aligner.alignment.scoring import Floats, Ints, Weights, above_chance
from aligner.alignment.search import Path, SearchResult

SURE_GAIN = 0.3
"""Gain from which a 1-1 bead beside another such is not looked at again."""

MAX_STRETCH = 16
"""Segments on a side from which a stretch ends at the next place between two 1-1 beads, sure or not."""

STRETCHES_TOGETHER = 128
"""Stretches whose candidates are laid out at once, so that their tables fit in a processor's cache. With a
reader it is all of a pair: its vectors are less the mean of all that it reads."""

EVIDENCE = {
    "gain": 2.8,
    "alone": -1.9,
    "size": -0.4,
    "many": -0.8,
    "length": -2.0,
    "matched": 0.2,
    "unmatched": -1.8,
    "coverage": 7.6,
    "idle": -1.4,
    "beyond": -2.4,
    "near": -2.8,
    "asks": -0.5,
    "ends": -1.0,
    "usual": 1.1,
    "close": 9.8,
}
"""Weights of the features: a conditional random field over the ways through each stretch.

Fitted by likelihood to the development novels and to half of the news articles (a quadratic penalty of
2 on standardised features, rounded to a decimal); then ``alone`` was lowered by 1, so that what is lax
holds too.
"""

MODEL = np.array([EVIDENCE[name] for name in FEATURES], np.float32)


def reviewed(searched: Sequence[Searched], weights: Weights) -> list[Path]:
    """Return the paths with their doubtful stretches looked at again, by the words of both sides."""
    stretches = [
        stretch for number, pair in enumerate(searched) for stretch in doubtful(pair.result, weights, number)
    ]
    rewrites: list[list[_Rewrite]] = [[] for _ in searched]
    for first in range(0, len(stretches), STRETCHES_TOGETHER):
        batch = stretches[first : first + STRETCHES_TOGETHER]
        options = candidates(searched, batch, weights)
        for stretch, way in _rewritten(batch, options, best_ways(options, options.features @ MODEL)):
            rewrites[stretch.pair].append((stretch, way))
    return [_replaced(pair.result.path, ways) for pair, ways in zip(searched, rewrites, strict=True)]


def read_closer(searched: Searched, weights: Weights, reader: Reader) -> Path:
    """Return a path looked at again, and what stays doubtful read by the ``reader`` too."""
    stretches = doubtful(searched.result, weights)
    if not stretches:
        return searched.result.path
    options = candidates([searched], stretches, weights)
    scores = options.features @ MODEL
    ways = best_ways(options, scores)
    path = _replaced(searched.result.path, list(_rewritten(stretches, options, ways)))
    if runs := doubtful_runs(options, scores, ways):
        inner, chosen = within(options, runs)
        parts = [run.part for run in runs]
        closer_gains = scores[chosen] + closer_scores(inner, parts, reader)
        path = _replaced(path, list(_rewritten(parts, inner, best_ways(inner, closer_gains))))
    return path


_Rewrite = tuple[Stretch, Path]
"""A stretch, and the best way through it, without its last point."""


def _rewritten(
    stretches: Sequence[Stretch], options: Candidates, ways: Sequence[Sequence[int]]
) -> Iterator[_Rewrite]:
    for stretch, way in zip(stretches, ways, strict=True):
        yield stretch, [(i, j) for i, j in options.positions[way[:-1]].tolist()]


def _replaced(path: Path, rewrites: Sequence[_Rewrite]) -> Path:
    """Return the path with these ways through its stretches."""
    if not rewrites:
        return path
    ways = {stretch.points[0]: way for stretch, way in rewrites}
    replaced_points = {point for stretch, _ in rewrites for point in stretch.points[:-1]}
    return [step for point in path for step in (ways.get(point, []) if point in replaced_points else [point])]


def doubtful(result: SearchResult, weights: Weights, pair: int = 0) -> list[Stretch]:
    """Cut the path between sure neighbours, and return the parts that are more than a bead of one to one.

    ``pair`` is the number of the pair of this path.
    """
    points, path = result.points, result.path
    if len(path) == 1:
        return []
    is_single = (np.diff(points, axis=0) == 1).all(axis=1)
    is_sure = np.zeros(len(is_single), bool)
    is_sure[is_single] = _gains(result, points[:-1][is_single], weights) >= SURE_GAIN
    may_cut = is_single[:-1] & is_single[1:]
    must_cut = [*(is_sure[:-1] & is_sure[1:]).tolist(), True]
    stretches, start = [], 0
    for k in [*(may_cut.nonzero()[0] + 1).tolist(), len(may_cut) + 1]:
        (i0, j0), (i1, j1) = path[start], path[k]
        if must_cut[k - 1] or max(i1 - i0, j1 - j0) >= MAX_STRETCH:
            if k - start > 1 or not is_single[start]:
                stretches.append(Stretch(tuple(path[start : k + 1]), pair))
            start = k
    return stretches


def _gains(result: SearchResult, cells: Ints, weights: Weights) -> Floats:
    """Return gains of 1-1 beads at ``cells`` (k, 2), without paragraphs."""
    i, j = cells.T + 1
    gap = np.abs(result.fr.log_length[1, i] - result.en.log_length[1, j])
    excess = above_chance(result.fr, result.en, cells, weights) / result.statistics.level
    threshold = weights.threshold - weights.freedom * result.statistics.spread
    return np.asarray(excess - threshold - weights.length * gap)


def best_ways(options: Candidates, scores: Floats) -> list[list[int]]:
    """Find the best way through each stretch, as numbers of positions from its first to its last.

    Beads are taken by the sum of their end position: all that they build on is settled by then, in all
    stretches at once.
    """
    level = options.positions.sum(axis=1) - np.repeat(
        options.positions[options.first].sum(axis=1), options.last - options.first + 1
    )
    order = np.lexsort((options.after, level[options.after]))
    before, after, gain = options.before[order], options.after[order], scores[order].astype(np.float64)
    best_score = np.full(len(options.positions), -np.inf)
    best_score[options.first] = 0.0
    heads = np.append(np.diff(after, prepend=-1).nonzero()[0], len(after))  # of the beads with the same end
    targets = after[heads[:-1]]
    cuts = [*np.diff(level[targets], prepend=-1).nonzero()[0].tolist(), len(targets)]
    for first, last in itertools.pairwise(cuts):
        low, high = heads[first], heads[last]
        totals = best_score[before[low:high]] + gain[low:high]
        best_score[targets[first:last]] = np.maximum.reduceat(totals, heads[first:last] - low)
    winners = (best_score[before] + gain == best_score[after]).nonzero()[0][::-1]  # the first of equals last
    came = np.zeros(len(options.positions), np.int64)
    came[after[winners]] = before[winners]
    ends = zip(options.first.tolist(), options.last.tolist(), strict=True)
    return [_way(came, first, last) for first, last in ends]


def _way(came: Ints, first: int, last: int) -> list[int]:
    way = [last]
    while way[-1] != first:
        way.append(int(came[way[-1]]))
    return way[::-1]
