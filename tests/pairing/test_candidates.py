"""The two ways of finding candidates."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.encoders.protocol import unit
from aligner.pairing import candidates


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
    en = unit(fr + vectors(4, 400) * 0.3)
    exact = candidates.nearest(fr, en)
    monkeypatch.setattr(candidates, "EXACT_UP_TO", 100)
    first, second = candidates.nearest(fr, en), candidates.nearest(fr, en)
    assert first == second
    assert {(i, i) for i in range(400)} <= {(i, j) for i, j, _ in first}
    cosines = {(i, j): cosine for i, j, cosine in exact}
    assert all(abs(cosines[i, j] - c) < 1e-5 for i, j, c in first if (i, j) in cosines)
