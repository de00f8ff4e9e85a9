"""``findings.csv``: one row per finding, both sides' text, for people who work in a spreadsheet."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from aligner.report.records import csv_line

FINDINGS = "findings.csv"
ABOUT = "about-this-report.txt"
"""Says how to open the other files; it is in the folder ``data`` beside this module."""
COLUMNS = (
    "severity",
    "code",
    "name",
    "path",
    "language",
    "line",
    "column",
    "excerpt",
    "message",
    "suggestion",
    "other_excerpt",
    "other_path",
    "other_line",
    "cause",
    "confidence",
    "suspicion",
    "demoted_by",
    "suppressed",
    "baselined",
    "fingerprint",
)
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, full-width signs and blanks before them included:
https://owasp.org/www-community/attacks/CSV_Injection."""
QUOTE = "'"
"""Put before such a cell, it makes it a text."""


def harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; ``plain`` gives back what it was."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith((*FORMULAS, QUOTE)):
        return QUOTE + cell
    return cell


def plain(cell: str) -> str:
    """Return what a cell of ``findings.csv`` was in the report."""
    return cell.removeprefix(QUOTE)


def write_for_people(folder: Path) -> None:
    """Write ``findings.csv`` into a report that has ``findings.jsonl``, and how to open the other tables.

    The table begins with the mark by which Excel knows UTF-8.
    """
    shutil.copyfile(Path(__file__).with_name("data") / ABOUT, folder / ABOUT)
    findings = folder / "findings.jsonl"
    with (
        findings.open("rb") as records,
        (folder / FINDINGS).open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file,
    ):
        file.write(csv_line(COLUMNS))
        file.writelines(csv_line(_row(json.loads(line))) for line in records)


def _row(record: dict[str, object]) -> Iterable[object]:
    return [harmless("" if record.get(name) is None else record[name]) for name in COLUMNS]


def read_findings(path: Path) -> list[dict[str, str]]:
    """Read ``findings.csv`` back, every cell as it was in the report."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{name: plain(cell) for name, cell in row.items()} for row in csv.DictReader(lines)]
