"""The search against brute force, the invariant with random inputs, and the growth of the band."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment import grid, search
from aligner.alignment.align import WEIGHTS, Encoded, Vectors, align_segments
from aligner.alignment.gains import ROWS, Blocks, Gains
from aligner.alignment.scoring import MAX_RUN, Floats, Ints, PairStatistics, Text, bead_types, centre, sides
from aligner.encoders import load
from aligner.encoders.protocol import Array
from aligner.model import Document, DocumentPair, Language, Segment

ENCODER = load()


def random_text(rng: np.random.Generator, n: int, d: int = 8) -> Text:
    return Text(
        rng.normal(size=(n, d)).astype(np.float32),
        rng.integers(5, 90, n).astype(np.float32),
        np.cumsum(rng.integers(0, 2, n)),
    )


def document(path: str, language: Language, n: int) -> Document:
    text = "\n".join(f"Sentence number {i}." for i in range(n))
    segments, start = [], 0
    for number, line in enumerate(text.split("\n") if n else []):
        segments.append(Segment(line, start, start + len(line), number, "body", language))
        start += len(line) + 1
    return Document(path, language, text, tuple(segments))


def blocks(first: int, starts: Ints, width: int) -> Blocks:
    """Consecutive blocks of one pair, with so many columns from ``starts`` on."""
    rows = first + np.arange(len(starts)) * ROWS
    return Blocks(np.zeros_like(starts), rows, starts, np.full_like(starts, width), starts, width)


def all_gains(fr: Text, en: Text, statistics: PairStatistics) -> Floats:
    """Gains of all beads by (row, French segments - 1, English segments, column) of their end."""
    starts = np.zeros(len(fr.sums) // ROWS + 1, np.int64)
    gains = Gains([sides(fr, en, WEIGHTS)], [statistics], WEIGHTS, MAX_RUN)
    table = gains.of(blocks(0, starts, len(en.sums) + 1))
    return table.reshape(-1, *table.shape[2:])


def brute_force(fr: Text, en: Text, statistics: PairStatistics) -> float:
    """Best total gain over all paths, by plain recursion over a table."""
    n, m = len(fr.sums), len(en.sums)
    table = all_gains(fr, en, statistics)
    best = {(0, 0): 0.0}
    for i, j in itertools.product(range(n + 1), range(m + 1)):
        if (i, j) == (0, 0):
            continue
        options = []
        if i:
            options.append(best[i - 1, j] + WEIGHTS.alone)
        if j:
            options.append(best[i, j - 1] + WEIGHTS.alone)
        for a, b in bead_types(MAX_RUN):
            if a <= i and b <= j:
                options.append(best[i - a, j - b] + float(table[i, a - 1, b, j]))
        best[i, j] = max(options)
    return best[n, m]


def path_gain(path: search.Path, fr: Text, en: Text, statistics: PairStatistics) -> float:
    table = all_gains(fr, en, statistics)
    total = 0.0
    for (i0, j0), (i1, j1) in itertools.pairwise(path):
        a, b = i1 - i0, j1 - j0
        total += WEIGHTS.alone if not a or not b else float(table[i1, a - 1, b, j1])
    return total


@pytest.mark.parametrize(
    ("seed", "n", "m"),
    [(0, 7, 9), (1, 12, 5), (2, 1, 6), (3, 10, 10), (4, 1, 1), (5, 40, 3), (6, 21, 37)],
)
def test_search_finds_the_best_path(seed: int, n: int, m: int) -> None:
    rng = np.random.default_rng(seed)
    fr, en = random_text(rng, n), random_text(rng, m)
    shared = min(n, m)
    en.sums[:shared] += 2 * fr.sums[:shared]
    found = search.best_path(fr, en, WEIGHTS)
    path, statistics = found.path, found.statistics
    assert path_gain(path, fr, en, statistics) == pytest.approx(brute_force(fr, en, statistics), abs=1e-3)


def unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))


def test_gain_is_the_formula() -> None:
    rng = np.random.default_rng(5)
    fr, en = random_text(rng, 9), random_text(rng, 8)
    statistics = PairStatistics(0.4, 0.3)
    gains = Gains([sides(fr, en, WEIGHTS)], [statistics], WEIGHTS, MAX_RUN)
    table = gains.of(blocks(0, np.array([3]), 6))[0]
    x, y = fr.sums[5:7].sum(axis=0), en.sums[4:7].sum(axis=0)  # two French segments, three English
    towards_en = unit(en.sums).sum(axis=0) / (len(en.sums) + WEIGHTS.chance_prior)
    towards_fr = unit(fr.sums).sum(axis=0) / (len(fr.sums) + WEIGHTS.chance_prior)
    chance = (unit(x) @ towards_en + unit(y) @ towards_fr) / 2
    floor = WEIGHTS.length_floor
    gap = abs(np.log((fr.lengths[5:7].sum() + floor) / (en.lengths[4:7].sum() + floor)))
    breaks = fr.paragraphs[6] - fr.paragraphs[5] + en.paragraphs[6] - en.paragraphs[4]
    expected = (
        (unit(x) @ unit(y) - WEIGHTS.chance * chance) / statistics.level
        - WEIGHTS.length * gap
        - WEIGHTS.size * 3
        - WEIGHTS.many_to_many
        - WEIGHTS.paragraph * breaks
        - (WEIGHTS.threshold - WEIGHTS.freedom * statistics.spread)
    )
    assert table[7, 2 - 1, 3, 7 - 3] == pytest.approx(expected, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 2**16))
def test_every_segment_stands_in_one_bead_in_order(n: int, m: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    pair = DocumentPair(document("f", "fr", n), document("e", "en", m), 1.0, 1.0, "translation", 1)
    fr, en = random_text(rng, n), random_text(rng, m)
    of_fr, of_en = (
        Vectors(
            texts,
            side.sums,
            np.ones(len(side.sums), np.float32),
            side.sums,
            side.lengths,
            ENCODER.spelled(texts),
        )
        for side, article in ((fr, pair.fr), (en, pair.en))
        for texts in [[segment.text for segment in article.segments]]
    )
    (alignment,) = align_segments([Encoded(pair, of_fr, of_en)], ENCODER)
    assert tuple(s for bead in alignment.beads for s in bead.fr) == pair.fr.segments
    assert tuple(s for bead in alignment.beads for s in bead.en) == pair.en.segments
    for bead in alignment.beads:
        assert bead.fr or bead.en
        assert not bead.en or len(bead.fr) <= MAX_RUN
        assert not bead.fr or len(bead.en) <= MAX_RUN
        assert 0 <= bead.similarity <= 1
    for left, right in alignment.moved:
        assert not alignment.beads[left].en
        assert not alignment.beads[right].fr


@pytest.mark.parametrize("hole", [0, 150])
def test_band_gives_the_path_of_the_full_search(hole: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long pair, with and without a passage that is missing from the English side."""
    rng = np.random.default_rng(7)
    fr = random_text(rng, 700, 32)
    kept = np.r_[0:200, 200 + hole : 700]
    noise = rng.normal(size=(len(kept), 32)).astype(np.float32) * 0.5
    en = Text(fr.sums[kept] + noise, fr.lengths[kept], fr.paragraphs[kept])
    banded = search.best_path(fr, en, WEIGHTS).path
    monkeypatch.setattr(search, "FULL_SEARCH_CELLS", 10**9)
    full = search.best_path(fr, en, WEIGHTS).path
    assert banded == full


def test_long_texts_are_searched_row_by_row_as_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than are kept, and than are computed at once, give what brute force gives."""
    rng = np.random.default_rng(8)
    fr, en = random_text(rng, 3 * search.KEPT_ROWS), random_text(rng, 12)
    monkeypatch.setattr(grid, "BLOCKS", 2)
    monkeypatch.setattr(search, "FINE_BAND", 300)
    found = search.best_path(fr, en, WEIGHTS)
    expected = brute_force(fr, en, found.statistics)
    assert path_gain(found.path, fr, en, found.statistics) == pytest.approx(expected, abs=1e-3)


def test_pairs_searched_together_have_the_paths_of_each_alone() -> None:
    rng = np.random.default_rng(10)
    sizes = [(3, 9), (40, 38), (1, 1), (0, 4), (70, 20), (33, 33), (17, 60), (250, 3), (150, 400)]
    pairs = [(random_text(rng, n), random_text(rng, m)) for n, m in sizes]
    for fr, en in pairs:
        shared = min(len(fr.sums), len(en.sums))
        en.sums[:shared] += 2 * fr.sums[:shared]
    together = search.best_paths(pairs, WEIGHTS)
    alone = [search.best_path(*pair, WEIGHTS) for pair in pairs]
    assert [found.path for found in together] == [found.path for found in alone]
    assert [found.statistics for found in together] == [found.statistics for found in alone]


def test_gains_of_blocks_do_not_depend_on_what_is_beside_them() -> None:
    rng = np.random.default_rng(9)
    fr, en = random_text(rng, 70), random_text(rng, 60)
    statistics = PairStatistics(0.4, 0.3)
    whole = all_gains(fr, en, statistics)
    starts = np.array([5, 20, 44])
    some = Gains([sides(fr, en, WEIGHTS)], [statistics], WEIGHTS, MAX_RUN).of(blocks(16, starts, 13))
    for k, start in enumerate(starts):
        assert some[k] == pytest.approx(
            whole[16 * (k + 1) : 16 * (k + 2), :, :, start : start + 13], abs=1e-5
        )


def test_centre_keeps_the_direction_of_a_single_sentence() -> None:
    one = np.array([[3.0, 4.0]], np.float32)
    centred = centre(one, np.array([20.0], np.float32), WEIGHTS.centre_prior)
    assert centred[0] @ one[0] / np.linalg.norm(centred) / 5 == pytest.approx(1.0)


@pytest.mark.parametrize("reach", [1, 3])
def test_a_band_holds_all_that_is_near_a_step(reach: int) -> None:
    points = np.array([(0, 0), (1, 2), (1, 3), (4, 3), (5, 4), (9, 9)])
    band = search._band_around(points, 9, 9, reach)
    for row in range(10):
        near = [
            (before[1] - reach, after[1] + reach)
            for before, after in itertools.pairwise(points.tolist())
            if before[0] - reach <= row <= after[0] + reach
        ]
        assert band.low[row] == max(0, min(low for low, _ in near))
        assert band.high[row] == min(9, max(high for _, high in near))
