"""What a run reads: articles, bitexts, and what could not be read; and how progress is told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from aligner.model import Bitext, Document, InputError, Skipped
from aligner.readers.articles import check_paths, is_bitext, read_articles, read_bitext
from aligner.readers.sources import STDIN, walk

logger = logging.getLogger(__name__)

SAME_NAME = "another article has this name in the report; rename one of them"

Progress = Callable[[str, int, int | None], None]
"""Told a stage ("read", "pair", "align", "check" or "write"), how many of its steps are done, and of how many
(if known)."""


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
    stdin: BinaryIO | None = None,
    progress: Progress = silent,
) -> Corpus:
    """Read every article and bitext of ``paths``; what cannot be read is kept with its reason.

    Everything stands in memory: for one article, or some. Raises InputError if a path does not exist, or
    nothing at all could be read.
    """
    check_paths(paths)
    articles: list[Document] = []
    bitexts: list[Bitext] = []
    skipped: list[Skipped] = []
    for item in each_name_once(_read_all(paths, stdin)):
        if isinstance(item, Document):
            articles.append(item)
        elif isinstance(item, Bitext):
            bitexts.append(item)
        else:
            logger.warning("%s: skipped: %s", item.path, item.reason)
            skipped.append(item)
        progress("read", len(articles) + len(bitexts) + len(skipped), None)
    if not articles and not bitexts:
        raise nothing_read(paths, skipped)
    logger.info("read %d articles, %d bitexts; %d skipped", len(articles), len(bitexts), len(skipped))
    return Corpus(tuple(articles), tuple(bitexts), tuple(skipped))


def each_name_once(found: Iterable[Document | Bitext | Skipped]) -> Iterator[Document | Bitext | Skipped]:
    """Skip what a report could not tell apart: bytes of a name that are no UTF-8 are spelt out there."""
    taken: set[str] = set()
    for item in found:
        if isinstance(item, Skipped):
            yield item
            continue
        sides = [item] if isinstance(item, Document) else [item.fr, item.en]
        names = {shown_name(side.path) for side in sides}
        if names & taken:
            yield Skipped(sides[0].path, SAME_NAME)
        else:
            taken |= names
            yield item


def shown_name(path: str) -> str:
    """Return the key of an article as a report spells it."""
    return path if path.isascii() else path.encode("utf-8", "backslashreplace").decode("utf-8")


def _read_all(paths: Sequence[str], stdin: BinaryIO | None) -> Iterator[Document | Bitext | Skipped]:
    found = list(walk(paths))
    aligned = aligned_files(found)
    for path in found:
        if isinstance(path, Skipped):
            yield path
        elif path not in aligned:
            yield from read_articles([path], stdin=stdin)
    yield from map(bitext_or_reason, aligned)


def aligned_files(found: Sequence[str | Skipped]) -> dict[str, None]:
    """Those of the files that hold aligned rows, in order."""
    files = (path for path in found if isinstance(path, str) and path != STDIN)
    return {path: None for path in files if is_bitext(path)}


def bitext_or_reason(path: str) -> Bitext | Skipped:
    """Read a file of aligned rows, or say why it cannot be read."""
    try:
        return read_bitext(path)
    except InputError as error:
        return Skipped(path, str(error).removeprefix(f"{path}: "))


def nothing_read(paths: Sequence[str], skipped: Sequence[Skipped]) -> InputError:
    """Return the error of a run that has nothing to work on."""
    reason = "none could be read" if skipped else "nothing there is in a format that aligner reads"
    return InputError(f"no article in {', '.join(paths)}: {reason}")
