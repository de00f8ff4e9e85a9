"""Inputs of a call: paths, or a table of articles in memory."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeGuard

from aligner.model import LANGUAGES, InputError
from aligner.readers.sources import STDIN
from aligner.readers.tables import FIELDS

if TYPE_CHECKING:
    import pandas as pd

PathName = str | PathLike[str]
Paths = PathName | Sequence[PathName]
LONGEST_SHOWN = 60  # characters of wrong input in a message

_PATHS = "give the name of a file or folder, several in a list, or a data frame with a column 'text'"
_ROWS = "give rows (fr, en) of texts, None for a side that is not there"


class Inputs(NamedTuple):
    """Paths as a run takes them; ``stdin`` holds the articles of a table, one per line of JSON."""

    paths: list[str]
    stdin: BinaryIO | None = None


def is_frame(value: object) -> TypeGuard[pd.DataFrame]:
    """Return whether something is a data frame, without loading pandas for it."""
    return hasattr(value, "columns") and hasattr(value, "to_dict")


def inputs(sources: Paths | pd.DataFrame) -> Inputs:
    """Return what to read. Raises InputError for no paths and for a data frame without a column ``text``."""
    if is_frame(sources):
        return Inputs([STDIN], io.BytesIO("".join(_json_lines(sources)).encode("utf-8", "surrogatepass")))
    if isinstance(sources, str | PathLike):
        return Inputs([fspath(sources)])
    if not isinstance(sources, Iterable):
        raise InputError(f"{_described(sources)} is no path: {_PATHS}")
    return Inputs([file_name(path, _PATHS) for path in sources])


def file_name(value: object, hint: str = "give the name of a file") -> str:
    """Return a path as text. Raises InputError, which ends in the hint, for anything else."""
    if not isinstance(value, str | PathLike):
        raise InputError(f"{_described(value)} is no path: {hint}")
    return fspath(value)


def two(value: object, place: str, hint: str) -> tuple[Any, Any]:
    """Return both sides of a row or a pair. Raises InputError for anything without two sides."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise InputError(f"{place}: {_described(value)} has not two sides: {hint}")
    return value[0], value[1]


def text_rows(rows: Iterable[object]) -> Iterator[tuple[str | None, str | None]]:
    """Yield rows ``(fr, en)``. Raises InputError for an invalid row."""
    for number, row in enumerate(rows):
        fr, en = two(row, f"row {number}", _ROWS)
        for side in (fr, en):
            if side is not None and not isinstance(side, str):
                raise InputError(f"row {number}: {_described(side)} is no text: {_ROWS}")
        yield fr, en


def _described(value: object) -> str:
    text = repr(value)
    return (
        f"{text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + '…'} ({type(value).__name__})"
    )


def rows(frame: pd.DataFrame) -> Iterator[tuple[str | None, str | None]]:
    """Yield the rows ``(fr, en)`` of a data frame; None for what is missing.

    Raises InputError for a frame without these columns.
    """
    _require(frame, *LANGUAGES)
    for fr, en in zip(frame["fr"], frame["en"], strict=True):
        yield (fr if isinstance(fr, str) else None), (en if isinstance(en, str) else None)


def _json_lines(frame: pd.DataFrame) -> Iterator[str]:
    _require(frame, "text")
    fields = [name for name in ("text", *FIELDS) if name in frame.columns]
    ids = frame["id"] if "id" in frame.columns else frame.index
    for number, values in zip(ids, frame[fields].itertuples(index=False, name=None), strict=True):
        record = {"text": None, "id": str(number)}
        record |= {name: _cell_text(value) for name, value in zip(fields, values, strict=True)}
        yield json.dumps(record) + "\n"


def _cell_text(value: Any) -> str | None:
    """Return a cell as text; None for what pandas takes for missing, which differs from itself or is None."""
    if isinstance(value, str):
        return value
    import pandas as pd

    return None if pd.isna(value) is True else str(value)


def _require(frame: pd.DataFrame, *names: str) -> None:
    missing = [name for name in names if name not in frame.columns]
    if missing:
        columns = ", ".join(map(str, frame.columns)) or "none"
        raise InputError(
            f"the data frame has no column {' and '.join(map(repr, missing))} (columns: {columns})"
        )
