"""Requirements on the files of a report: a damaged one is refused, by its name."""

from __future__ import annotations

import csv
import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, BinaryIO, Literal, Union, get_args, get_origin, get_type_hints

from aligner.model import InputError
from aligner.readers.sources import open_regular

COUNTS = ("articles", "pairs", "unpaired", "skipped", "words", "beads", "findings")
"""Counts of every summary, whatever version wrote it."""
RATES = ("minor", "major", "critical")

_DAMAGES = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, csv.Error)
Test = Callable[[object], bool]


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file of a report. Raises InputError for what cannot be read, in it or of it."""
    try:
        with open_regular(str(path)) as file:
            yield file
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except _DAMAGES as error:
        raise damaged(path, str(error) or type(error).__name__) from error


def damaged(path: Path, detail: str) -> InputError:
    """Return the error for a damaged file."""
    return InputError(
        f"{path}: cannot be read: damaged ({' '.join(detail.split())[:200]}); run `aligner audit` again"
    )


def require_types(kind: type, record: Mapping[str, object]) -> None:
    """Raise ValueError for a field of a dataclass that has not its type in a record, or is missing."""
    for name, (test, needed) in _tests(kind).items():
        if name not in record:
            if needed:
                raise ValueError(f"no {name!r}")
        elif not test(record[name]):
            raise ValueError(f"{name!r} is {record[name]!r:.40}")


def require_summary(record: object) -> None:
    """Raise ValueError for a summary without the figures that others are compared with."""
    if not isinstance(record, dict):
        raise ValueError("not an object")
    for name, keys in (("counts", COUNTS), ("per_1000_words", RATES), ("findings_by_severity", RATES)):
        table = record.get(name)
        wrong = [key for key in keys if not (isinstance(table, dict) and _is_number(table.get(key)))]
        if wrong:
            raise ValueError(f"no number {name}.{wrong[0]}")
    for name in ("score", "score_fr", "score_en"):
        if record.get(name) is not None and not _is_number(record[name]):
            raise ValueError(f"{name!r} is {record[name]!r:.40}")


# Saves 0.5 ms a record, and a report has one for each finding and bead.
@cache
def _tests(kind: type) -> dict[str, tuple[Test, bool]]:
    """Return the test for each field of a dataclass, and whether a record must have it.

    A field may be missing that has a value to go by; no text is none.
    """
    hints = get_type_hints(kind)
    return {
        field.name: (_test(hints[field.name]), field.default in (dataclasses.MISSING, ""))
        for field in dataclasses.fields(kind)
    }


def _test(hint: Any) -> Test:
    """Return what tells whether a value of JSON is of a type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        tests = [_test(argument) for argument in arguments]
        return lambda value: any(test(value) for test in tests)
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in arguments
    if origin is tuple:
        inner = _test(arguments[0])
        return lambda value: isinstance(value, list) and all(map(inner, value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return lambda value: isinstance(value, dict)
    if hint is float:
        return _is_number
    if hint is int:
        return lambda value: isinstance(value, int) and not isinstance(value, bool)
    kinds: Sequence[type] = (str, bool, NoneType)
    return (lambda value: isinstance(value, hint)) if hint in kinds else (lambda _: True)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
