"""The closer look: which sentences are read, what the probabilities are, and that what is read decides."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest

from aligner.alignment import align_documents
from aligner.alignment.align import WEIGHTS
from aligner.alignment.candidates import Candidates, Searched, Stretch, candidates
from aligner.alignment.closer import (
    SURE_PROBABILITY,
    Reader,
    Run,
    closer_columns,
    doubtful_runs,
    probabilities,
    within,
)
from aligner.alignment.review import MODEL, best_ways, read_closer
from aligner.alignment.words import read_words
from aligner.encoders import Encoder, load
from aligner.encoders.joint import JointEncoder
from aligner.encoders.protocol import Array
from aligner.model import DocumentPair
from aligner.text.structure import make_document
from tests.alignment.test_review import EN, FR, Steps, random_found, totals


class Topics:
    """A closer encoder in the tests: a sentence's vector is that of its topic; it notes what it has read."""

    name = version = "topics"

    def __init__(self) -> None:
        self.read: list[str] = []
        self.mean: Array = np.zeros(16, np.float32)

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors; a text is the number of its topic."""
        self.read.extend(texts)
        return np.eye(16, dtype=np.float32)[[int(text) for text in texts]]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load()


@pytest.mark.parametrize("seed", range(4))
def test_probabilities_are_shares_of_all_ways(seed: int, encoder: Encoder) -> None:
    found = random_found(seed, 4, 3)
    words = read_words(FR[:4], encoder), read_words(EN[:3], encoder)
    tried = candidates([Searched(found, words)], [Stretch(tuple(found.path))], WEIGHTS)
    scores = (tried.features @ MODEL / 4).astype(np.float32)
    steps: Steps = {}
    for before, after, score in zip(tried.before, tried.after, scores, strict=True):
        (i0, j0), (i1, j1) = tried.positions[before].tolist(), tried.positions[after].tolist()
        steps[(i0, j0), (i1, j1)] = float(score)
    every = sum(map(math.exp, totals((0, 0), (4, 3), steps)))
    for k, (start, stop) in enumerate(steps):
        through = sum(
            math.exp(head + steps[start, stop] + tail)
            for head in totals((0, 0), start, steps)
            for tail in totals(stop, (4, 3), steps)
        )
        assert probabilities(tried, scores)[k] == pytest.approx(through / every, abs=1e-5)


def test_runs_are_the_parts_of_ways_that_are_not_sure(encoder: Encoder) -> None:
    found = random_found(2, 30, 28)
    words = read_words((FR * 5)[:30], encoder), read_words((EN * 5)[:28], encoder)
    stretch = Stretch(tuple(found.path))
    tried = candidates([Searched(found, words)], [stretch], WEIGHTS)
    scores = np.asarray(tried.features @ MODEL, np.float32)
    ways = best_ways(tried, scores)
    runs = doubtful_runs(tried, scores, ways)
    steps = [*itertools.pairwise(ways[0])]
    chance = dict(zip(zip(tried.before, tried.after, strict=True), probabilities(tried, scores), strict=True))
    unsure = [tuple(tried.positions[a].tolist()) for a, b in steps if chance[a, b] < SURE_PROBABILITY]
    assert [point for run in runs for point in run.part.points[:-1]] == unsure
    assert all(b.part.points[0] > a.part.points[-1] for a, b in itertools.pairwise(runs))


def test_candidates_within_runs_are_those_of_the_whole(encoder: Encoder) -> None:
    found = random_found(3, 9, 8)
    words = read_words((FR * 2)[:9], encoder), read_words((EN * 2)[:8], encoder)
    tried = candidates([Searched(found, words)], [Stretch(tuple(found.path))], WEIGHTS)
    boxes = [Stretch(((1, 0), (3, 2))), Stretch(((4, 4), (7, 6)))]
    inside, chosen = within(tried, [Run(0, box) for box in boxes])

    def beads(some: Candidates) -> list[tuple[int, ...]]:
        return [
            (*some.positions[before].tolist(), *some.positions[after].tolist())
            for before, after in zip(some.before, some.after, strict=True)
        ]

    whole = beads(tried)
    assert beads(inside) == [whole[k] for k in chosen]
    assert set(beads(inside)) == {
        (i0, j0, i1, j1)
        for i0, j0, i1, j1 in whole
        for (top, left), (bottom, right) in (box.points for box in boxes)
        if top <= i0 <= i1 <= bottom and left <= j0 <= j1 <= right
    }
    assert (inside.features == tried.features[chosen]).all()
    for box, first, last in zip(boxes, inside.first, inside.last, strict=True):
        assert [tuple(inside.positions[k].tolist()) for k in (first, last)] == list(box.points)


def test_cosines_are_those_of_the_weighted_sums(encoder: Encoder) -> None:
    found = random_found(3, 5, 4)
    words = read_words(FR[:5], encoder), read_words(EN[:4], encoder)
    stretches = [Stretch(((0, 0), (2, 1))), Stretch(((3, 2), (5, 4)))]
    tried = candidates([Searched(found, words)], stretches, WEIGHTS)
    texts = ["0", "1", "unread", "2", "10"], ["1", "unread", "2", "3"]
    topics = Topics()
    columns = closer_columns(tried, stretches, Reader(texts, topics))
    assert "unread" not in topics.read
    beads = {
        (*tried.positions[before].tolist(), *tried.positions[after].tolist()): k
        for k, (before, after) in enumerate(zip(tried.before, tried.after, strict=True))
    }
    cosine = columns["cosine"]
    assert cosine[beads[1, 0, 2, 1]] > 0.9  # "1" and "1"
    assert cosine[beads[0, 0, 1, 1]] < 0.1  # "0" and "1"
    assert 0.6 < cosine[beads[0, 0, 2, 1]] < 0.8  # "0" and "1" together, and "1"
    assert cosine[beads[0, 0, 1, 0]] == 0
    assert columns["alone"][beads[0, 0, 1, 0]] == 1
    assert columns["size"][beads[0, 0, 2, 1]] == 1


def test_what_nobody_doubts_is_not_read(encoder: Encoder) -> None:
    topics = Topics()
    fr, en = (make_document(f"{k}.txt", "\n".join(side), {}) for k, side in enumerate((FR, EN)))
    pair = DocumentPair(fr, en, 1.0, 1.0, "translation", 1)
    alignment = align_documents(pair, JointEncoder(load(), topics))
    assert [bead.kind for bead in alignment.beads] == ["1-1"] * 6
    assert topics.read == []


@pytest.mark.parametrize("lone", range(3))
def test_what_is_read_decides(lone: int, encoder: Encoder) -> None:
    """Nothing but the topics says which sentence of three has no counterpart."""
    found = random_found(1, 3, 2)
    words = read_words(["***"] * 3, encoder), read_words(["***"] * 2, encoder)
    texts = [str(k) for k in range(3)], [str(k) for k in range(3) if k != lone]
    path = read_closer(Searched(found, words), WEIGHTS, Reader(texts, Topics()))
    assert path == [(k, k - (k > lone)) for k in range(4)]
