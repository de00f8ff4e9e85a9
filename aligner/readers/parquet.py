"""Parquet tables of articles, read in a process of their own: pyarrow aborts on some that are damaged."""

from __future__ import annotations

import importlib.util
import io
from typing import Any, BinaryIO

from aligner.engine.apart import DiedError, apart
from aligner.model import InputError
from aligner.readers.formats import PACKED
from aligner.readers.sources import (
    MAX_ARTICLE_BYTES,
    MAX_RATIO,
    open_regular,
    read_bytes,
    swelling_limit,
    swells,
)
from aligner.readers.tables import FIELDS, LIMIT, LONGEST_NAME, Records, require_one_text

_BATCH = 256
_UNFOLDED_BATCH = 32
_FEW_ROWS = 10_000
"""Rows that are read whatever their file is packed to; each may cost an entry in ``skipped.csv``."""


def parquet(path: str, stdin: BinaryIO | None) -> Records:  # noqa: ARG001 (standard input is no table)
    """Yield the records of a Parquet file. Raises ``InputError`` without pyarrow."""
    if importlib.util.find_spec("pyarrow") is None:
        raise InputError("reading .parquet needs pyarrow: pip install pyarrow")
    try:
        yield from apart(_records, path)
    except DiedError as error:
        raise InputError(f"not a Parquet file: reading it ends pyarrow ({error}); write it again") from None


def _records(path: str) -> Records:
    import pyarrow as arrow
    from pyarrow.parquet import ParquetFile, read_schema

    try:
        packed = path.lower().endswith(PACKED)
        with io.BytesIO(read_bytes(path)) if packed else open_regular(path) as source:
            schema = read_schema(source)
            names = list(schema.names)
            require_one_text(names)
            columns = [name for name in ("id", "text", *FIELDS) if name in names]
            folded = [name for name in columns if arrow.types.is_string(schema.field(name).type)]
            size = source.seek(0, io.SEEK_END)
            source.seek(0)
            with ParquetFile(source, read_dictionary=folded) as table:
                if table.metadata.num_rows > max(size, _FEW_ROWS):
                    raise InputError(
                        f"holds {table.metadata.num_rows:,} rows in {size:,} bytes, more than any articles; "
                        "write it again without empty rows"
                    )
                rows = _rows_at_once(table.metadata, columns, folded)
                yield from _refuse_swelling(swelling_limit(size), _parquet_records(table, columns, rows))
    except (InputError, MemoryError):
        raise
    except Exception as error:  # of many kinds: UnicodeDecodeError for the name of a column, among others
        reason = " ".join(str(error).split())[:LONGEST_NAME]
        raise InputError(f"not a Parquet file that can be read ({reason}); write it again") from error


def _rows_at_once(metadata: Any, columns: list[str], folded: list[str]) -> int:
    """Return how many rows may be unpacked together; columns not ``folded`` hold repeated texts in full.

    Raises ``InputError`` for a column that is unpacked from next to nothing.
    """
    rows = _BATCH if set(folded) >= set(columns) else _UNFOLDED_BATCH
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            if column.path_in_schema in columns:
                packed, unpacked = column.total_compressed_size, column.total_uncompressed_size
                if unpacked > swelling_limit(packed):
                    raise InputError(swells(swelling_limit(packed)))
                if unpacked > MAX_RATIO * packed:
                    rows = 1
    return rows


def _refuse_swelling(limit: int, records: Records) -> Records:
    """Refuse a table that unpacks to more than ``limit`` characters."""
    total = 0
    for number, record in records:
        if not isinstance(record, str):
            total += sum(len(value) for value in record.values() if isinstance(value, str | bytes))
            if total > limit:
                raise InputError(swells(limit))
        yield number, record


def _parquet_records(table: Any, columns: list[str], rows: int) -> Records:
    """Yield rows one by one: a batch of repeated texts is small until it is expanded."""
    number = 0
    for batch in table.iter_batches(columns=columns, batch_size=rows):
        for i in range(batch.num_rows):
            number += 1
            try:
                record = {name: batch.column(name)[i].as_py() for name in columns}
            except ValueError as error:  # a string that is no UTF-8, a date that there is not
                yield number, f"row {number} cannot be read ({error}); write the table again"
                continue
            text = record["text"]
            if isinstance(text, str | bytes) and len(text) > MAX_ARTICLE_BYTES:
                yield number, f"row {number} is longer than {LIMIT}; cut it or leave it out"
            else:
                yield number, record
