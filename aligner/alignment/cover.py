"""The share of each segment that runs of segments on the other side cover, in many stretches at once.

The possible ends of beads in a stretch of n French and m English segments are (n + 1) * (m + 1) positions,
row by row; those of all stretches follow each other and are known by their flat numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isqrt

import numpy as np

from aligner.alignment.scoring import MAX_RUN, Floats, Ints
from aligner.alignment.words import Words, read_words
from aligner.encoders.protocol import Encoder

NO_MATCH, FULL_MATCH = 0.25, 0.75
"""Cosines of two words below which they share nothing, and from which they say the same."""

MOST_COMPARED = 20_000_000
"""Pairs of words in a stretch, 80 MB of cosines: a hundred sentences of each side have a third of them."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The coverage of the segments of one side by runs of the other; by number of a position.

    The entry [b, p] is about the segment that begins at position p and the run of b segments that ends there
    on the other side. ``covered`` (MAX_RUN + 1, positions) is the weight of its words that the run has;
    ``beyond`` the weight that the segments before and after the run have better. ``mass`` (positions,) is the
    weight of all its words.
    """

    covered: Floats
    beyond: Floats
    mass: Floats


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch as one side sees it.

    ``best_cosines`` (segments of the other side, words) say how well each has each word. Segment s with a
    run that ends before segment r of the other side is at position ``first + s * step + r * run_step``.
    """

    words: Words
    best_cosines: Floats
    first: int
    step: int
    run_step: int


def covers(stretches: Iterable[tuple[Words, Words]]) -> tuple[Cover, Cover]:
    """Return how both sides cover each other, French first, in stretches with these words."""
    of_fr: list[_Part] = []
    of_en: list[_Part] = []
    first = 0
    for words in stretches:
        fr, en = _few_enough(*words)
        match, width = fr.vectors @ en.vectors.T, len(en.ends) + 1
        of_fr.append(_Part(fr, _best_by_segment(np.ascontiguousarray(match.T), en.starts), first, width, 1))
        of_en.append(_Part(en, _best_by_segment(match, fr.starts), first, 1, width))
        first += (len(fr.ends) + 1) * width
    return _cover(of_fr, first), _cover(of_en, first)


def covered_shares(fr: str, en: str, encoder: Encoder) -> tuple[float, float]:
    """Return the shares 0..1 of the words of each text, by weight, that the other has; 0 without words."""
    words = read_words([fr], encoder), read_words([en], encoder)
    if not len(words[0].weights) or not len(words[1].weights):
        return 0.0, 0.0
    of_fr, of_en = covers([words])
    return float(of_fr.covered[1, 1] / of_fr.mass[1]), float(of_en.covered[1, 2] / of_en.mass[2])


def _few_enough(fr: Words, en: Words) -> tuple[Words, Words]:
    """Return words of two sides that can be compared each with each: of very long segments the beginnings."""
    if len(fr.rows) * len(en.rows) <= MOST_COMPARED:
        return fr, en
    limit = max(1, isqrt(MOST_COMPARED // (len(fr.ends) * len(en.ends))))
    return fr.beginnings(limit), en.beginnings(limit)


def _best_by_segment(match: Floats, starts: Ints) -> Floats:
    """Return the best cosine of each word (columns) with those of each segment (rows); 0 with none."""
    cosines = np.zeros((len(starts) - 1, match.shape[1]), np.float32)
    filled = (starts[1:] > starts[:-1]).nonzero()[0]
    if len(filled):
        cosines[filled] = np.maximum.reduceat(match, starts[filled], axis=0)
    return cosines


def _cover(parts: Sequence[_Part], positions: int) -> Cover:
    """Compute what is covered of one side, stretches with as many segments on the other side together."""
    covered = np.zeros((MAX_RUN + 1, positions), np.float32)
    cover = Cover(covered, np.zeros_like(covered), np.zeros(positions, np.float32))
    alike: dict[int, list[_Part]] = {}
    for part in parts:
        alike.setdefault(len(part.best_cosines), []).append(part)
    for count, group in alike.items():
        _fill(cover, count, group)
    return cover


def _fill(cover: Cover, count: int, parts: Sequence[_Part]) -> None:
    """Fill in what is covered in stretches with so many segments on the other side."""
    weights = np.concatenate([part.words.weights for part in parts])
    sizes = np.concatenate([np.diff(part.words.starts) for part in parts])
    starts = np.cumsum(sizes) - sizes
    first = np.concatenate([part.first + part.step * np.arange(len(part.words.ends)) for part in parts])
    step = np.repeat([part.run_step for part in parts], [len(part.words.ends) for part in parts])
    filled = sizes.nonzero()[0]
    if not len(filled):
        return
    starts, first, step = starts[filled], first[filled], step[filled]
    shares = np.zeros((count + 2, len(weights)), np.float32)  # an empty segment before the first, and after
    np.concatenate([part.best_cosines for part in parts], axis=1, out=shares[1:-1])
    shares -= np.float32(NO_MATCH)
    shares *= np.float32(1 / (FULL_MATCH - NO_MATCH))
    np.clip(shares, 0.0, 1.0, out=shares)
    ends = first + step * np.arange(count + 1)[:, None]
    cover.mass[ends] = np.add.reduceat(weights, starts)
    run = shares[1:-1]
    for b in range(1, min(MAX_RUN, count) + 1):
        if b > 1:
            run = np.maximum(run[:-1], shares[b:-1])
        neighbours = np.maximum(shares[: count + 1 - b], shares[b + 1 :])
        neighbours -= run
        np.maximum(neighbours, 0.0, out=neighbours)
        cover.covered[b][ends[b:]] = np.add.reduceat(run * weights, starts, axis=1)
        cover.beyond[b][ends[b:]] = np.add.reduceat(neighbours * weights, starts, axis=1)
