"""Vectors kept between runs, by model and by the hash of the text. Losing them costs only time."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from aligner.encoders.protocol import Array

logger = logging.getLogger(__name__)

WAIT_SECONDS = 30.0
AT_ONCE = 500


class VectorCache:
    """One SQLite file for all models; safe to share between processes.

    A cache that cannot be opened or is broken is reported once in the log and then ignored.
    """

    def __init__(self, folder: Path, model: str, fingerprint: str) -> None:
        self._model = f"{model}\n{fingerprint}\n".encode()
        self._database: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(folder / "vectors.sqlite", timeout=WAIT_SECONDS)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB)")
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def get(self, texts: Sequence[str]) -> dict[str, Array]:
        """The vectors that are known, by text."""
        if self._database is None:
            return {}
        keys = {self._key(text): text for text in texts}
        found: dict[str, Array] = {}
        wanted = list(keys)
        try:
            for start in range(0, len(wanted), AT_ONCE):
                part = wanted[start : start + AT_ONCE]
                marks = ",".join("?" * len(part))
                rows = self._database.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)
                found.update((keys[key], np.frombuffer(vector, np.float32)) for key, vector in rows)
        except sqlite3.Error as error:
            self._give_up(error)
        return found

    def put(self, vectors: Mapping[str, Array]) -> None:
        """Keep vectors; a write that fails is no fault of the run."""
        if self._database is None:
            return
        rows = [(self._key(text), vector.tobytes()) for text, vector in vectors.items()]
        try:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._model + text.encode("utf-8", "surrogatepass")).digest()

    def _give_up(self, error: Exception) -> None:
        logger.warning("The vector cache is not used: %s", error)
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
        self._database = None
