"""What a run reads: articles, bitexts, and what could not be read; and how progress is told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from aligner.corpus.cache import FORMATS, ArticleCache
from aligner.model import Bitext, Document, InputError, Skipped
from aligner.text.reading import check_paths, is_bitext, read_articles, read_bitext
from aligner.text.sources import STDIN, file_format, walk

logger = logging.getLogger(__name__)

WORTH_KEEPING = 200
"""Files of a corpus from which its articles are kept: reading so many takes about half a second."""

Progress = Callable[[str, int, int | None], None]
"""Told a stage ("read", "pair" or "check"), how many of its steps are done, and of how many (if known)."""


def silent(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read: articles, texts that are aligned already, and what could not be read."""

    articles: tuple[Document, ...]
    bitexts: tuple[Bitext, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The articles, and both sides of every bitext."""
        return (*self.articles, *(side for bitext in self.bitexts for side in (bitext.fr, bitext.en)))


def read(
    paths: Sequence[str],
    *,
    cache: Path | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress = silent,
) -> Corpus:
    """Read every article and bitext of ``paths``; what cannot be read is kept with its reason.

    In a large corpus, what is read is kept in the folder ``cache`` for the next time. Raises InputError
    if a path does not exist, or nothing at all could be read.
    """
    check_paths(paths)
    articles: list[Document] = []
    bitexts: list[Bitext] = []
    skipped: list[Skipped] = []
    for item in _each_name_once(_read_all(paths, cache, stdin)):
        if isinstance(item, Document):
            articles.append(item)
        elif isinstance(item, Bitext):
            bitexts.append(item)
        else:
            logger.warning("%s: skipped: %s", item.path, item.reason)
            skipped.append(item)
        progress("read", len(articles) + len(bitexts) + len(skipped), None)
    if not articles and not bitexts:
        reason = "none could be read" if skipped else "nothing there is in a format that aligner reads"
        raise InputError(f"no article in {', '.join(paths)}: {reason}")
    logger.info("read %d articles, %d bitexts; %d skipped", len(articles), len(bitexts), len(skipped))
    return Corpus(tuple(articles), tuple(bitexts), tuple(skipped))


def _each_name_once(found: Iterable[Document | Bitext | Skipped]) -> Iterator[Document | Bitext | Skipped]:
    """Skip what a report could not tell apart: bytes of a name that are no UTF-8 are spelt out there."""
    taken: set[str] = set()
    for item in found:
        if isinstance(item, Skipped):
            yield item
            continue
        sides = [item] if isinstance(item, Document) else [item.fr, item.en]
        names = {side.path.encode("utf-8", "backslashreplace").decode("utf-8") for side in sides}
        if names & taken:
            reason = "another article has this name in the report; rename one of them"
            yield Skipped(sides[0].path, reason)
        else:
            taken |= names
            yield item


def _read_all(
    paths: Sequence[str], cache: Path | None, stdin: BinaryIO | None
) -> Iterator[Document | Bitext | Skipped]:
    found = list(walk(paths))
    files = [path for path in found if isinstance(path, str) and path != STDIN]
    aligned = {path: None for path in files if is_bitext(path)}
    kept = ArticleCache(cache) if cache and len(files) >= WORTH_KEEPING else None
    for path in found:
        if isinstance(path, Skipped):
            yield path
        elif kept and path != STDIN and file_format(path) in FORMATS and Path(path).is_file():
            yield from kept.read(path)
        elif path not in aligned:
            yield from read_articles([path], stdin=stdin)
    if kept:
        kept.keep()
    for path in aligned:
        try:
            yield read_bitext(path)
        except InputError as error:
            yield Skipped(path, str(error).removeprefix(f"{path}: "))
