"""Reading a corpus of any size: every article into the store, and a ref of it into memory."""

from __future__ import annotations

import json
import logging
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from aligner.keys import stored
from aligner.model import Bitext, Document, InputError, Skipped
from aligner.readers.articles import (
    Row,
    check_paths,
    is_bitext,
    is_container,
    read_bitext,
    read_data,
    read_row,
    unread_articles,
)
from aligner.readers.sources import STDIN, UNOPENED, Other, open_regular, walk
from aligner.run.containing import described, one_by_one
from aligner.run.lazy import ArticleRef, Articles
from aligner.storage.codec import damage_reported, pack_document
from aligner.storage.store import Result, Store, code_version, digest
from aligner.text.words import count_words

logger = logging.getLogger(__name__)

SAME_NAME = "another article has this name in the report; rename one of them"

Progress = Callable[[str, int, int | None], None]
"""Called with a stage ("read", "pair", "align", "check" or "write"), how many of its steps are done, and
of how many (if known)."""


def silent(stage: str, done: int, total: int | None) -> None:
    """Ignore progress."""


WORTH_KEEPING = 200
"""Files from which a corpus is kept on disk: reading so many takes about half a second."""
WORTH_KEEPING_BYTES = 2**20
"""The same in bytes, for corpora in few files."""
LONGEST_FILE = 2**20
"""Bytes of a file from which it is read in place, afresh each time: so long an article is rare."""
FILES_AHEAD = 64
"""Files whose content is looked up together."""

Rows = tuple[tuple[int, int], ...]


class File(NamedTuple):
    """A file of one article, and what it holds: read once, so that it cannot change on the way."""

    path: str
    data: bytes


Task = File | Row
Source = str | Row | Document | Skipped
Made = Result | Skipped


class Run(Protocol):
    """Has a function work on tasks, as an engine does; ``substitute`` gives the results of lost ones."""

    def __call__(
        self,
        work: Callable[[Sequence[Task]], list[Made]],
        tasks: Iterable[Task],
        *,
        substitute: Callable[[Task, Exception], Made],
    ) -> Iterator[Made]:
        """Yield the results in the order of the tasks."""
        ...


@dataclass(frozen=True, slots=True)
class Corpus:
    """The input of a run.

    ``documents`` are ``article_count`` articles, then both sides of every bitext; ``bitexts`` has the rows of
    each as (French segments, English segments). ``other_files`` counts pictures, code and the like.
    """

    documents: Articles
    article_count: int
    bitexts: tuple[Rows, ...]
    skipped: tuple[Skipped, ...]
    other_files: int = 0


def is_large(paths: Sequence[str], ignore: Sequence[str] = ()) -> bool:
    """Return whether a corpus is large enough to be cached on disk, from the names and sizes of its files."""
    size = 0
    for number, path in enumerate(p for p in walk(paths, ignore) if isinstance(p, str) and p != STDIN):
        try:
            size += Path(path).stat().st_size
        except (OSError, ValueError):
            continue
        if number + 1 >= WORTH_KEEPING or size >= WORTH_KEEPING_BYTES:
            return True
    return False


def load_corpus(
    paths: Sequence[str],
    store: Store,
    run: Run,
    *,
    ignore: Sequence[str] = (),
    stdin: BinaryIO | None = None,
    progress: Progress = silent,
) -> Corpus:
    """Read every article and bitext of ``paths`` that the store does not hold yet.

    ``run`` has a function work on tasks and yields its results in order. Raises InputError if a path
    does not exist, or nothing at all could be read.
    """
    check_paths(paths)
    everything = list(walk(paths, ignore))
    readable = [entry for entry in everything if not isinstance(entry, Other)]
    aligned = aligned_files(readable)
    reader = _Reader(store, run, progress)
    reader.read(_sources([path for path in readable if path not in aligned], stdin))
    article_count, bitexts = len(reader.refs), []
    for item in map(bitext_or_reason, aligned):
        if isinstance(item, Bitext) and not (reader.is_new(item.fr) and reader.is_new(item.en)):
            reader.skip(Skipped(item.fr.path, SAME_NAME))
        elif isinstance(item, Bitext):
            bitexts.append(tuple((len(fr), len(en)) for fr, en in item.rows if fr or en))
            reader.add(item.fr)
            reader.add(item.en)
        else:
            reader.skip(item)
    if not reader.refs:
        raise nothing_read(paths, reader.skipped)
    store.commit()
    logger.info("read %d articles, %d bitexts; %d skipped", article_count, len(bitexts), len(reader.skipped))
    articles, other_files = Articles(reader.refs, store), len(everything) - len(readable)
    return Corpus(articles, article_count, tuple(bitexts), tuple(reader.skipped), other_files)


def read_batch(tasks: Sequence[Task]) -> list[Result | Skipped]:
    """Read some articles; this is what workers do."""
    return one_by_one(lambda batch: [_read(task) for task in batch], tasks, _not_read)


def _read(task: Task) -> Result | Skipped:
    return _packed_article(read_data(*task) if isinstance(task, File) else read_row(task))


def _not_read(task: Task, error: Exception) -> Skipped:
    return Skipped(_name(task), described("it could not be read", error))


def _packed_article(article: Document | Skipped) -> Result | Skipped:
    if isinstance(article, Skipped):
        return article
    note = [
        article.path,
        article.language,
        count_words(article.text),
        article.metadata.get("format", ""),
        article.row,
    ]
    return Result(json.dumps(note), pack_document(article))


class _Reader:
    """Takes the articles of a corpus from the store, or has them read; their order is kept."""

    def __init__(self, store: Store, run: Run, progress: Progress) -> None:
        self._store = store
        self._run = run
        self._progress = progress
        self._places: list[ArticleRef | Skipped | None] = []
        self._names: set[str] = set()
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._done = 0

    @property
    def refs(self) -> list[ArticleRef]:
        """The articles that were read."""
        return [place for place in self._places if isinstance(place, ArticleRef)]

    @property
    def skipped(self) -> list[Skipped]:
        """Files that could not be read."""
        return [place for place in self._places if isinstance(place, Skipped)]

    def read(self, sources: Iterable[Source]) -> None:
        """Read all that can be read of the sources."""
        for result in self._run(read_batch, self._unknown(sources), substitute=_not_read):
            place, key = self._waiting.popleft()
            if isinstance(result, Skipped):
                self.skip(result, place)
            else:
                self._keep(key, result, place)

    def add(self, document: Document) -> None:
        """Keep an article that is read already."""
        result = _packed_article(document)
        assert isinstance(result, Result)
        self._keep(digest("read", code_version(), result.data), result)

    def skip(self, skipped: Skipped, place: int | None = None) -> None:
        """Note what cannot be read."""
        level = logging.INFO if skipped.type not in ("", UNOPENED) else logging.WARNING
        logger.log(level, "%s: skipped: %s", skipped.path, skipped.reason)
        self._put(skipped, place)

    def _unknown(self, sources: Iterable[Source]) -> Iterator[Task]:
        """Take what the store holds from there, and yield the rest for reading."""
        opened = (entry for source in sources for entry in _entries_of(source))
        while batch := list(islice(opened, FILES_AHEAD)):
            entries = [entry if self.is_new(entry) else _same_name(entry) for entry in batch]
            keyed = [(entry, _key(entry) if isinstance(entry, File | Row) else b"") for entry in entries]
            notes = dict(self._store.notes(key for _, key in keyed if key))
            for entry, key in keyed:
                if isinstance(entry, Skipped):
                    self.skip(entry)
                elif isinstance(entry, Document):
                    self.add(entry)
                elif note := notes[key]:
                    self._put(_ref(key, note))
                else:
                    self._waiting.append((len(self._places), key))
                    self._places.append(None)
                    yield entry

    def is_new(self, entry: Task | Document | Skipped) -> bool:
        """Return whether a report can distinguish an article from all others before it."""
        if isinstance(entry, Skipped):
            return True
        name = stored(_name(entry))
        count = len(self._names)
        self._names.add(name)
        return len(self._names) > count

    def _keep(self, key: bytes, result: Result, place: int | None = None) -> None:
        self._store.put(key, result)
        self._put(_ref(key, result.note), place)

    def _put(self, article: ArticleRef | Skipped, place: int | None = None) -> None:
        if place is None:
            self._places.append(article)
        else:
            self._places[place] = article
        self._done += 1
        self._progress("read", self._done, None)


def _sources(files: Iterable[str | Skipped], stdin: BinaryIO | None) -> Iterator[Source]:
    """Yield what there is to read: files of one article, rows of containers, and skipped files."""
    for path in files:
        if isinstance(path, str) and is_container(path):
            yield from _articles_of(path, stdin)
        else:
            yield path


def _entries_of(source: Source) -> Iterator[Task | Document | Skipped]:
    """Yield the content of a file; one that is too long or unreadable is handled at once."""
    if not isinstance(source, str):
        yield source
        return
    try:
        with open_regular(source) as file:
            data = file.read(LONGEST_FILE + 1)
        if len(data) <= LONGEST_FILE:
            yield File(source, data)
            return
    except (OSError, InputError):
        pass  # what is wrong with it is said below
    yield from _articles_of(source)


def _articles_of(path: str, stdin: BinaryIO | None = None) -> Iterator[Row | Document | Skipped]:
    """Yield the articles of a file; if reading fails unexpectedly, those before it and the reason."""
    try:
        yield from unread_articles(path, stdin=stdin)
    except Exception as error:  # whatever a file may provoke
        yield Skipped(path, described("it could not be read", error))


def _name(entry: Task | Document | Skipped) -> str:
    return entry.key if isinstance(entry, Row) else entry.path


def _same_name(entry: Task | Document | Skipped) -> Skipped:
    row = entry.name if isinstance(entry, Row) else None if isinstance(entry, File) else entry.row
    return Skipped(_name(entry), SAME_NAME, row=row)


def _key(task: Task) -> bytes:
    """Return what the article in a file or row is kept under."""
    if isinstance(task, File):
        return digest("file", code_version(), task.path, task.data)
    return digest("row", code_version(), task.key, task.text, json.dumps(sorted(task.metadata.items())))


def _ref(key: bytes, note: str) -> ArticleRef:
    with damage_reported():
        path, language, words, form, row = json.loads(note)
    file = path if row is None else sys.intern(path.removesuffix(f"#{row}"))
    return ArticleRef(path, key, language, words, sys.intern(form), file)


def aligned_files(entries: Sequence[str | Skipped]) -> dict[str, None]:
    """Return those of the files that hold aligned rows, in order."""
    files = (path for path in entries if isinstance(path, str) and path != STDIN)
    return {path: None for path in files if is_bitext(path)}


def bitext_or_reason(path: str) -> Bitext | Skipped:
    """Read a file of aligned rows, or say why it cannot be read."""
    try:
        return read_bitext(path)
    except InputError as error:
        return Skipped(path, str(error).removeprefix(f"{path}: "))
    except Exception as error:  # whatever a file may provoke
        return Skipped(path, described("it could not be read", error))


def nothing_read(paths: Sequence[str], skipped: Sequence[Skipped]) -> InputError:
    """Return the error of a run that has nothing to work on."""
    if not paths:
        return InputError("no file or folder is given")
    any_readable = any(not entry.type for entry in skipped)
    reason = "none could be read" if any_readable else "no file there is in a format that aligner reads"
    return InputError(f"no article in {', '.join(paths)}: {reason}")


def warn_of_no_pair(corpus: Corpus) -> None:
    """Log that no pair was found; the reason where all articles are in one language."""
    refs = corpus.documents.refs[: corpus.article_count]
    languages = {ref.language for ref in refs}
    if len(refs) > 1 and languages == {"fr"}:
        logger.warning("no pair found: all %d articles are in French", len(refs))
    elif len(refs) > 1 and languages == {"en"}:
        logger.warning("no pair found: all %d articles are in English", len(refs))
    else:
        logger.warning("no pair found among %d articles", len(refs))
