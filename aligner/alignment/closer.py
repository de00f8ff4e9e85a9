"""A closer look at what the second look leaves doubtful, with the vectors of a slower encoder.

The model of the second look gives every bead a probability. Only runs of beads that stay doubtful are read
by the encoder, sentence by sentence, and tried again with what it says.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.alignment.candidates import Candidates, Stretch
from aligner.alignment.scoring import Floats, Ints
from aligner.encoders.protocol import CloserEncoder

SURE_PROBABILITY = 0.9
"""Probability from which a bead is not looked at again: 18 % of the sentences of the development novels and
3 % of the news are read. From .95 on, 25 % and 6 % would be, and nothing found better."""

LENGTH_POWER = 0.75
"""A sentence counts in a run as its number of characters to this power."""

PRIOR = 50.0
"""Sentences that the usual mean vector is worth beside those of the article."""

EVIDENCE = {"cosine": 6.5, "alone": 1.6, "size": 1.2}
"""Weights of what the encoder says, beside those of the second look. Chosen from a grid with e5-small, on the
development novels and news by strict F1; neighbouring values are as good."""


Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reader:
    """The texts (French, English) of the segments of a path, and the encoder to read them with."""

    texts: tuple[Sequence[str], Sequence[str]]
    encoder: CloserEncoder

    def part(self, fr: slice, en: slice) -> Reader:
        """Return some consecutive segments of either side."""
        return Reader((self.texts[0][fr], self.texts[1][en]), self.encoder)


@dataclass(frozen=True, slots=True)
class Run:
    """A part of the stretch with this number."""

    stretch: int
    part: Stretch


def doubtful_runs(candidates: Candidates, scores: Floats, ways: Sequence[Sequence[int]]) -> list[Run]:
    """Return the runs of beads on the ways that are less probable than ``SURE_PROBABILITY``.

    ``ways`` hold the numbers of positions, first and last included.
    """
    beads = zip(candidates.before.tolist(), candidates.after.tolist(), strict=True)
    probability = dict(zip(beads, probabilities(candidates, scores).tolist(), strict=True))
    runs = []
    for number, way in enumerate(ways):
        for doubtful, steps in itertools.groupby(
            itertools.pairwise(way), lambda s: probability[s] < SURE_PROBABILITY
        ):
            if doubtful:
                run = list(steps)
                places = candidates.positions[[run[0][0], *(after for _, after in run)]]
                runs.append(Run(number, Stretch(tuple((int(i), int(j)) for i, j in places))))
    return runs


def within(candidates: Candidates, runs: Sequence[Run]) -> tuple[Candidates, Ints]:
    """Return the candidates inside the runs, as those of stretches, and their numbers among all."""
    parts, owner = [], np.full(len(candidates.positions), -1)
    for number, run in enumerate(runs):
        first, last = candidates.first[run.stretch], candidates.last[run.stretch]
        top, left = candidates.positions[first]
        width = candidates.positions[last, 1] - left + 1
        rows = np.arange(run.part.rows.start, run.part.rows.stop + 1) - top
        columns = np.arange(run.part.columns.start, run.part.columns.stop + 1) - left
        parts.append((first + rows[:, None] * width + columns).ravel())
        owner[parts[-1]] = number
    nodes, sizes = np.concatenate(parts), np.array([len(part) for part in parts])
    place = np.full(len(candidates.positions), -1)
    place[nodes] = np.arange(len(nodes))
    chosen = np.flatnonzero(
        (owner[candidates.before] >= 0) & (owner[candidates.before] == owner[candidates.after])
    )
    ends = np.cumsum(sizes)
    return Candidates(
        place[candidates.before[chosen]],
        place[candidates.after[chosen]],
        candidates.positions[nodes],
        ends - sizes,
        ends - 1,
        candidates.features[chosen],
    ), chosen


def probabilities(candidates: Candidates, scores: Floats) -> Doubles:
    """Return the probability of each candidate: the share of all ways through its stretch that it is on."""
    sizes = candidates.last - candidates.first + 1
    level = candidates.positions.sum(axis=1) - np.repeat(
        candidates.positions[candidates.first].sum(axis=1), sizes
    )
    gain = scores.astype(np.float64)
    forward = _log_sums(candidates.first, candidates.before, candidates.after, gain, level)
    backward = _log_sums(candidates.last, candidates.after, candidates.before, gain, -level)
    total = np.repeat(forward[candidates.last], sizes)
    return np.asarray(
        np.exp(forward[candidates.before] + gain + backward[candidates.after] - total[candidates.before])
    )


def _log_sums(starts: Ints, before: Ints, after: Ints, gain: Doubles, level: Ints) -> Doubles:
    """Return the log of the sum over all ways from ``starts`` to each position."""
    order = np.lexsort((after, level[after]))
    before, after, gain = before[order], after[order], gain[order]
    sums = np.full(len(level), -np.inf)
    sums[starts] = 0.0
    cuts = [0, *(np.flatnonzero(np.diff(level[after])) + 1), len(after)]
    for low, high in itertools.pairwise(cuts):
        heads = np.concatenate([[0], np.flatnonzero(np.diff(after[low:high])) + 1])
        sums[after[low:high][heads]] = np.logaddexp.reduceat(sums[before[low:high]] + gain[low:high], heads)
    return sums


def closer_scores(candidates: Candidates, stretches: Sequence[Stretch], reader: Reader) -> Floats:
    """Return what the encoder adds to the score of each candidate, shape (candidates,)."""
    columns = closer_columns(candidates, stretches, reader)
    return np.asarray(sum(EVIDENCE[name] * column for name, column in columns.items()), np.float32)


def closer_columns(
    candidates: Candidates, stretches: Sequence[Stretch], reader: Reader
) -> dict[str, Doubles]:
    """Return what the encoder says of each candidate, by name.

    ``cosine`` is that of the two sides, 0 where one is empty; ``one_sided`` is 1 for those; ``size`` is the
    number of segments more than two.
    """
    fr, en = (
        _read(texts, [s.rows if side == 0 else s.columns for s in stretches], reader.encoder)
        for side, texts in enumerate(reader.texts)
    )
    fr_sums, en_sums = (np.concatenate([0 * side[:1], np.cumsum(side, axis=0)]) for side in (fr, en))
    tables = []
    for s in stretches:
        rows, columns = slice(s.rows.start, s.rows.stop + 1), slice(s.columns.start, s.columns.stop + 1)
        tables.append((fr_sums[rows] @ en_sums[columns].T).ravel())
    (i0, j0), (i1, j1) = candidates.positions[candidates.before].T, candidates.positions[candidates.after].T
    table, b = np.concatenate(tables), j1 - j0
    dots = (
        table[candidates.after]
        - table[candidates.after - b]
        - table[candidates.before + b]
        + table[candidates.before]
    )
    norms = _norms(fr_sums, i0, i1) * _norms(en_sums, j0, j1)
    one_sided = (i1 == i0) | (j1 == j0)
    return {
        "cosine": np.where(one_sided, 0.0, dots / np.maximum(norms, 1e-9)),
        "alone": one_sided.astype(np.float64),
        "size": np.maximum(i1 - i0 + j1 - j0 - 2, 0).astype(np.float64),
    }


def _norms(sums: Doubles, start: Ints, stop: Ints) -> Doubles:
    """Return the lengths of the sums of runs; every run is computed once."""
    runs, place = np.unique(np.stack([start, stop]), axis=1, return_inverse=True)
    return np.asarray(np.linalg.norm(sums[runs[1]] - sums[runs[0]], axis=1)[place.ravel()])


def _read(texts: Sequence[str], parts: Sequence[slice], encoder: CloserEncoder) -> Doubles:
    """Return weighted vectors of the segments in ``parts``, less their mean; zeros elsewhere."""
    rows = np.unique(np.concatenate([np.arange(part.start, part.stop) for part in parts]))
    out = np.zeros((len(texts), len(encoder.mean)))
    if len(rows):
        vectors = encoder.encode([texts[row] for row in rows])
        mean = (vectors.sum(axis=0) + PRIOR * encoder.mean) / (len(rows) + PRIOR)
        weights = np.array([len(texts[row]) for row in rows]) ** LENGTH_POWER
        out[rows] = (vectors - mean) * weights[:, None]
    return out
