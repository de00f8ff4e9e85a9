"""The findings of a report as an Excel workbook (the extra ``xlsx``): one row each, both sides' text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from aligner.model import InputError
from aligner.report.records import Record
from aligner.report.spreadsheet import COLUMNS, cells

MOST_ROWS = 1_048_575
"""Findings on a sheet, below its head; what is more goes to a next one: limits of Excel."""
MOST_CHARACTERS = 32_767
_WIDTHS: Mapping[str, int] = {
    "path": 30,
    "excerpt": 40,
    "message": 60,
    "message_fr": 60,
    "suggestion": 25,
    "other_excerpt": 40,
}
_USUAL_WIDTH = 12
_NO_DATE = datetime(2000, 1, 1)
"""When every workbook says that it was made, so that the same report gives the same bytes."""


def findings(records: Iterable[Record], most_rows: int = MOST_ROWS) -> bytes:
    """Return a workbook with a row for each finding, to be filtered and sorted; no cell is a formula.

    Raises ``InputError`` where XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise InputError("writing .xlsx needs XlsxWriter: pip install XlsxWriter") from error
    file = io.BytesIO()
    with Workbook(file, {"constant_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": "aligner", "created": _NO_DATE})
        formats = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet, row = _sheet(book, "findings", *formats), 0
        for number, record in enumerate(records):
            row = number % most_rows
            if number and not row:
                sheet.autofilter(0, 0, most_rows, len(COLUMNS) - 1)
                sheet = _sheet(book, f"findings {number // most_rows + 1}", *formats)
            for column, cell in enumerate(cells(record)):
                _write(sheet, row + 1, column, cell)
        sheet.autofilter(0, 0, row + 1, len(COLUMNS) - 1)
    return file.getvalue()


def _sheet(book: Any, name: str, head: Any, body: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(title, _USUAL_WIDTH), body)
        sheet.write_string(0, column, title, head)
    return sheet


def _write(sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        text = str(value).encode("utf-8", "backslashreplace").decode("utf-8")
        sheet.write_string(row, column, text[:MOST_CHARACTERS])
