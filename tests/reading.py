"""Reads articles without a run, for tests of the readers and of what comes after them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from aligner.model import Document, Skipped
from aligner.readers.articles import Row, read_row, unread_articles
from aligner.readers.sources import Other, walk


def read_articles(paths: Sequence[str], *, stdin: BinaryIO | None = None) -> Iterator[Document | Skipped]:
    """Yield every article behind ``paths`` (files, folders, ``-``), in order, each exactly once."""
    for path in walk(paths):
        if isinstance(path, Skipped):
            yield path
        elif not isinstance(path, Other):
            for article in unread_articles(path, stdin=stdin):
                yield read_row(article) if isinstance(article, Row) else article
