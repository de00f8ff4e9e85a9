"""Reading a corpus of any size: every article into the store, and a card of it into memory."""

from __future__ import annotations

import hashlib
import json
import logging
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from aligner.corpus.codec import pack_document
from aligner.corpus.reading import Progress, aligned_files, bitext_or_reason, nothing_read, silent
from aligner.corpus.shelf import Articles, Card
from aligner.corpus.store import Result, Store, code_version, digest
from aligner.model import Bitext, Document, Skipped
from aligner.text.reading import Row, check_paths, is_container, read_articles, read_row, unread_articles
from aligner.text.sources import MAX_ARTICLE_BYTES, STDIN, walk
from aligner.text.words import count_words

logger = logging.getLogger(__name__)

WORTH_KEEPING = 200
"""Files from which a corpus is kept on disk: reading so many takes about half a second."""
WORTH_KEEPING_BYTES = 2**20
"""The same in bytes, for corpora in few files."""
FILES_AHEAD = 512
"""Files whose content is looked up together."""

Rows = tuple[tuple[int, int], ...]


class Read(NamedTuple):
    """An article that a worker has read, as it is kept; ``content`` is the digest of its file after that."""

    content: bytes
    result: Result


Task = str | Row
Source = Task | Document | Skipped
Run = Callable[[Callable[[Sequence[Task]], "list[Read | Skipped]"], Iterable[Task]], "Iterator[Read | Skipped]"]


@dataclass(frozen=True, slots=True)
class Stock:
    """What a run works on.

    ``documents`` are ``free`` articles, then both sides of every bitext, the rows of which are given as
    (French segments, English segments).
    """

    documents: Articles
    free: int
    bitexts: tuple[Rows, ...]
    skipped: tuple[Skipped, ...]


def is_large(paths: Sequence[str]) -> bool:
    """Tell whether a corpus is large enough to be kept on disk, from the names and sizes of its files."""
    size = 0
    for number, path in enumerate(p for p in walk(paths) if isinstance(p, str) and p != STDIN):
        try:
            size += Path(path).stat().st_size
        except OSError:
            continue
        if number + 1 >= WORTH_KEEPING or size >= WORTH_KEEPING_BYTES:
            return True
    return False


def take_stock(
    paths: Sequence[str],
    store: Store,
    run: Run,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress = silent,
) -> Stock:
    """Read every article and bitext of ``paths`` that the store does not hold yet.

    ``run`` has a function work on tasks and yields its results in order. Raises InputError if a path
    does not exist, or nothing at all could be read.
    """
    check_paths(paths)
    found = list(walk(paths))
    aligned = aligned_files(found)
    reader = _Reader(store, run, progress)
    reader.read(_sources([path for path in found if path not in aligned], stdin))
    free, bitexts = len(reader.cards), []
    for item in map(bitext_or_reason, aligned):
        if isinstance(item, Bitext):
            bitexts.append(tuple((len(fr), len(en)) for fr, en in item.rows if fr or en))
            reader.add(item.fr)
            reader.add(item.en)
        else:
            reader.skip(item)
    if not reader.cards:
        raise nothing_read(paths, reader.skipped)
    store.commit()
    logger.info("read %d articles, %d bitexts; %d skipped", free, len(bitexts), len(reader.skipped))
    return Stock(Articles(reader.cards, store), free, tuple(bitexts), tuple(reader.skipped))


def read_batch(tasks: Sequence[Task]) -> list[Read | Skipped]:
    """Read some articles, given as files or as rows of a container; this is what workers do."""
    return [_read_file(task) if isinstance(task, str) else _packed(read_row(task)) for task in tasks]


def _read_file(path: str) -> Read | Skipped:
    read = _packed(next(read_articles([path])))
    return read if isinstance(read, Skipped) else read._replace(content=content_digest(path))


def _packed(found: Document | Skipped) -> Read | Skipped:
    if isinstance(found, Skipped):
        return found
    note = [found.path, found.language, count_words(found.text), found.metadata.get("format", "")]
    return Read(b"", Result(json.dumps(note), pack_document(found)))


def content_digest(path: str) -> bytes:
    """Return the digest of a file's bytes; none for one that is too long, cannot be read or never ends."""
    try:
        known = Path(path).stat()
        if not stat.S_ISREG(known.st_mode) or known.st_size > MAX_ARTICLE_BYTES:
            return b""
        return hashlib.sha256(Path(path).read_bytes()).digest()
    except OSError:
        return b""


class _Reader:
    """Takes the articles of a corpus from the store, or has them read; their order is kept."""

    def __init__(self, store: Store, run: Run, progress: Progress) -> None:
        self._store = store
        self._run = run
        self._progress = progress
        self._places: list[Card | Skipped | None] = []
        self._waiting: deque[tuple[int, bytes, bytes]] = deque()
        self._done = 0

    @property
    def cards(self) -> list[Card]:
        """The articles that were read."""
        return [place for place in self._places if isinstance(place, Card)]

    @property
    def skipped(self) -> list[Skipped]:
        """What could not be read."""
        return [place for place in self._places if isinstance(place, Skipped)]

    def read(self, sources: Iterable[Source]) -> None:
        """Read all that can be read of the sources."""
        for read in self._run(read_batch, self._unknown(sources)):
            place, key, content = self._waiting.popleft()
            if isinstance(read, Skipped):
                self.skip(read, place)
                continue
            # A file that changed under our eyes must not be kept under the name of what it held before.
            unchanged = content == read.content and key
            self._keep(key if unchanged else digest("changed", read.result.data), read.result, place)

    def add(self, document: Document, place: int | None = None) -> None:
        """Keep an article that is read already."""
        packed = _packed(document)
        assert isinstance(packed, Read)
        self._keep(digest("given", packed.result.data), packed.result, place)

    def skip(self, skipped: Skipped, place: int | None = None) -> None:
        """Note what cannot be read."""
        logger.warning("%s: skipped: %s", skipped.path, skipped.reason)
        self._put(skipped, place)

    def _unknown(self, sources: Iterable[Source]) -> Iterator[Task]:
        """Take what the store holds from there, and yield the rest for reading."""
        rest = iter(sources)
        while some := list(islice(rest, FILES_AHEAD)):
            keyed = [(source, *_key(source)) for source in some]
            notes = dict(self._store.notes(key for _, key, _ in keyed if key))
            for source, key, content in keyed:
                if isinstance(source, Skipped):
                    self.skip(source)
                elif isinstance(source, Document):
                    self.add(source)
                elif note := notes.get(key):
                    self._put(_card(key, note))
                else:
                    self._waiting.append((len(self._places), key, content))
                    self._places.append(None)
                    yield source

    def _keep(self, key: bytes, result: Result, place: int | None) -> None:
        self._store.put(key, result)
        self._put(_card(key, result.note), place)

    def _put(self, found: Card | Skipped, place: int | None = None) -> None:
        if place is None:
            self._places.append(found)
        else:
            self._places[place] = found
        self._done += 1
        self._progress("read", self._done, None)


def _sources(found: Iterable[str | Skipped], stdin: BinaryIO | None) -> Iterator[Source]:
    """What there is to read: files of one article, rows of containers, and what is no use."""
    for path in found:
        if isinstance(path, str) and is_container(path):
            yield from unread_articles(path, stdin=stdin)
        else:
            yield path


def _key(source: Source) -> tuple[bytes, bytes]:
    """Return the key of what is still to be read, and the digest of its content, where they can be told."""
    if isinstance(source, Row):
        metadata = json.dumps(sorted(source.metadata.items()))
        return digest("row", code_version(), source.key, source.text, metadata), b""
    content = content_digest(source) if isinstance(source, str) else b""
    return (digest("file", code_version(), source, content), content) if content else (b"", b"")


def _card(key: bytes, note: str) -> Card:
    path, language, words, form = json.loads(note)
    return Card(path, key, language, words, sys.intern(form))
