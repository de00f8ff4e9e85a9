"""The rows to be graded, one at a time: of a table, a translation memory, two texts, or a single one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import BinaryIO, NamedTuple

from aligner.model import LANGUAGES, InputError, Language
from aligner.readers.bitext import bitext_rows, columns
from aligner.readers.decoding import decode
from aligner.readers.formats import FORMATS, file_format
from aligner.readers.sources import STDIN, check_paths, read_lines
from aligner.text.language import nearer

LOOKED_AT = 200
"""Lines of a single text by which its language is recognised."""
TABULAR = frozenset({"tsv", *(row.name for row in FORMATS if row.holds == "bitext")})
"""Formats of files with both languages."""


class Row(NamedTuple):
    """A French and an English text that shall match; None for a side that is not there."""

    fr: str | None
    en: str | None


def read_rows(
    paths: Sequence[str], *, language: Language | None = None, stdin: BinaryIO | None = None
) -> Iterator[Row]:
    """Yield the rows of a bitext (``.tsv``, ``.tmx``, ``.po``, ...), of two texts ``FR EN``, or of one text.

    ``-`` is standard input: a table if its first line names columns fr and en, else a text. ``language``
    is that of one text, where it cannot be recognised from its lines. Raises InputError, while reading
    where need be: a file cannot be read, is no bitext, or two texts differ in their number of lines.
    """
    check_paths(paths)
    if len(paths) > 2:
        raise InputError(f"{len(paths)} files were given; grade takes a bitext, or two texts FR EN, or one")
    if len(paths) == 2:
        return _two_texts(paths[0], paths[1], stdin)
    return _one_file(paths[0], language, stdin)


def _one_file(path: str, language: Language | None, stdin: BinaryIO | None) -> Iterator[Row]:
    try:
        if path != STDIN and file_format(path) in TABULAR:
            yield from (Row(*row) for row in bitext_rows(path))
            return
        lines = read_lines(path, stdin)
        first = next(lines, None)
        if path == STDIN and set(LANGUAGES) <= set(columns(first)):
            yield from (Row(*row) for row in bitext_rows(path, chain([first], lines)))
            return
        yield from _one_text(_decoded_lines(chain([first] if first is not None else [], lines)), language)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def _one_text(lines: Iterator[str], language: Language | None) -> Iterator[Row]:
    head = list(islice(lines, LOOKED_AT))
    language = language or _language(head)
    for line in chain(head, lines):
        yield Row(line, None) if language == "fr" else Row(None, line)


def _two_texts(fr: str, en: str, stdin: BinaryIO | None) -> Iterator[Row]:
    for number, sides in enumerate(zip_longest(_lines(fr, stdin), _lines(en, stdin)), 1):
        if None in sides:
            short, long = (fr, en) if sides[0] is None else (en, fr)
            raise InputError(f"{short} has {number - 1} lines and {long} more; line must correspond to line")
        yield Row(*sides)


def _lines(path: str, stdin: BinaryIO | None) -> Iterator[str]:
    try:
        yield from _decoded_lines(read_lines(path, stdin))
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def _decoded_lines(lines: Iterator[bytes | None]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if line is None:
            raise InputError(f"line {number} is too long; cut it")
        yield decode(line)[0] if line else ""


def _language(lines: Sequence[str]) -> Language:
    """Return the language of most lines."""
    votes = Counter(nearer(line) for line in lines if line.strip())
    return "fr" if votes["fr"] > votes["en"] else "en"
