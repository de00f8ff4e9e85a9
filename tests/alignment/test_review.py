"""The second look: its candidates against brute force, what it corrects, and what it leaves as it was."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

from aligner.alignment import align_documents
from aligner.alignment.align import WEIGHTS, vectors
from aligner.alignment.candidates import CORRIDOR, FEATURES, Searched, Stretch, candidates
from aligner.alignment.cover import covered_shares, covers
from aligner.alignment.gains import Blocks, Gains
from aligner.alignment.passages import joined_passages, scatter
from aligner.alignment.review import best_ways, doubtful, reviewed
from aligner.alignment.scoring import Text
from aligner.alignment.search import SearchResult, best_path
from aligner.alignment.words import read_words
from aligner.encoders import Encoder, load
from aligner.model import DocumentPair
from aligner.text.structure import make_document

FR = [
    "La gare routière ouvrira ses portes en septembre.",
    "Elle accueillera deux cents autocars par jour.",
    "Pourquoi si tard ?",
    "Le chantier a pris du retard à cause de la découverte d'un cimetière gallo-romain.",
    "Les archéologues y ont travaillé huit mois.",
    "La ville espère désormais attirer un hôtel sur la parcelle voisine.",
]
EN = [
    "The bus station will open its doors in September.",
    "It will serve two hundred coaches a day.",
    "Why so late?",
    "Construction was delayed by the discovery of a Gallo-Roman cemetery.",
    "Archaeologists worked there for eight months.",
    "The city now hopes to attract a hotel to the neighbouring plot.",
]

Steps = dict[tuple[tuple[int, int], tuple[int, int]], float]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load()


def kinds(encoder: Encoder, fr: list[str], en: list[str]) -> list[str]:
    documents = (make_document("fr.txt", "\n".join(fr), {}), make_document("en.txt", "\n".join(en), {}))
    pair = DocumentPair(*documents, 1.0, 1.0, "translation", 1)
    return [bead.kind for bead in align_documents(pair, encoder).beads]


@pytest.mark.parametrize("extra", ["Something else entirely.", "Rain is expected tomorrow.", "Nobody knows."])
@pytest.mark.parametrize("place", range(1, 6))
def test_a_short_sentence_that_nothing_answers_stands_alone(encoder: Encoder, extra: str, place: int) -> None:
    en = [*EN[:place], extra, *EN[place:]]
    assert kinds(encoder, FR, en) == [*["1-1"] * place, "0-1", *["1-1"] * (6 - place)]


def random_found(seed: int, n: int, m: int) -> SearchResult:
    rng = np.random.default_rng(seed)
    fr, en = (
        Text(rng.normal(size=(k, 8)).astype(np.float32), np.full(k, 40.0, np.float32), np.zeros(k, np.int64))
        for k in (n, m)
    )
    return best_path(fr, en, WEIGHTS)


def totals(start: tuple[int, int], stop: tuple[int, int], steps: Steps) -> Iterator[float]:
    """Total of each path from ``start`` to ``stop``, by plain recursion."""
    if start == stop:
        yield 0.0
    for (before, after), value in steps.items():
        if before == start:
            yield from (value + rest for rest in totals(after, stop, steps))


@pytest.mark.parametrize("seed", range(4))
def test_candidates_carry_the_search_gain_and_the_best_way_is_found(seed: int, encoder: Encoder) -> None:
    found = random_found(seed, 5, 4)
    words = read_words(FR[:5], encoder), read_words(EN[:4], encoder)
    tried = candidates([Searched(found, words)], [Stretch(tuple(found.path))], WEIGHTS)
    gain, alone = (tried.features[:, FEATURES.index(name)] for name in ("gain", "alone"))
    gains = Gains([(found.fr, found.en)], [found.statistics], WEIGHTS, 6)
    zero = np.zeros(1, np.int64)
    table = gains.of(Blocks(zero, zero, zero, zero + 5, zero, 5))[0]
    scores = gain - 0.14 * alone
    steps: Steps = {}
    for k, (before, after) in enumerate(zip(tried.before, tried.after, strict=True)):
        (i0, j0), (i1, j1) = tried.positions[before].tolist(), tried.positions[after].tolist()
        if i1 > i0 and j1 > j0:
            assert gain[k] == pytest.approx(table[i1, i1 - i0 - 1, j1 - j0, j1], abs=1e-4)
        steps[(i0, j0), (i1, j1)] = float(scores[k])
    way = [(int(i), int(j)) for i, j in tried.positions[best_ways(tried, scores)[0]]]
    total = sum(steps[step] for step in itertools.pairwise(way))
    assert total == pytest.approx(max(totals((0, 0), (5, 4), steps)), abs=1e-5)


def test_cover_counts_what_the_other_side_says(encoder: Encoder) -> None:
    words = read_words(FR, encoder), read_words(EN, encoder)
    for side, cover in enumerate(covers([words])):
        # by segment, and where the run of the other side ends
        inside, beyond, mass = (
            table.reshape(-1, 7, 7).transpose(0, 2, 1)[:, :6] if side else table.reshape(-1, 7, 7)[:, :6]
            for table in (cover.covered, cover.beyond, cover.mass)
        )
        own = inside[1][np.arange(6), np.arange(1, 7)] / mass[0, :, 0]
        other = inside[1][np.arange(6), [3, 3, 5, 5, 3, 3]] / mass[0, :, 0]
        assert own.min() > 0.5 > other.max()
        # a longer run has no less, and what it has is not better beside it
        assert (inside[3, :, 3:] >= inside[2, :, 3:] - 1e-5).all()
        assert (inside + beyond <= mass + 1e-4).all()


def test_cover_does_not_depend_on_the_other_stretches(encoder: Encoder) -> None:
    words = read_words(["***", *FR], encoder), read_words([*EN, "…"], encoder)
    stretches = [(slice(0, 3), slice(0, 2)), (slice(3, 5), slice(2, 4)), (slice(5, 7), slice(4, 7))]
    together = covers((words[0].part(rows), words[1].part(columns)) for rows, columns in stretches)
    first = 0
    for rows, columns in stretches:
        alone = covers([(words[0].part(rows), words[1].part(columns))])
        last = first + len(alone[0].mass)
        for ours, theirs in zip(together, alone, strict=True):
            assert ours.covered[:, first:last] == pytest.approx(theirs.covered)
            assert ours.beyond[:, first:last] == pytest.approx(theirs.beyond)
            assert ours.mass[first:last] == pytest.approx(theirs.mass)
        first = last


def test_segments_without_words_cover_nothing(encoder: Encoder) -> None:
    fr, en = read_words(["***", FR[0], "–"], encoder), read_words([EN[0], "…"], encoder)
    of_fr, of_en = covers([(fr, en)])
    assert of_fr.mass.reshape(4, 3).any(axis=1).tolist() == [False, True, False, False]
    assert of_en.covered[1].reshape(4, 3)[:, 1].max() == 0
    assert read_words([], encoder).starts.tolist() == [0]


@pytest.mark.parametrize(
    ("n", "m", "seed"), [(0, 3, 0), (4, 0, 0), (1, 1, 1), (30, 22, 2), (9, 40, 3), (60, 60, 4)]
)
def test_every_segment_stays_in_one_bead_in_order(n: int, m: int, seed: int, encoder: Encoder) -> None:
    found = random_found(seed, n, m)
    rng = np.random.default_rng(seed)
    fr, en = ([str(rng.choice(side)) for _ in range(k)] for side, k in ((FR, n), (EN, m)))
    words = read_words(fr, encoder), read_words(en, encoder)
    (path,) = reviewed([Searched(found, words)], WEIGHTS)
    assert path[0] == (0, 0)
    assert path[-1] == (n, m)
    steps = [(i1 - i0, j1 - j0) for (i0, j0), (i1, j1) in itertools.pairwise(path)]
    assert all(a >= 0 and b >= 0 and a + b > 0 and (min(a, b) > 0 or a + b == 1) for a, b in steps)


def test_only_doubtful_stretches_are_looked_at(encoder: Encoder) -> None:
    documents = [make_document(f"{k}.txt", "\n".join(side), {}) for k, side in enumerate((FR, EN))]
    fr, en = (vectors(document.aligned_segments, encoder) for document in documents)
    left, right = (Text(side.sums, side.lengths, np.arange(6)) for side in (fr, en))
    assert doubtful(best_path(left, right, WEIGHTS), WEIGHTS) == []
    found = random_found(6, 50, 50)
    seen = doubtful(found, WEIGHTS)
    assert all(b.points[0] >= a.points[-1] for a, b in itertools.pairwise(seen))
    assert CORRIDOR > 0


def test_passages_are_joined_in_free_translations_only() -> None:
    path = [(0, 0), *((k + 1, k + 1) for k in range(20)), (21, 20), (22, 20), (22, 21), (22, 22), (23, 23)]
    even = np.full(23, 80.0, np.float32)
    rng = np.random.default_rng(0)
    free = (even * np.exp(rng.normal(0, 0.4, 23))).astype(np.float32)
    assert joined_passages(path, even, even, ()) == path
    assert scatter(path, free, even) > scatter(path, even, even)
    joined = joined_passages(path, free, even, ())
    assert [p for p in path if p not in joined] == [(21, 20), (22, 21)]
    assert joined_passages(path, free, even, {21}) == [p for p in path if p != (22, 21)]


def test_shares_of_words_that_the_other_side_has(encoder: Encoder) -> None:
    assert min(covered_shares(FR[0], EN[0], encoder)) > 0.6
    assert max(covered_shares(FR[0], EN[3], encoder)) < 0.4
    fr, en = covered_shares(FR[0], f"{EN[0]} {EN[4]}", encoder)
    assert fr > 0.6 > en
    assert covered_shares("***", EN[0], encoder) == (0.0, 0.0)
