"""Articles that stand together in one file: JSON lines, CSV, TSV and Parquet tables."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from aligner.model import InputError, Skipped
from aligner.text.decoding import decode
from aligner.text.sources import MAX_ARTICLE_BYTES, read_bytes, read_lines

FIELDS = ("title", "date", "url", "lang")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a container: its key ``PATH#ID``, its text and what else its row says."""

    key: str
    text: str
    metadata: Mapping[str, str]


def read_rows(path: str, file_format: str, stdin: BinaryIO | None = None) -> Iterator[Row | Skipped]:
    """Yield the articles of a container in order; a row that cannot be used is skipped, with the reason.

    Raises ``InputError`` where the container as a whole cannot be read.
    """
    records = _READERS[file_format](path, stdin)
    seen: dict[str, int] = {}
    for number, record in records:
        if isinstance(record, str):
            yield Skipped(f"{path}#{number}", record)
            continue
        name = _word(record.get("id")) or str(number)
        key = f"{path}#{name}"
        if name in seen:
            yield Skipped(
                f"{path}#{number}",
                f"row {number} has the id {name!r} of row {seen[name]} again; give each row its own id",
            )
            continue
        seen[name] = number
        yield _row(key, number, record, file_format)


def _row(key: str, number: int, record: Mapping[str, Any], file_format: str) -> Row | Skipped:
    text = record.get("text")
    if not isinstance(text, str):
        held = "none" if text is None else f"a {type(text).__name__}"
        return Skipped(key, f"row {number}: text must be a string, here is {held}; correct the row")
    fields = {name: _word(record.get(name)) for name in (*FIELDS, "id")}
    metadata = {"format": file_format} | {name: value for name, value in fields.items() if value}
    return Row(key, _LONE_SURROGATE.sub("\ufffd", text), metadata)


def _word(value: object) -> str:
    """A field of metadata as a string; '' for what is missing."""
    if value is None or isinstance(value, list | dict) or value != value:  # NaN differs from itself
        return ""
    return _LONE_SURROGATE.sub("\ufffd", str(value).strip())


Records = Iterator[tuple[int, dict[str, Any] | str]]


def _json_lines(path: str, stdin: BinaryIO | None) -> Records:
    for number, line in enumerate(read_lines(path, stdin), 1):
        if line is None:
            yield (
                number,
                f"line {number} is longer than {MAX_ARTICLE_BYTES // 2**20} MiB; cut it or leave it out",
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
    lines = (decode(line)[0] + "\n" if line else "\n" for line in read_lines(path, stdin))
    header = next(lines, "")
    delimiter = "\t" if tabs else _delimiter(header)
    quoting: Literal[0, 3] = csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL
    names = [
        name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter, quoting=quoting), [])
    ]
    if "text" not in names:
        shown = ", ".join(names[:8]) or "none"
        raise InputError(
            f"no column is named text (columns: {shown}); name the column with the articles text"
        )
    rows = csv.reader(lines, delimiter=delimiter, quoting=quoting)
    return _table_records(names, rows)


def _delimiter(header: str) -> str:
    """Commas by default; spreadsheets in French write semicolons."""
    return ";" if header.count(";") > header.count(",") else ","


def _table_records(names: list[str], rows: Iterable[list[str]]) -> Records:
    number = 0
    iterator = iter(rows)
    while True:
        number += 1
        try:
            row = next(iterator, None)
        except csv.Error as error:
            yield number, f"row {number} is broken ({error}); correct its quotation marks"
            continue
        if row is None:
            return
        if not row:
            number -= 1
        elif len(row) < len(names) and "text" not in names[: len(row)]:
            yield number, f"row {number} has {len(row)} columns of {len(names)} and no text; correct the row"
        else:
            yield number, dict(zip(names, row, strict=False))


def _comma_separated(path: str, stdin: BinaryIO | None) -> Records:
    return _table(path, stdin, tabs=False)


def _tab_separated(path: str, stdin: BinaryIO | None) -> Records:
    return _table(path, stdin, tabs=True)


def _parquet(path: str, stdin: BinaryIO | None) -> Records:
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise InputError("reading .parquet needs pyarrow: pip install 'aligner-fr-en[parquet]'") from error
    source = arrow.BufferReader(read_bytes(path, stdin)) if path.lower().endswith(".gz") else path
    try:
        table = parquet.ParquetFile(source)
    except (arrow.ArrowInvalid, OSError) as error:
        raise InputError(f"not a Parquet file that can be read ({error}); write it again") from error
    names = list(table.schema_arrow.names)
    if "text" not in names:
        raise InputError(
            f"no column is named text (columns: {', '.join(names[:8])}); rename the right one to text"
        )
    wanted = [name for name in ("id", "text", *FIELDS) if name in names]
    number = 0
    for batch in table.iter_batches(columns=wanted):
        for record in batch.to_pylist():
            number += 1
            yield number, record


_READERS: Mapping[str, Callable[[str, BinaryIO | None], Records]] = {
    "jsonl": _json_lines,
    "csv": _comma_separated,
    "tsv": _tab_separated,
    "parquet": _parquet,
}
