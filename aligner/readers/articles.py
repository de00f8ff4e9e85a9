"""Reading articles: every input becomes a ``Document``, or a ``Skipped`` with a reason to act on."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import BinaryIO

from aligner.model import Document, InputError, Language, Skipped
from aligner.readers.bitext import is_bitext, read_bitext, read_presegmented
from aligner.readers.formats import BY_NAME, FORMATS, file_format, format_of
from aligner.readers.plain import Content
from aligner.readers.sources import (
    MAX_ARTICLE_BYTES,
    MAX_PACKAGE_BYTES,
    STDIN,
    check_paths,
    list_files,
    read_bytes,
)
from aligner.readers.tables import FIELDS, Row, read_rows
from aligner.text.structure import make_document

__all__ = [
    "FORMATS",
    "Row",
    "check_paths",
    "is_bitext",
    "is_container",
    "list_files",
    "read_article",
    "read_bitext",
    "read_data",
    "read_presegmented",
    "read_row",
    "unread_articles",
]

_HINT = re.compile(r"(?:^|[^a-z])(fr|en|french|english|francais|français|anglais)(?:[^a-z]|$)")


def read_article(path: str, *, stdin: BinaryIO | None = None) -> Document:
    """Read the one article in a file. Raises ``InputError`` with the reason where there is not just one."""
    articles = list(unread_articles(path, stdin=stdin))
    if len(articles) != 1:
        raise InputError(
            f"{path}: holds {len(articles)} articles where one is wanted; give a file with one article"
        )
    article = read_row(articles[0]) if isinstance(articles[0], Row) else articles[0]
    if isinstance(article, Skipped):
        raise InputError(f"{article.path}: {article.reason}")
    return article


def is_container(path: str) -> bool:
    """Return whether a file holds many articles, by its name; standard input may."""
    form = format_of(path)
    return path == STDIN or (form is not None and form.holds == "articles")


def unread_articles(path: str, *, stdin: BinaryIO | None = None) -> Iterator[Row | Document | Skipped]:
    """Yield the rows of a container for ``read_row`` to read, or the one article of any other file.

    What cannot be read is a ``Skipped`` with the reason; no InputError leaves it.
    """
    try:
        kind = file_format(path)
        if path == STDIN and stdin is not None:
            kind, stdin = _standard_input(stdin)
        if is_bitext(path):
            raise InputError("aligned text, not an article; give the file by itself to have its rows checked")
        if kind and BY_NAME[kind].holds == "articles":
            yield from read_rows(path, kind, stdin)
        else:
            yield _from_file(path, kind or "txt", stdin)
    except InputError as error:
        yield Skipped(path, str(error))


def read_data(path: str, data: bytes) -> Document | Skipped:
    """Read the article of a file from what the file holds."""
    try:
        return _from_file(path, file_format(path) or "txt", data=data)
    except InputError as error:
        return Skipped(path, str(error))


def read_row(row: Row) -> Document | Skipped:
    """Read the article in a row of a container."""
    metadata = dict(row.metadata)
    metadata["sha256"] = hashlib.sha256(row.text.encode()).hexdigest()
    metadata["row"] = row.name
    try:
        return make_document(row.key, row.text, metadata, _hint(row.file, metadata))
    except InputError as error:
        return Skipped(row.key, str(error), row=row.name)


def _standard_input(stdin: BinaryIO) -> tuple[str, BinaryIO]:
    """Detect JSON lines or plain text by the first line; return the format and a stream from the start."""
    data = stdin.read()
    try:
        first = json.loads(data.lstrip().partition(b"\n")[0])
    except (ValueError, RecursionError):
        first = None
    return ("jsonl" if isinstance(first, dict) and "text" in first else "txt"), io.BytesIO(data)


def _from_file(path: str, kind: str, stdin: BinaryIO | None = None, data: bytes | None = None) -> Document:
    form = BY_NAME[kind]
    data = read_bytes(path, stdin, data, MAX_PACKAGE_BYTES if form.pictures else MAX_ARTICLE_BYTES)
    if not data.strip():
        raise InputError("the file is empty; fill it or leave it out")
    content: Content = form.reader()(data)
    if len(content.text) > MAX_ARTICLE_BYTES:
        raise InputError("its text is too long for one article; split it into several files")
    metadata = {"format": kind, "encoding": content.encoding, "sha256": hashlib.sha256(data).hexdigest()}
    metadata |= {field: value for field, value in content.metadata.items() if field in (*FIELDS, "id")}
    return make_document(path, content.text, metadata, _hint(path, metadata))


def _hint(path: str, metadata: Mapping[str, str]) -> Language | None:
    """Return the language that a column, the file's name or the folder nearest to it indicates."""
    for source in (metadata.get("lang", ""), *reversed(PurePath(path).parts)):
        match = _HINT.search(source.lower())
        if match:
            return "en" if match.group(1) in ("en", "english", "anglais") else "fr"
    return None
