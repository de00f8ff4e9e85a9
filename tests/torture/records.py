"""Reports in whose records one value is of another kind: each is refused, or does no harm."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.torture.further import EN, FR, RULES, Further

COMMANDS: dict[str, tuple[str, ...]] = {
    "diff": ("diff", "report", "report"),
    "export": ("export", "report", "--format", "tmx"),
    "previous": ("audit", "articles", *RULES, "--out", "new", "--previous", "report"),
}
LINES: dict[str, tuple[str, ...]] = {
    "findings.jsonl": tuple(
        "code path language start end line excerpt severity confidence cause fingerprint pair bead "
        "demoted_by suppressed baselined suspicion other_path other_start".split()
    ),
    "beads.jsonl": tuple("pair index fr en moved fr_text en_text similarity kind fr_start en_end".split()),
    "articles.jsonl": tuple("path text segments".split()),
}
TABLES: dict[str, tuple[str, ...]] = {
    "documents.csv": tuple("path language words findings penalty score sha256".split()),
    "pairs.csv": tuple("fr_path en_path score kind coverage_fr beads group".split()),
    "unpaired.csv": ("path", "best_score"),
    "skipped.csv": ("path", "reason"),
}
VALUES: tuple[Any, ...] = (None, [], {"a": [1]}, -(10**30), "\x1b[2J")
CELLS = ("", "nan", "-1e999", "\x1b[2J", "٣")


def everything() -> Iterator[Further]:
    """All of them; what each command reads differs, so that values may do no harm."""
    for number, (make, name) in enumerate((*_lines(), *_cells())):
        command = tuple(COMMANDS)[number % len(COMMANDS)]
        yield Further(
            f"record: {command}, {name}", COMMANDS[command], make, (0, 2), reported=True, kept=(FR, EN)
        )


Made = Iterator[tuple[Callable[[Path], object], str]]


def _lines() -> Made:
    for file, fields in LINES.items():
        for field in fields:
            for value in VALUES:
                yield partial(_put, file=file, field=field, value=value), f"{file} {field} {value!r:.20}"
            yield partial(_put, file=file, field=field, value=None, gone=True), f"{file} without {field}"


def _cells() -> Made:
    for file, fields in TABLES.items():
        for field in fields:
            for cell in CELLS:
                yield partial(_set, file=file, field=field, cell=cell), f"{file} {field} {cell!r}"


def _put(folder: Path, *, file: str, field: str, value: Any, gone: bool = False) -> None:
    path = folder / "report" / file
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for record in records[:1]:
        record.pop(field, None)
        if not gone:
            record[field] = value
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")


def _set(folder: Path, *, file: str, field: str, cell: str) -> None:
    path = folder / "report" / file
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    if not rows:
        return
    rows[0][field] = cell
    sink = io.StringIO()
    table = csv.DictWriter(sink, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path.write_text(sink.getvalue(), encoding="utf-8")
