"""Results kept by what they were made from, so that nothing is done twice and a killed run can go on.

A store is one SQLite file (or is in memory). A result's key is the digest of everything that it depends
on: content, settings, code. So a result is never out of date, only unused; what is committed survives
the death of the process, and what is not is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from aligner.model import InputError
from aligner.storage.marks import mark_cache
from aligner.version import PACKAGE, package_versions, version

logger = logging.getLogger(__name__)

FILE = "results.sqlite"
COLUMNS = ["id", "key", "note", "data"]
WAIT_SECONDS = 60.0
COMMIT_SECONDS = 2.0
"""Results that a killed run loses at most, besides the batches then at work."""
BATCH = 500
"""Keys looked up together; SQLite allows 999 values in a statement."""
KEEP_FACTOR = 4
"""A store that holds more than this many times what a run used forgets the rest."""


class Result(NamedTuple):
    """A stored value: a short note that is read without the rest, and the data.

    ``fault`` says what went wrong; such a result serves this run only, and is computed again in the next.
    """

    note: str
    data: bytes
    fault: str = ""


class Store:
    """Results by key. Raises InputError where the disk is full or the file is damaged."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._used: set[bytes] = set()
        self._pending: dict[bytes, Result] = {}
        self._faulty: dict[bytes, Result] = {}
        self.faults: dict[bytes, str] = {}
        """Faults of this run, by the key of the result or of the article."""
        self._due = time.monotonic() + COMMIT_SECONDS
        # Forgetting waits until nobody else uses the file, who might still want what we do not.
        self._in_use = _shared_lock(path) if path else None
        self._database = sqlite3.connect(path or ":memory:", timeout=WAIT_SECONDS, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")  # WAL keeps what was committed before a crash
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS results "
            "(id INTEGER PRIMARY KEY, key BLOB UNIQUE, note TEXT, data BLOB)"
        )
        columns = [name for _, name, *_ in self._database.execute("PRAGMA table_info(results)")]
        if columns != COLUMNS:
            self.close()
            raise sqlite3.DatabaseError(f"its table has the columns {', '.join(columns)}; delete the file")

    def notes(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, str | None]]:
        """Yield every key with the note kept under it, None where nothing is."""
        for batch in _groups(keys, BATCH):
            note_by_key = dict(
                self._select("key, note", batch, " AND typeof(note) = 'text' AND typeof(data) = 'blob'")
            )
            for recent in (self._pending, self._faulty):
                note_by_key.update((key, recent[key].note) for key in batch if key in recent)
            self._used.update(note_by_key)
            yield from ((key, note_by_key.get(key)) for key in batch)

    def get(self, key: bytes) -> bytes:
        """Return what is kept under a key, without its note; raises KeyError."""
        return self.result(key).data

    def result(self, key: bytes) -> Result:
        """Return what is kept under a key; raises KeyError."""
        for recent in (self._pending, self._faulty):
            if key in recent:
                return recent[key]
        for note, data in self._select("note, data", [key]):
            return Result(note, data)
        raise KeyError(key.hex())

    def put(self, key: bytes, result: Result) -> None:
        """Keep a result; it is committed with others, a few seconds later at the latest."""
        self._used.add(key)
        if result.fault:
            self._faulty[key] = result
            self.faults[key] = result.fault
            return
        self._pending[key] = result
        if len(self._pending) >= BATCH or time.monotonic() >= self._due:
            self.commit()

    def commit(self) -> None:
        """Commit what was put, so that it survives this process."""
        rows = [(key, result.note, result.data) for key, result in self._pending.items()]
        with self._usable():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                self._database.executemany(
                    "INSERT OR REPLACE INTO results (key, note, data) VALUES (?, ?, ?)", rows
                )
                self._database.execute("COMMIT")
            except sqlite3.Error:
                with contextlib.suppress(sqlite3.Error):
                    self._database.execute("ROLLBACK")
                raise
        self._pending.clear()
        self._due = time.monotonic() + COMMIT_SECONDS

    def tidy(self) -> None:
        """Evict results that a completed run did not use, where they are most of the store."""
        self.commit()
        if self.path is None or self._in_use is None:
            return
        with contextlib.suppress(sqlite3.Error):
            (total,) = self._database.execute("SELECT COUNT(*) FROM results").fetchone()
            if total > KEEP_FACTOR * max(len(self._used), 1) and _sole_user(self._in_use):
                self._database.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY)")
                self._database.executemany("INSERT INTO used VALUES (?)", ((key,) for key in self._used))
                self._database.execute("DELETE FROM results WHERE key NOT IN (SELECT key FROM used)")
                self._database.execute("VACUUM")
                logger.info("%d results of %d were forgotten", total - len(self._used), total)

    def close(self) -> None:
        """Commit and release the file."""
        with contextlib.suppress(sqlite3.Error, InputError):
            self.commit()
        with contextlib.suppress(sqlite3.Error):
            self._database.close()
        if self._in_use is not None:
            os.close(self._in_use)
            self._in_use = None

    def _select(self, columns: str, keys: Sequence[bytes], condition: str = "") -> list[Any]:
        marks = ",".join("?" * len(keys))
        with self._usable():
            return self._database.execute(
                f"SELECT {columns} FROM results WHERE key IN ({marks}){condition}", keys
            ).fetchall()

    @contextlib.contextmanager
    def _usable(self) -> Iterator[None]:
        """Turn errors about an unusable database file into InputError with a remedy."""
        try:
            yield
        except sqlite3.Error as error:
            place = self.path or "the store in memory"
            hint = "make room" if "full" in str(error) else "delete it if this happens again"
            raise InputError(
                f"{place}: {error}; {hint}, and run the same command again: what was done is kept"
            ) from error


def open_store(folder: Path | None) -> Store:
    """Open the store in a folder, made if need be; one in memory without a folder, or where that fails."""
    if folder is None:
        return Store()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        mark_cache(folder)
        return Store(folder / FILE)
    except (OSError, ValueError, sqlite3.Error) as error:
        logger.warning("%s: cannot be used to keep results (%s)", folder / FILE, error)
        return Store()


def digest(*parts: str | bytes) -> bytes:
    """Return the key of a result from all that it depends on."""
    hashed = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        hashed.update(b"%d:" % len(data))
        hashed.update(data)
    return hashed.digest()


# Saves 30 ms a call, three calls an article.
@cache
def code_version() -> str:
    """Return what changes when anything that makes results does: our files, and the packages that matter."""
    files = [(str(f.relative_to(PACKAGE)), f.stat()) for f in sorted(PACKAGE.rglob("*")) if f.is_file()]
    parts = [f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in files if "__pycache__" not in name]
    parts += [f"{package} {number}" for package, number in package_versions().items()]
    return hashlib.sha256("\n".join([version(), *parts]).encode()).hexdigest()[:16]


def _groups(keys: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    remaining = iter(keys)
    while group := list(islice(remaining, size)):
        yield group


def _shared_lock(path: Path) -> int | None:
    """Note that the file is in use, as others may; None where the system has no such locks."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o644)
    with contextlib.suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def _sole_user(handle: int) -> bool:
    """Return whether nobody else uses the file, and lock it until it is closed."""
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
