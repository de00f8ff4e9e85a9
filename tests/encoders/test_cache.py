"""The vector cache: it changes nothing but time."""

from __future__ import annotations

import numpy as np

from aligner.encoders.cache import VectorCache
from aligner.encoders.transformer import TransformerEncoder


class CountingModel:
    """Stands in for a model: vectors from the text's letters, and a count of what it was asked."""

    default_prompt_name = None

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get_embedding_dimension(self) -> int:
        return 4

    def encode(self, texts, **_) -> np.ndarray:
        self.asked += texts
        rows = np.array([[len(t), t.count("e") + 1, t.count("a"), 1] for t in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_cached_vectors_are_the_same_and_not_asked_again(tmp_path) -> None:
    texts = ["un", "deux", "un", "", "trois"]
    fresh = TransformerEncoder(CountingModel(), "m", None).encode(texts)
    first, second = CountingModel(), CountingModel()
    made = TransformerEncoder(first, "m", VectorCache(tmp_path, "m", "")).encode(texts)
    read = TransformerEncoder(second, "m", VectorCache(tmp_path, "m", "")).encode(texts)
    assert made.tobytes() == read.tobytes() == fresh.tobytes()
    assert sorted(first.asked) == ["", "deux", "trois", "un"]
    assert second.asked == []


def test_another_model_has_its_own_vectors(tmp_path) -> None:
    VectorCache(tmp_path, "a", "").put({"x": np.ones(4, np.float32)})
    assert VectorCache(tmp_path, "b", "").get(["x"]) == {}
    assert VectorCache(tmp_path, "a", "other weights").get(["x"]) == {}


def test_a_broken_cache_is_ignored(tmp_path) -> None:
    (tmp_path / "vectors.sqlite").write_bytes(b"not a database" * 100)
    cache = VectorCache(tmp_path, "m", "")
    cache.put({"x": np.ones(4, np.float32)})
    assert cache.get(["x"]) == {}
