"""The two ways of finding candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from aligner.encoders.protocol import unit
from aligner.pairing import candidates, shards
from aligner.pairing.shards import Comparison, Nearest


def vectors(seed: int, n: int) -> np.ndarray:
    return unit(np.random.default_rng(seed).normal(size=(n, 16)).astype(np.float32))


def test_exact_search_gives_the_best_of_either_side() -> None:
    fr, en = vectors(1, 30), vectors(2, 50)
    found = {(i, j) for i, j, _ in candidates.nearest(fr, en)}
    cosine = fr @ en.T
    for i in range(30):
        assert {(i, int(j)) for j in np.argsort(-cosine[i])[: candidates.CANDIDATES]} <= found
    for j in range(50):
        assert {(int(i), j) for i in np.argsort(-cosine[:, j])[: candidates.CANDIDATES]} <= found


def test_fewer_articles_than_candidates() -> None:
    assert len(candidates.nearest(vectors(1, 2), vectors(2, 3))) == 6


def test_faiss_finds_the_same_neighbours_and_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("faiss", reason="faiss is not installed")
    fr = vectors(3, 400)
    en = unit(fr + vectors(4, 400) * np.float32(0.3))
    exact = candidates.nearest(fr, en)
    monkeypatch.setattr(candidates, "EXACT_UP_TO", 100)
    first, second = candidates.nearest(fr, en), candidates.nearest(fr, en)
    assert first == second
    assert {(i, i) for i in range(400)} <= {(i, j) for i, j, _ in first}
    cosines = {(i, j): cosine for i, j, cosine in exact}
    assert all(abs(cosines[i, j] - c) < 1e-5 for i, j, c in first if (i, j) in cosines)


def test_shards_find_what_one_search_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "ROWS", 16)
    fr, en = vectors(5, 50), vectors(6, 70)
    both = np.concatenate([fr, en])
    tasks = 0

    def run(
        work: Callable[[Sequence[Comparison]], list[Nearest]], given: Iterable[Comparison]
    ) -> Iterator[Nearest]:
        nonlocal tasks
        for task in given:
            tasks += 1
            yield from work([task])

    found = list(
        shards.nearest_in_shards(lambda some: both[list(some)], range(50), range(50, 120), tmp_path, run)
    )
    expected = candidates.nearest(candidates.centred(fr), candidates.centred(en))
    assert [edge[:2] for edge in found] == [edge[:2] for edge in expected]
    assert np.allclose([edge[2] for edge in found], [edge[2] for edge in expected], atol=1e-6)
    assert tasks == 2 * 4 * 5


def test_shards_of_fewer_articles_than_candidates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "ROWS", 2)
    both = vectors(7, 6)
    found = shards.nearest_in_shards(
        lambda some: both[list(some)],
        [0, 1, 2],
        [3, 4, 5],
        tmp_path,
        lambda work, given: iter(work(list(given))),
    )
    assert len(list(found)) == 9
