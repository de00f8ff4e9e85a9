"""What a call is given to read: paths, or a table of articles in memory."""

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


def is_frame(given: object) -> TypeGuard[pd.DataFrame]:
    """Return whether something is a data frame, without loading pandas for it."""
    return hasattr(given, "columns") and hasattr(given, "to_dict")


def inputs(given: Paths | pd.DataFrame) -> Inputs:
    """Return what to read. Raises InputError for no paths and for a data frame without a column ``text``."""
    if is_frame(given):
        return Inputs([STDIN], io.BytesIO("".join(_json_lines(given)).encode("utf-8", "surrogatepass")))
    if isinstance(given, str | PathLike):
        return Inputs([fspath(given)])
    if not isinstance(given, Iterable):
        raise InputError(f"{_shown(given)} is no path: {_PATHS}")
    return Inputs([file_name(path, _PATHS) for path in given])


def file_name(given: object, hint: str = "give the name of a file") -> str:
    """Return a path as text. Raises InputError, which ends in the hint, for what is none."""
    if not isinstance(given, str | PathLike):
        raise InputError(f"{_shown(given)} is no path: {hint}")
    return fspath(given)


def two(given: object, place: str, hint: str) -> tuple[Any, Any]:
    """Return both sides of a row or a pair. Raises InputError for what has not two."""
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise InputError(f"{place}: {_shown(given)} has not two sides: {hint}")
    return given[0], given[1]


def text_rows(given: Iterable[object]) -> Iterator[tuple[str | None, str | None]]:
    """Yield rows ``(fr, en)``. Raises InputError for one that is none."""
    for number, row in enumerate(given):
        fr, en = two(row, f"row {number}", _ROWS)
        for side in (fr, en):
            if side is not None and not isinstance(side, str):
                raise InputError(f"row {number}: {_shown(side)} is no text: {_ROWS}")
        yield fr, en


def _shown(given: object) -> str:
    said = repr(given)
    return (
        f"{said if len(said) <= LONGEST_SHOWN else said[: LONGEST_SHOWN - 1] + '…'} ({type(given).__name__})"
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
        record |= {name: _plain(value) for name, value in zip(fields, values, strict=True)}
        yield json.dumps(record) + "\n"


def _plain(value: Any) -> str | None:
    """Return a cell as text; None for what pandas takes for missing, which differs from itself or is None."""
    if isinstance(value, str):
        return value
    import pandas as pd

    return None if pd.isna(value) is True else str(value)


def _require(frame: pd.DataFrame, *names: str) -> None:
    missing = [name for name in names if name not in frame.columns]
    if missing:
        has = ", ".join(map(str, frame.columns)) or "none"
        raise InputError(f"the data frame has no column {' and '.join(map(repr, missing))} (columns: {has})")
