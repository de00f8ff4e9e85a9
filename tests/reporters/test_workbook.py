"""The workbook of findings, read back by the library that people read workbooks with."""

import io
from typing import Any

import pytest

from aligner.checks.wording import message
from aligner.report.records import Record, finding_record, read_finding
from aligner.report.spreadsheet import COLUMNS, NOT_COUNTED
from aligner.reporters.workbook import MOST_CHARACTERS, findings
from tests.reporters import samples

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")


@pytest.fixture
def records() -> list[Record]:
    return [finding_record(f) for f in (*samples.HARBOUR_FINDINGS, *samples.HARBOUR_PAIR_FINDINGS)]


def sheets(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def counted(record: Record) -> Record:
    return {
        "counts": not any(record.get(name) for name in NOT_COUNTED),
        "message_fr": message(read_finding(record), "fr"),
    }


def test_a_row_a_finding_with_every_value_of_its_kind(records: list[Record]) -> None:
    ((name, rows),) = sheets(findings(records)).items()
    assert (name, rows[0]) == ("findings", COLUMNS)
    assert [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]] == [
        {column: (record | counted(record))[column] for column in COLUMNS} for record in records
    ]
    assert findings(records) == findings(records)


def test_no_cell_is_a_formula_a_link_or_too_long(records: list[Record]) -> None:
    record = records[0] | {
        "excerpt": '=HYPERLINK("http://example.org")',
        "message": "x" * 40_000,
        "suggestion": "\udce9\x07",
    }
    book = openpyxl.load_workbook(io.BytesIO(findings([record])))
    cells = dict(zip(COLUMNS, book["findings"][2], strict=True))
    assert cells["excerpt"].data_type == "s"
    assert cells["excerpt"].hyperlink is None
    assert cells["excerpt"].value == record["excerpt"]
    assert len(cells["message"].value) == MOST_CHARACTERS
    assert cells["suggestion"].value.startswith("\\udce9")


def test_what_is_more_than_a_sheet_holds_goes_to_the_next(records: list[Record]) -> None:
    found = sheets(findings(records[:1] * 5, most_rows=2))
    assert {name: len(rows) for name, rows in found.items()} == {
        "findings": 3,
        "findings 2": 3,
        "findings 3": 2,
    }
    assert [len(rows) for rows in sheets(findings([])).values()] == [1]


def test_a_check_of_another_version_has_no_message_in_french(records: list[Record]) -> None:
    (rows,) = sheets(findings([records[0] | {"code": "EXT999"}])).values()
    found = dict(zip(COLUMNS, rows[1], strict=True))
    assert (found["message"], found["message_fr"]) == (records[0]["message"], None)
