"""Several articles in one file: JSON lines, CSV, TSV; Parquet is in ``parquet``."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from aligner.model import InputError, Skipped
from aligner.readers.decoding import decode
from aligner.readers.formats import BY_NAME
from aligner.readers.sources import MAX_ARTICLE_BYTES, read_lines

FIELDS = ("title", "date", "url", "lang")
LONGEST_FIELD = 1_000
"""Characters of a title or another field that are kept; a longer id gives way to the number of the row."""
LONGEST_NAME = 200
"""Characters of a column's name, or of what another reader says, that are shown."""
LIMIT = f"{MAX_ARTICLE_BYTES // 2**20} MiB"
MOST_UNREAD = 100_000
"""Rows one after another that cannot be read, beyond which the file is given up: it may hold any number."""
_END = "\0end of the table\0"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a container: its file, its id there, its text and what else its row says."""

    file: str
    name: str
    text: str
    metadata: Mapping[str, str]

    @property
    def key(self) -> str:
        """The key of the article, ``PATH#ID``."""
        return f"{self.file}#{self.name}"


def read_rows(path: str, file_format: str, stdin: BinaryIO | None = None) -> Iterator[Row | Skipped]:
    """Yield the articles of a container in order; a row that cannot be used is skipped, with the reason.

    Raises ``InputError`` where the container as a whole cannot be read.
    """
    records: Records = BY_NAME[file_format].reader()(path, stdin)
    unread = 0
    for row in _read_rows(path, file_format, records):
        unread = unread + 1 if isinstance(row, Skipped) else 0
        yield row
        if unread == MOST_UNREAD:
            raise InputError(f"{unread:,} rows one after another cannot be read; correct the file")


def _read_rows(path: str, file_format: str, records: Records) -> Iterator[Row | Skipped]:
    row_by_id: dict[str, int] = {}
    for number, record in records:
        if isinstance(record, str):
            yield _unread(path, str(number), record)
            continue
        name = _word(record.get("id"))
        name = name if 0 < len(name) <= LONGEST_FIELD else str(number)
        if name in row_by_id:
            yield _unread(
                path,
                str(number),
                f"row {number} has the id {name!r} of row {row_by_id[name]} again; give each row its own id",
            )
            continue
        row_by_id[name] = number
        yield _row(path, name, number, record, file_format)


def _unread(path: str, name: str, reason: str) -> Skipped:
    return Skipped(f"{path}#{name}", reason, row=name)


def _row(path: str, name: str, number: int, record: Mapping[str, Any], file_format: str) -> Row | Skipped:
    text = record.get("text")
    if not isinstance(text, str):
        kind = "none" if text is None else f"a {type(text).__name__}"
        return _unread(path, name, f"row {number}: text must be a string, here is {kind}; correct the row")
    fields = {field: _word(record.get(field))[:LONGEST_FIELD] for field in (*FIELDS, "id")}
    metadata = {"format": file_format} | {field: value for field, value in fields.items() if value}
    return Row(path, name, _LONE_SURROGATE.sub("\ufffd", text), metadata)


def _word(value: object) -> str:
    """Return a field of metadata as a string; "" for what is missing."""
    if value is None or isinstance(value, list | dict) or value != value:  # NaN differs from itself
        return ""
    return _LONE_SURROGATE.sub("\ufffd", str(value).strip())


Records = Iterator[tuple[int, dict[str, Any] | str]]


def json_lines(path: str, stdin: BinaryIO | None) -> Records:
    """Yield the records of JSON lines, one object per line."""
    for number, line in enumerate(read_lines(path, stdin), 1):
        if line is None:
            yield (
                number,
                f"line {number} is longer than {LIMIT}; cut it or leave it out",
            )
        elif line.strip():
            yield number, _json_record(number, line)


def _json_record(number: int, line: bytes) -> dict[str, Any] | str:
    try:
        record = json.loads(decode(line)[0])
    except InputError as error:
        return f"line {number}: {error}"
    except ValueError as error:
        return f"line {number} is broken JSON ({error}); correct or remove that line"
    except RecursionError:
        return f"line {number} is nested too deeply to be an article; correct or remove that line"
    if not isinstance(record, dict):
        return f"line {number} is not a JSON object with a text field; correct or remove that line"
    return record


def _table(path: str, stdin: BinaryIO | None, *, tabs: bool) -> Records:
    # The field limit of the csv module is for the whole process and far below a long article.
    csv.field_size_limit(MAX_ARTICLE_BYTES)
    faults: list[str] = []
    lines = _decoded_lines(read_lines(path, stdin), faults)
    header = next(lines, "").removesuffix(_END)
    delimiter = "\t" if tabs else _delimiter(header)
    quoting: Literal[0, 3] = csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL
    try:
        first = next(csv.reader([header], delimiter=delimiter, quoting=quoting), [])
    except csv.Error as error:
        raise InputError(
            f"its first line is broken ({error}); save the table with usual line ends"
        ) from error
    names = [name.strip().lower() for name in first]
    require_one_text(names)
    rows = csv.reader(lines, delimiter=delimiter, quoting=quoting)
    return _table_records(names, rows, faults)


def require_one_text(names: list[str]) -> None:
    """Raise InputError for a table without one column of texts."""
    if names.count("text") != 1:
        listing = ", ".join(name[:LONGEST_NAME] for name in names[:8]) or "none"
        fault = "two columns are" if "text" in names else "no column is"
        raise InputError(
            f"{fault} named text (columns: {listing}); give that name to the column with the articles"
        )


def _decoded_lines(lines: Iterable[bytes | None], faults: list[str]) -> Iterator[str]:
    """Yield the lines as text, and the end mark; errors of a line are appended to ``faults``."""
    for number, line in enumerate(lines, 1):
        try:
            if line is None:
                raise InputError(f"longer than {LIMIT}; cut it or leave it out")
            yield (decode(line)[0] if line else "") + "\n"
        except InputError as error:
            faults.append(f"line {number}: {error}")
            yield "?\n"  # a row of its own, or a part of one: it must not be skipped
    yield _END


def _delimiter(header: str) -> str:
    """Return the delimiter: a comma, or the semicolon that spreadsheets in French write."""
    return ";" if header.count(";") > header.count(",") else ","


def _table_records(names: list[str], rows: Iterable[list[str]], faults: list[str]) -> Records:
    number = 0
    iterator = iter(rows)
    while True:
        number += 1
        try:
            row = next(iterator, [_END])
        except csv.Error as error:
            yield number, f"row {number} is broken ({error}); correct its quotation marks"
            continue
        if row == [_END]:
            return
        if faults:
            yield number, f"row {number} cannot be read: {faults.pop()}"
            faults.clear()
        elif row and row[-1].endswith(_END):
            yield number, f"row {number} opens a quotation mark that nothing closes; correct it"
            return
        elif not row:
            number -= 1
        elif len(row) < len(names) and "text" not in names[: len(row)]:
            yield number, f"row {number} has {len(row)} columns of {len(names)} and no text; correct the row"
        elif any(cell.strip() for cell in row[len(names) :]):
            yield (
                number,
                f"row {number} has {len(row)} cells for {len(names)} columns; put a text that holds the "
                "character between columns in double quotation marks, doubling those in it",
            )
        else:
            yield number, dict(zip(names, row, strict=False))


def comma_separated(path: str, stdin: BinaryIO | None) -> Records:
    """Yield the records of a table with commas or semicolons, quoted where need be."""
    return _table(path, stdin, tabs=False)


def tab_separated(path: str, stdin: BinaryIO | None) -> Records:
    """Yield the records of a table with tabs, which is never quoted."""
    return _table(path, stdin, tabs=True)
