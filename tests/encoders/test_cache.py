"""The vector cache: it changes nothing but time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from aligner.encoders.cache import VectorCache
from aligner.encoders.protocol import Array
from aligner.encoders.transformer import TransformerEncoder


class CountingModel:
    """Stands in for a model: vectors from the text's letters, and a count of what it was asked."""

    default_prompt_name = None

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get_embedding_dimension(self) -> int:
        return 4

    def encode(self, texts: list[str], **_: object) -> Array:
        self.asked += texts
        rows = np.array([[len(t), t.count("e") + 1, t.count("a"), 1] for t in texts], np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def test_cached_vectors_are_the_same_and_not_asked_again(tmp_path: Path) -> None:
    texts = ["un", "deux", "un", "", "trois"]
    fresh = TransformerEncoder(CountingModel(), "m", None).encode(texts)
    first, second = CountingModel(), CountingModel()
    made = TransformerEncoder(first, "m", VectorCache(tmp_path, "m", "")).encode(texts)
    read = TransformerEncoder(second, "m", VectorCache(tmp_path, "m", "")).encode(texts)
    assert made.tobytes() == read.tobytes() == fresh.tobytes()
    assert sorted(first.asked) == ["", "deux", "trois", "un"]
    assert second.asked == []


def test_another_model_has_its_own_vectors(tmp_path: Path) -> None:
    VectorCache(tmp_path, "a", "").put({"x": np.ones(4, np.float32)})
    assert VectorCache(tmp_path, "b", "").get(["x"], 4) == {}
    assert VectorCache(tmp_path, "a", "other weights").get(["x"], 4) == {}


def test_a_broken_cache_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "vectors.sqlite").write_bytes(b"not a database" * 100)
    cache = VectorCache(tmp_path, "m", "")
    cache.put({"x": np.ones(4, np.float32)})
    assert cache.get(["x"], 4) == {}


@pytest.mark.parametrize("value", [b"", b"abc", b"\0" * 12, b"\xff" * 16, "text", 7, None])
def test_what_is_no_vector_is_computed_again(tmp_path: Path, value: object) -> None:
    asked = CountingModel()
    cache = VectorCache(tmp_path, "m", "")
    vectors = TransformerEncoder(asked, "m", cache).encode(["un"])
    with sqlite3.connect(tmp_path / "vectors.sqlite") as database:
        database.execute("UPDATE vectors SET value = ?", [value])
    again = TransformerEncoder(asked, "m", VectorCache(tmp_path, "m", "")).encode(["un"])
    assert again.tobytes() == vectors.tobytes()
    assert asked.asked == ["un", "un"]
