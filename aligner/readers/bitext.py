"""Text that comes with its alignment: translation memories, tables of two columns, one sentence per line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from aligner.model import LANGUAGES, Bitext, Document, InputError, Language, Segment
from aligner.readers.decoding import decode
from aligner.readers.formats import file_format, format_of
from aligner.readers.sources import MAX_ARTICLE_BYTES, chunks, read_bytes, read_lines
from aligner.text.language import identify
from aligner.text.paragraphs import strip_span

_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_INLINE_CODES = frozenset(("bpt", "ept", "ph", "it", "ut", "sub"))  # hold marks of another format, no text
_LINE_END = re.compile(r"\r?\n")


def is_bitext(path: str) -> bool:
    """Return whether a file holds aligned rows: a ``.tmx``, or a ``.tsv`` with columns ``fr`` and ``en``."""
    form = format_of(path)
    if form is None or form.name != "tsv":
        return form is not None and form.holds == "bitext"
    try:
        return set(LANGUAGES) <= set(columns(next(read_lines(path), None)))
    except InputError:
        return False


def read_bitext(path: str) -> Bitext:
    """Read aligned rows into two documents, ``PATH#fr`` and ``PATH#en``, their rows joined by new lines.

    Row ``i`` is paragraph ``i`` of both. Raises ``InputError`` where the file cannot be read or has no row.
    """
    try:
        rows = list(bitext_rows(path))
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    if not any(fr or en for fr, en in rows):
        raise InputError(
            f"{path}: no aligned row; a .tsv needs columns fr and en, a .tmx units in both languages"
        )
    return make_bitext(path, rows)


def bitext_rows(path: str, lines: Iterable[bytes | None] | None = None) -> Iterator[tuple[str, str]]:
    """Yield the rows ``(fr, en)`` of a file, or of the ``lines`` of a table; an empty line is an empty row.

    Raises ``InputError`` where it cannot be read or is no bitext.
    """
    form = format_of(path)
    if lines is None and form is not None and form.holds == "bitext":
        rows: Iterator[tuple[str, str]] = form.reader()(path)
        return rows
    return _tsv_rows(read_lines(path) if lines is None else lines)


def make_bitext(path: str, rows: Sequence[tuple[str, str]]) -> Bitext:
    """Make two documents, ``PATH#fr`` and ``PATH#en``, of rows ``(fr, en)``; a side of a row may be empty."""
    fr, fr_rows = make_side(path, "fr", [row[0] for row in rows])
    en, en_rows = make_side(path, "en", [row[1] for row in rows])
    return Bitext(fr, en, tuple(zip(fr_rows, en_rows, strict=True)))


def read_presegmented(path: str, language: Language) -> Document:
    """Read a text with one sentence a line; every line is a body segment, an empty one too.

    Raises ``InputError`` where the file cannot be read.
    """
    try:
        data = read_bytes(path)
        text, encoding = decode(data) if data else ("", "utf-8")
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    segments: list[Segment] = []
    start = 0
    while start < len(text):
        end = _LINE_END.search(text, start)
        line = text[start : end.start() if end else len(text)]
        segments.append(
            Segment(line, start, start + len(line), len(segments), "body", identify(line, language))
        )
        start = end.end() if end else len(text)
    metadata = {"format": "txt", "encoding": encoding, "sha256": hashlib.sha256(data).hexdigest()}
    return Document(path, language, text, tuple(segments), metadata)


def make_side(
    path: str, language: Language, rows: Sequence[str]
) -> tuple[Document, list[tuple[Segment, ...]]]:
    """Make a document of rows joined by new lines, and give the segment of each row, if it is not empty."""
    text = "\n".join(rows)
    by_row: list[tuple[Segment, ...]] = []
    start = 0
    for number, row in enumerate(rows):
        span = strip_span(text, start, start + len(row))
        start += len(row) + 1
        if span is None:
            by_row.append(())
        else:
            piece = text[slice(*span)]
            by_row.append((Segment(piece, *span, number, "body", identify(piece, language)),))
    metadata = {
        "format": file_format(path),
        "rows": "aligned",
        "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "row": language,
    }
    segments = tuple(segment for row in by_row for segment in row)
    return Document(f"{path}#{language}", language, text, segments, metadata), by_row


def columns(header: bytes | None) -> list[str]:
    """Return the names in the first line of a table, in lower case."""
    return [name.strip().lower() for name in decode(header)[0].split("\t")] if header else []


def _tsv_rows(lines: Iterable[bytes | None]) -> Iterator[tuple[str, str]]:
    remaining = iter(lines)
    names = columns(next(remaining, None))
    if not set(LANGUAGES) <= set(names):
        raise InputError(
            f"no columns fr and en in its first line (columns: {', '.join(names[:8]) or 'none'})"
        )
    if repeated := [language for language in LANGUAGES if names.count(language) > 1]:
        raise InputError(f"two columns are named {repeated[0]}; give one of them another name")
    places = [names.index(language) for language in LANGUAGES]
    for number, line in enumerate(remaining, 2):
        if line is None:
            raise InputError(f"line {number} is too long; cut it")
        cells = decode(line)[0].split("\t") if line else []
        if any(cell.strip() for cell in cells[len(names) :]):
            raise InputError(
                f"line {number} has {len(cells)} cells for {len(names)} columns; no text may hold the TAB "
                "that is between columns: put a blank in its place, or leave the line out"
            )
        fr, en = (cells[place] if place < len(cells) else "" for place in places)
        yield fr, en


TOO_LONG = f"a segment is longer than {MAX_ARTICLE_BYTES // 2**20} MiB; cut it or leave it out"


def tmx_rows(path: str) -> Iterator[tuple[str, str]]:
    """Yield the rows ``(fr, en)`` of a translation memory. Raises ``InputError`` for broken XML."""
    parser: Any = ElementTree.XMLPullParser(("end",))  # its generic type says nothing here
    try:
        pending = 0
        for piece in chunks(path):
            parser.feed(piece)
            pending += len(piece)
            for row in _units(parser):
                if max(map(len, row)) > MAX_ARTICLE_BYTES:
                    raise InputError(TOO_LONG)
                pending = 0
                yield row
            if pending > 2 * MAX_ARTICLE_BYTES:
                raise InputError(TOO_LONG)
        parser.close()
        yield from _units(parser)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        # ParseError also where entities swell; the others where its encoding is unknown, or it is too deep.
        reason = str(error) or type(error).__name__
        raise InputError(f"broken XML ({reason}); export the translation memory again") from error


def _units(parser: Any) -> Iterator[tuple[str, str]]:
    for _, element in parser.read_events():
        if _local(element) != "tu":
            continue
        sides: dict[str, list[str]] = {"fr": [], "en": []}
        for variant in element:
            if _local(variant) != "tuv":
                continue
            language = (variant.get(_XML_LANGUAGE) or variant.get("lang") or "")[:2].lower()
            segment = next((child for child in variant if _local(child) == "seg"), None)
            text = " ".join(_text(segment).split("\n")).strip() if segment is not None else ""
            if language in sides and text and text not in sides[language]:
                sides[language].append(text)
        element.clear()
        # Several variants in one language are rows of their own, beside the first in the other.
        fr, en = (texts or [""] for texts in sides.values())
        if fr[0] or en[0]:
            yield from [
                (fr[0], en[0]),
                *((text, en[0]) for text in fr[1:]),
                *((fr[0], text) for text in en[1:]),
            ]


def _local(element: ElementTree.Element) -> str:
    """Name of an element without its namespace, which some exporters declare and TMX 1.4 does not have."""
    return str(element.tag).rpartition("}")[2]


def _text(element: ElementTree.Element) -> str:
    """Return the text of a segment without the inline codes of its source format."""
    leading = element.text or "" if _local(element) not in _INLINE_CODES else ""
    children = (
        ""
        if _local(element) in _INLINE_CODES
        else "".join(_text(child) + (child.tail or "") for child in element)
    )
    return leading + children
