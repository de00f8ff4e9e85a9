"""A table of rows as one test: every row runs, and each that fails is reported with its place.

A case of pytest of its own for each row costs more than most rows do, in collection as well as in running.
``pytest --row TEXT`` runs only the rows whose label contains a text.
"""

from __future__ import annotations

import functools
import inspect
import random
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

Test = Callable[..., None]
Rows = Iterable[Any]
MOST_LINES = 30
"""Lines of a failure that are shown, for each row."""


def each_row(
    names: str, rows: Rows | Callable[..., Rows], label: Callable[..., str]
) -> Callable[[Test], Test]:
    """Make a test of one row a test of all of them.

    Args:
        names: the arguments of the test that a row gives, separated by spaces. The others are fixtures;
            ``tmp_path`` and ``monkeypatch`` are new for each row.
        rows: one value for each row, a tuple where there are several names; or a function that returns
            them, which takes what else is parametrised by the names of its own arguments.
        label: returns what tells a row from the others, the place of its data if it can, from its values
            in their order.

    Raises:
        ValueError: the test takes no argument of one of the names.
    """
    columns = names.split()

    def decorate(test: Test) -> Test:
        parameters = inspect.signature(test).parameters
        if unknown := set(columns) - set(parameters):
            raise ValueError(f"{test.__name__} takes no {' and no '.join(sorted(unknown))}")
        chosen_by = list(inspect.signature(rows).parameters) if callable(rows) else []
        others = dict.fromkeys([*(name for name in parameters if name not in columns), *chosen_by])

        @functools.wraps(test)
        def every_row(request: pytest.FixtureRequest, **fixtures: Any) -> None:
            table = rows(**{name: fixtures[name] for name in chosen_by}) if callable(rows) else rows
            records = [dict(zip(columns, _values(row, len(columns)), strict=True)) for row in table]
            given = {name: value for name, value in fixtures.items() if name in parameters}
            _run(test, _selected(records, label, request.config), given, label)

        every_row.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [
                inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD)
                for name in ("request", *others)
            ]
        )
        return every_row

    return decorate


def add_option(parser: pytest.Parser) -> None:
    """Add ``--row``."""
    parser.addoption("--row", metavar="TEXT", help="run only rows of tables whose label contains TEXT")


@functools.cache
def _lines(file: Path) -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8").splitlines())


def place(file: Path, *texts: str) -> str:
    """Return the name of a file and the line of the last text, each looked for behind the one before."""
    number = 0
    for text in texts:
        lines = enumerate(_lines(file)[number:], number + 1)
        number = next((line for line, content in lines if text in content), number)
    return f"{file.name}:{number or 1}"


def _values(row: Any, columns: int) -> tuple[Any, ...]:
    return (row,) if columns == 1 else tuple(row)


def _selected(
    records: list[dict[str, Any]], label: Callable[..., str], config: pytest.Config
) -> list[dict[str, Any]]:
    """Return the rows that were asked for, in an order by chance where the tests run in one."""
    assert records, "the table is empty"
    if wanted := config.getoption("row"):
        records = [record for record in records if wanted in label(*record.values())]
        if not records:
            pytest.skip(f"no row here has {wanted!r} in its label")
    if config.pluginmanager.hasplugin("randomly"):
        random.shuffle(records)
    return records


def _run(
    test: Test, records: list[dict[str, Any]], fixtures: dict[str, Any], label: Callable[..., str]
) -> None:
    failures: list[str] = []
    skipped: dict[str, None] = {}
    for number, record in enumerate(records):
        try:
            _run_row(test, record, fixtures, number)
        except (KeyboardInterrupt, SystemExit, pytest.exit.Exception):
            raise
        except pytest.skip.Exception as skip:
            skipped[str(skip)] = None
        except BaseException as error:  # whatever ends a row, the others run
            failures.append("\n    ".join([label(*record.values()), *_shown(error)]))
    if failures:
        failed = f"{len(failures)} of {len(records)} rows failed"
        pytest.fail("\n".join([f"{failed}:", *failures, failed]), pytrace=False)
    if skipped:
        pytest.skip("; ".join(skipped))


def _run_row(test: Test, record: dict[str, Any], fixtures: dict[str, Any], number: int) -> None:
    own = dict(fixtures)
    if "tmp_path" in own:
        own["tmp_path"] = own["tmp_path"] / str(number)
        own["tmp_path"].mkdir()
    if "monkeypatch" not in own:
        test(**record, **own)
        return
    with pytest.MonkeyPatch.context() as own["monkeypatch"]:
        test(**record, **own)


def _shown(error: BaseException) -> Iterator[str]:
    """Yield where a row failed, and the first lines of why."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    for frame in frames[-1:]:
        yield f"{frame.filename}:{frame.lineno}: {frame.line}"
    lines = f"{type(error).__name__}: {error}".splitlines()
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield f"... and {len(lines) - MOST_LINES} more lines"
