"""Values kept in a file between runs, of which the loss costs only time."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from aligner.storage.marks import mark_cache

logger = logging.getLogger(__name__)

WAIT_SECONDS = 30.0
BATCH = 500
"""Keys looked up together; SQLite allows 999 values in a statement."""


class CacheFile:
    """Values by key in the SQLite file ``folder/NAME.sqlite``, opened on first use; processes may share it.

    A file that cannot be opened, is broken or stays locked is reported once in the log and then ignored:
    nothing is found in it, and nothing is kept. ``name`` is a plain word.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}.sqlite"
        self._table = name
        self._database: sqlite3.Connection | None = None
        self._given_up = False

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the cached values by key."""
        values: dict[bytes, bytes] = {}
        database = self._open()
        if database is None:
            return values
        remaining = iter(keys)
        try:
            while batch := list(islice(remaining, BATCH)):
                marks = ",".join("?" * len(batch))
                rows = database.execute(f"SELECT key, value FROM {self._table} WHERE key IN ({marks})", batch)
                values.update((key, value) for key, value in rows if isinstance(value, bytes))
        except sqlite3.Error as error:
            self._give_up(error)
        return values

    def put(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep values, each by its key; a write that fails is no fault of the run."""
        database = self._open()
        if database is None:
            return
        try:
            with database:
                database.executemany(
                    f"INSERT OR REPLACE INTO {self._table} (key, value) VALUES (?, ?)", values
                )
        except sqlite3.Error as error:
            self._give_up(error)

    def close(self) -> None:
        """Close the file; it is opened again when it is used again."""
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
        self._database = None

    def _open(self) -> sqlite3.Connection | None:
        if self._database is None and not self._given_up:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                mark_cache(self._path.parent)
                self._database = sqlite3.connect(self._path, timeout=WAIT_SECONDS)
                self._database.execute("PRAGMA journal_mode=WAL")
                self._database.execute("PRAGMA synchronous=NORMAL")
                self._database.execute(
                    f"CREATE TABLE IF NOT EXISTS {self._table} (key BLOB PRIMARY KEY, value BLOB)"
                )
            except (OSError, ValueError, sqlite3.Error) as error:
                self._give_up(error)
        return self._database

    def _give_up(self, error: Exception) -> None:
        logger.warning("Nothing is kept in %s: %s", self._path, error)
        self._given_up = True
        self.close()
