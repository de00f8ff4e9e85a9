"""What a run reads: articles, bitexts, and what could not be read; and how progress is told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from aligner.model import Bitext, Document, InputError, Skipped
from aligner.text.reading import check_paths, is_bitext, list_files, read_articles, read_bitext
from aligner.text.sources import STDIN

logger = logging.getLogger(__name__)

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


def read(paths: Sequence[str], *, stdin: BinaryIO | None = None, progress: Progress = silent) -> Corpus:
    """Read every article and bitext of ``paths``; what cannot be read is kept with its reason.

    Raises InputError if a path does not exist, or nothing at all could be read.
    """
    check_paths(paths)
    articles: list[Document] = []
    bitexts: list[Bitext] = []
    skipped: list[Skipped] = []
    for item in _read_all(paths, stdin):
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


def _read_all(paths: Sequence[str], stdin: BinaryIO | None) -> Iterator[Document | Bitext | Skipped]:
    aligned = [path for path in list_files(paths) if path != STDIN and is_bitext(path)]
    for item in read_articles(paths, stdin=stdin):
        if item.path not in aligned:
            yield item
    for path in aligned:
        try:
            yield read_bitext(path)
        except InputError as error:
            yield Skipped(path, str(error).removeprefix(f"{path}: "))
