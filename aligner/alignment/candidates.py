"""Possible beads near a path in its doubtful stretches, with what is known of each.

All stretches of a pair are laid out one after the other in flat tables, so that a thousand candidates
cost a few array operations.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.alignment.cover import Cover, covers
from aligner.alignment.scoring import MAX_RUN, Floats, Ints, Side, Weights, bead_types
from aligner.alignment.search import SearchResult
from aligner.alignment.words import Words

_TYPES = np.array([(1, 0), (0, 1), *bead_types(MAX_RUN)])

Columns = Mapping[str, Floats]
"""Feature -> its column, filled in place."""

CORRIDOR = 2
"""Segments on either side of the path within which beads are tried."""

SHORT = 0.1
"""Usual sentences' worth of words added to a segment's, lest one of two words be all or nothing."""

USUAL_ALONE, ALONE_PRIOR = 0.05, 20.0
"""Share of beads with an empty side that is expected, and the beads that this expectation is worth."""

MOST_ALONE = 0.25
"""Share from which more does not count: in an abridged article, too, neighbours are merged."""

USUAL_LEVEL = 0.55
"""Level of a pair in the middle between news and novels."""

FEATURES = (
    "gain",  # of the path search
    "alone",  # 1 for a segment left alone
    "size",  # segments more than two
    "many",  # 1 for 2-2 and the like
    "length",  # |log ratio| of the lengths
    "matched",  # weight of the words that the other side has, both sides
    "unmatched",  # of those that it has not, less those that so free a translation leaves out
    "coverage",  # share matched of the side that is covered less
    "idle",  # share not matched of the segment covered least, in runs of two and more
    "beyond",  # weight of words that a neighbouring segment has better
    "near",  # of a segment left alone: share that a neighbour's counterpart has
    "asks",  # 1 where one side asks and the other does not
    "ends",  # 1 where the sides close with other marks
    "usual",  # of a segment left alone: log of how common such are on the path, against USUAL_ALONE
    "close",  # of a segment left alone: how much closer than USUAL_LEVEL the pair was translated
)


@dataclass(frozen=True, slots=True)
class Searched:
    """A pair whose path has been searched, and the words of its French and English segments."""

    result: SearchResult
    words: tuple[Words, Words]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of the path of a pair, of that number, from its first point to its last."""

    points: tuple[tuple[int, int], ...]
    pair: int = 0

    @property
    def rows(self) -> slice:
        """French segments."""
        return slice(self.points[0][0], self.points[-1][0])

    @property
    def columns(self) -> slice:
        """English segments."""
        return slice(self.points[0][1], self.points[-1][1])


@dataclass(frozen=True, slots=True)
class Candidates:
    """The k candidate beads of all stretches.

    ``before`` and ``after`` (k,) are flat numbers of the positions that a bead joins; ``positions``
    (nodes, 2) are (French, English) positions by that number; ``first`` and ``last`` (stretches,) are the
    numbers of each stretch's first and last. ``features`` has shape (k, len(FEATURES)).
    """

    before: Ints
    after: Ints
    positions: Ints
    first: Ints
    last: Ints
    features: Floats


@dataclass(frozen=True, slots=True)
class _Layout:
    """Flat numbers of positions: those of a stretch follow each other, row by row.

    ``positions`` (nodes, 2) count in the texts, ``width`` (nodes,) is the length of a row there.
    """

    positions: Ints
    width: Ints
    first: Ints
    last: Ints
    allowed: npt.NDArray[np.bool_]
    inner: Ints  # (nodes, 2): positions to the end of the stretch


@dataclass(frozen=True, slots=True)
class _Beads:
    """Candidate beads: position before, sizes (French, English), position after; each (k,)."""

    before: Ints
    a: Ints
    b: Ints
    after: Ints


def candidates(pairs: Sequence[Searched], stretches: Sequence[Stretch], weights: Weights) -> Candidates:
    """Lay out the candidate beads of the stretches of the pairs' paths and compute their features."""
    layout = _layout(stretches)
    beads = _beads(layout)
    features = np.zeros((len(beads.a), len(FEATURES)), np.float32)
    column = {name: features[:, k] for k, name in enumerate(FEATURES)}
    two_sided = ((beads.a > 0) & (beads.b > 0)).nonzero()[0]
    sides = _Sides(pairs, stretches, layout)
    result = [pairs[stretch.pair].result for stretch in stretches]
    _score(column, two_sided, sides, weights, layout, beads, result, stretches)
    words = [pairs[stretch.pair].words for stretch in stretches]
    side_covers = covers(
        (fr.part(s.rows), en.part(s.columns)) for s, (fr, en) in zip(stretches, words, strict=True)
    )
    _compare(column, two_sided, side_covers, layout, beads)
    _look_around(column, side_covers, layout, beads)
    _compare_marks(column, two_sided, sides, beads)
    _compare_with_pair(column, sides, beads)
    return Candidates(beads.before, beads.after, layout.positions, layout.first, layout.last, features)


class _Sides:
    """Tables of both sides of the pairs of some stretches, one pair after the other.

    ``positions`` (nodes, 2) are those of a layout, counted in the tables, and ``pairs`` (nodes,) those pairs.
    """

    def __init__(self, searched: Sequence[Searched], stretches: Sequence[Stretch], layout: _Layout) -> None:
        numbers = sorted({stretch.pair for stretch in stretches})
        involved = [searched[number] for number in numbers]
        self.fr, self.en = (
            _joined_sides([(pair.result.fr, pair.result.en)[k] for pair in involved]) for k in (0, 1)
        )
        sizes = np.array([[len(side.ends) + 1 for side in pair.words] for pair in involved])
        pairs = np.searchsorted(numbers, [stretch.pair for stretch in stretches])
        self.pairs = np.repeat(pairs, layout.last - layout.first + 1)
        self.positions = layout.positions + (np.cumsum(sizes, axis=0) - sizes)[self.pairs]
        # a segment has the place of the position before it, and the place of the last position has none
        self.ends, self.asks = (
            [
                np.concatenate([mark for pair in involved for mark in (getattr(pair.words[k], name), [0])])
                for k in (0, 1)
            ]
            for name in ("ends", "asks")
        )
        self.statistics = [pair.result.statistics for pair in involved]
        self.shares_alone = [_share_alone(pair.result) for pair in involved]


def _joined_sides(sides: Sequence[Side]) -> Side:
    """Join the tables of positions; the vectors are left out."""
    if len(sides) == 1:
        return sides[0]
    tables = (
        np.concatenate([getattr(side, name) for side in sides], axis=1)
        for name in ("norm", "log_length", "chance", "breaks")
    )
    return Side(sides[0].vectors[:0], *tables)


def _share_alone(result: SearchResult) -> float:
    """Return the share of beads with an empty side, shrunk towards what is usual."""
    steps = np.diff(result.points, axis=0)
    share = (float((steps == 0).any(axis=1).sum()) + USUAL_ALONE * ALONE_PRIOR) / (len(steps) + ALONE_PRIOR)
    return min(share, MOST_ALONE)


def _layout(stretches: Sequence[Stretch]) -> _Layout:
    shapes = np.array([(s.rows.stop - s.rows.start, s.columns.stop - s.columns.start) for s in stretches])
    sizes = (shapes + 1).prod(axis=1)
    ends = np.cumsum(sizes)
    owner = np.repeat(np.arange(len(stretches)), sizes)
    width = shapes[owner, 1] + 1
    local = np.stack(np.divmod(np.arange(ends[-1]) - (ends - sizes)[owner], width), axis=1)
    starts = np.array([s.points[0] for s in stretches])
    allowed = np.concatenate(
        [_corridor(s, *map(int, shape)) for s, shape in zip(stretches, shapes, strict=True)]
    )
    return _Layout(local + starts[owner], width, ends - sizes, ends - 1, allowed, shapes[owner] - local)


def _corridor(stretch: Stretch, n: int, m: int) -> npt.NDArray[np.bool_]:
    """Mark the positions within reach of the path, flat."""
    reachable = np.zeros((n + 1, m + 1), bool)
    i0, j0 = stretch.points[0]
    for (i1, j1), (i2, j2) in zip(stretch.points, stretch.points[1:], strict=False):
        rows = slice(max(0, i1 - i0 - CORRIDOR), i2 - i0 + CORRIDOR + 1)
        reachable[rows, max(0, j1 - j0 - CORRIDOR) : j2 - j0 + CORRIDOR + 1] = True
    return reachable.ravel()


def _beads(layout: _Layout) -> _Beads:
    starts = layout.allowed.nonzero()[0]
    inner = layout.inner[starts].T
    fits = (inner[0] >= _TYPES[:, :1]) & (inner[1] >= _TYPES[:, 1:])
    types, places = fits.nonzero()
    before, (a, b) = starts[places], _TYPES[types].T
    after = before + a * layout.width[before] + b
    is_allowed = layout.allowed[after]
    return _Beads(before[is_allowed], a[is_allowed], b[is_allowed], after[is_allowed])


def _score(
    column: Columns,
    two: Ints,
    sides: _Sides,
    weights: Weights,
    layout: _Layout,
    beads: _Beads,
    results: Sequence[SearchResult],
    stretches: Sequence[Stretch],
) -> None:
    """Fill in what the search knows: its gain, and what that is made of."""
    fr, en = sides.fr, sides.en
    a, b, before, after = beads.a[two], beads.b[two], beads.before[two], beads.after[two]
    table = np.concatenate(
        [
            _dots(path.fr.vectors[s.rows], path.en.vectors[s.columns])
            for s, path in zip(stretches, results, strict=True)
        ]
    )
    dots = table[after] - table[before + a * layout.width[before]] - table[before + b] + table[before]
    i, j = sides.positions[after].T
    excess = dots / (fr.norm[a, i] * en.norm[b, j]) - weights.chance * (fr.chance[a, i] + en.chance[b, j]) / 2
    gap = np.abs(fr.log_length[a, i] - en.log_length[b, j])
    pairs = sides.pairs[after]
    level = np.array([pair.level for pair in sides.statistics])[pairs]
    threshold = np.array([weights.threshold - weights.freedom * pair.spread for pair in sides.statistics])
    fixed = threshold[pairs] + weights.size * (a + b - 2)
    fixed = fixed + weights.many_to_many * (np.minimum(a, b) > 1)
    breaks = weights.paragraph * (fr.breaks[a, i] + en.breaks[b, j])
    column["gain"][two] = excess / level - fixed - weights.length * gap - breaks
    column["length"][two] = gap
    column["size"][two] = a + b - 2
    column["many"][two] = np.minimum(a, b) > 1
    column["alone"][...] = np.minimum(beads.a, beads.b) == 0


def _compare_with_pair(column: Columns, sides: _Sides, beads: _Beads) -> None:
    """Fill in what is usual in this pair: a free translation leaves more words unmatched."""
    pairs = sides.pairs[beads.before]
    level = np.array([values.level for values in sides.statistics])
    usual = np.array([math.log(share / USUAL_ALONE) for share in sides.shares_alone])
    of_pairs = (1.0 - level, usual, level - USUAL_LEVEL)
    unmatched_share, usual, close = (values.astype(np.float32)[pairs] for values in of_pairs)
    column["unmatched"][...] -= (column["matched"] + column["unmatched"]) * unmatched_share
    column["usual"][...] = column["alone"] * usual
    column["close"][...] = column["alone"] * close


def _dots(fr: Floats, en: Floats) -> npt.NDArray[np.float64]:
    """Return the integral image of the dot products, flat."""
    out = np.zeros((len(fr) + 1, len(en) + 1))
    out[1:, 1:] = np.cumsum(np.cumsum(fr @ en.T, axis=0, dtype=np.float64), axis=1)
    return out.ravel()


def _compare(
    column: Columns, two: Ints, side_covers: tuple[Cover, Cover], layout: _Layout, beads: _Beads
) -> None:
    """Fill in how much of each side of a bead is in the other."""
    a, b, before = beads.a[two], beads.b[two], beads.before[two]
    idle, shares = np.zeros(len(two), np.float32), []
    sides = (
        (side_covers[0], a, b, b, layout.width[before]),
        (side_covers[1], b, a, a * layout.width[before], np.int64(1)),
    )
    for cover, own_size, other_size, to_end, step in sides:
        covered, mass, beyond = (np.zeros(len(two), np.float32) for _ in range(3))
        step = np.broadcast_to(step, len(two))
        for k in range(MAX_RUN):
            active = (own_size > k).nonzero()[0]
            if not len(active):
                break
            place = before[active] + k * step[active] + to_end[active]
            run_covered, run_mass = cover.covered[other_size[active], place], cover.mass[place]
            covered[active] += run_covered
            mass[active] += run_mass
            beyond[active] += cover.beyond[other_size[active], place]
            run = own_size[active] > 1
            share = 1 - (run_covered[run] + SHORT / 2) / (run_mass[run] + SHORT)
            idle[active[run]] = np.maximum(idle[active[run]], share)
        column["matched"][two] += covered
        column["unmatched"][two] += mass - covered
        column["beyond"][two] += beyond
        shares.append(covered / (mass + 2 * SHORT))
    column["coverage"][two] = np.minimum(*shares)
    column["idle"][two] = idle


def _look_around(column: Columns, side_covers: tuple[Cover, Cover], layout: _Layout, beads: _Beads) -> None:
    """Fill in what the neighbours' counterparts have of a segment left alone."""
    width = layout.width[beads.before]
    for cover, is_one_sided, stride in (
        (side_covers[0], beads.b == 0, np.int64(1)),
        (side_covers[1], beads.a == 0, width),
    ):
        one_sided = is_one_sided.nonzero()[0]
        place = beads.before[one_sided]
        step = np.broadcast_to(stride, len(is_one_sided))[one_sided]
        side = 1 if cover is side_covers[0] else 0
        next_neighbour = np.where(
            layout.inner[place, side] > 0,
            cover.covered[1, np.minimum(place + step, len(layout.width) - 1)],
            0,
        )
        best_neighbour = np.maximum(cover.covered[1, place], next_neighbour)
        column["near"][one_sided] = best_neighbour / (cover.mass[place] + SHORT)


def _compare_marks(column: Columns, two: Ints, sides: _Sides, beads: _Beads) -> None:
    """Fill in whether one side asks, or closes otherwise than the other."""
    (i0, j0), (i1, j1) = sides.positions[beads.before[two]].T, sides.positions[beads.after[two]].T
    asked_fr, asked_en = (np.concatenate([[0], np.cumsum(asks)]) for asks in sides.asks)
    asks = (asked_fr[i1] > asked_fr[i0]) != (asked_en[j1] > asked_en[j0])
    column["asks"][two] = asks
    column["ends"][two] = sides.ends[0][i1 - 1] != sides.ends[1][j1 - 1]
