"""``findings.csv``: one row per finding, both sides' text, for people who work in a spreadsheet."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from aligner.checks.wording import message
from aligner.report.other_sides import OtherSides
from aligner.report.reader import Report
from aligner.report.records import Record, csv_line, read_finding

FINDINGS = "findings.csv"
ABOUT_FILE = "about-this-report.txt"
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
    "message_fr",
    "suggestion",
    "other_excerpt",
    "other_path",
    "other_line",
    "cause",
    "confidence",
    "counts",
    "suspicion",
    "demoted_by",
    "suppressed",
    "baselined",
    "fingerprint",
)
NOT_COUNTED = ("demoted_by", "suppressed", "suspicion")
"""Findings left out of the counts of page and terminal; the column ``counts`` gives the word for each."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, full-width signs and blanks before them included:
https://owasp.org/www-community/attacks/CSV_Injection."""
QUOTE = "'"
"""Put before such a cell, it makes it a text."""


def harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; without the first ``'`` it is what it was."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith((*FORMULAS, QUOTE)):
        return QUOTE + cell
    return cell


def write_for_people(report: Report) -> None:
    """Write ``findings.csv`` into a report that has all else, and how to open the other tables.

    The table begins with the mark by which Excel knows UTF-8.
    """
    folder = report.path
    shutil.copyfile(Path(__file__).with_name("data") / ABOUT_FILE, folder / ABOUT_FILE)
    findings = folder / "findings.jsonl"
    with (
        findings.open("rb") as records,
        (folder / FINDINGS).open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file,
    ):
        file.write(csv_line(COLUMNS))
        rows = OtherSides(report).added(map(json.loads, records))
        file.writelines(csv_line(_row(record)) for record in rows)


def _row(record: dict[str, object]) -> Iterable[object]:
    return [harmless("" if cell is None else cell) for cell in cells(record)]


def cells(record: Mapping[str, object]) -> list[object]:
    """Return a line of ``findings.jsonl`` as a row under ``COLUMNS``."""
    added = {
        "counts": not any(record.get(name) for name in NOT_COUNTED),
        "message_fr": _in_french(dict(record)),
    }
    return [added[name] if name in added else record.get(name) for name in COLUMNS]


def _in_french(record: Record) -> str | None:
    """Return the message in French; None for that of a check that this version does not know."""
    try:
        return message(read_finding(record), "fr")
    except KeyError:
        return None
