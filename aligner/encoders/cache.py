"""Vectors kept between runs, by model, what runs it and the hash of the text. Losing them costs only time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from aligner.encoders.protocol import Array
from aligner.storage.cache import CacheFile
from aligner.version import model_versions


class VectorCache:
    """One file for all models; safe to share between processes, and ignored where it is broken."""

    def __init__(self, folder: Path, model: str, fingerprint: str) -> None:
        self._model = f"{model}\n{fingerprint}\n{model_versions()}\n".encode()
        self._file = CacheFile(folder, "vectors")

    def get(self, texts: Sequence[str], dimension: int) -> dict[str, Array]:
        """Return the cached vectors, each of shape (d,), by text; damaged entries are left out."""
        keys = {self._key(text): text for text in texts}
        size = dimension * np.dtype(np.float32).itemsize
        cached = {keys[key]: value for key, value in self._file.get(keys).items() if len(value) == size}
        vectors = {text: np.frombuffer(value, np.float32) for text, value in cached.items()}
        return {text: vector for text, vector in vectors.items() if np.isfinite(vector).all()}

    def put(self, vectors: Mapping[str, Array]) -> None:
        """Keep vectors."""
        self._file.put((self._key(text), vector.tobytes()) for text, vector in vectors.items())

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._model + text.encode("utf-8", "surrogatepass")).digest()
