"""A view over a report folder: reads its files as they are asked for, so that no corpus is in memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.keys import is_there
from aligner.model import Finding, InputError, Skipped
from aligner.report.records import (
    BEAD_KEYS,
    FINDING_KEYS,
    ArticleRow,
    ArticleText,
    BeadRow,
    PairRow,
    Record,
    Row,
    SkippedRow,
    UnpairedRow,
    parse_row,
    read_article_text,
    read_bead,
    read_finding,
)

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = 1
"""Version of the report folder's files; goes up when a name is dropped or changes its meaning."""

LONGEST_FIELD = 2**25
"""Characters of a field of a table that are read."""

TABLES: Mapping[str, str] = {
    "documents": "documents.csv",
    "pairs": "pairs.csv",
    "unpaired": "unpaired.csv",
    "skipped": "skipped.csv",
    "beads": "beads.jsonl",
    "findings": "findings.jsonl",
}


Places = dict[str, tuple[int, int]]
"""Where the lines of a key begin in a sorted file (bytes), and how many they are."""


class Report:
    """The report in one folder; raises ``InputError`` where there is none that this version can read."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if not is_there(self.path / "summary.json"):
            raise InputError(f"{self.path}: not a report folder (it has no summary.json)")
        if self.summary.get("schema") != SCHEMA:
            raise InputError(
                f"{self.path}: written as schema {self.summary.get('schema')!r}, and this version reads "
                f"{SCHEMA}; run `aligner audit` again"
            )

    @cached_property
    def summary(self) -> Mapping[str, Any]:
        """Counts, rates, scores and signature: the content of ``summary.json``."""
        try:
            content = json.loads((self.path / "summary.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"{self.path}: summary.json cannot be read: {error}") from error
        return content if isinstance(content, dict) else {}

    def documents(self) -> Iterator[ArticleRow]:
        """Yield all articles, by path."""
        return self._rows("documents", ArticleRow)

    def pairs(self) -> Iterator[PairRow]:
        """Yield all pairs, by path of the French article, then of the English one."""
        return self._rows("pairs", PairRow)

    def unpaired(self) -> Iterator[UnpairedRow]:
        """Yield all articles without counterpart, by path."""
        return self._rows("unpaired", UnpairedRow)

    def skipped(self) -> Iterator[Skipped]:
        """Yield all inputs that were not read, by path."""
        for row in self._rows("skipped", SkippedRow):
            yield Skipped(row.path, row.reason, row.type)

    def beads(self, pair: str | None = None) -> Iterator[BeadRow]:
        """Return the beads of one pair (``"fr_path|en_path"``), or of all, in order."""
        return map(read_bead, self._records("beads.jsonl", "pair", pair))

    def findings(self, path: str | None = None) -> Iterator[Finding]:
        """Return the findings of one article, or of all, in the order of the text."""
        return map(read_finding, self._records("findings.jsonl", "path", path))

    def article(self, path: str) -> ArticleText:
        """Return text and segments of one article. Raises ``KeyError`` for a path that was not read."""
        for record in self._records("articles.jsonl", "path", path):
            return read_article_text(record)
        raise KeyError(path)

    def to_frame(self, name: str = "findings") -> pd.DataFrame:
        """Return one table as a data frame: documents, pairs, unpaired, skipped, beads or findings.

        Its columns are those of the file in the report's folder, where it has no row as well. Raises
        ``ValueError`` for another name.
        """
        import pandas as pd

        if name not in TABLES:
            raise ValueError(f"no table {name!r}; there are {', '.join(TABLES)}")
        if TABLES[name].endswith(".jsonl"):
            columns = BEAD_KEYS if name == "beads" else FINDING_KEYS
            return pd.DataFrame(list(self._records(TABLES[name])), columns=list(columns))
        return pd.read_csv(self.path / TABLES[name], keep_default_na=False)

    @property
    def figures(self) -> dict[str, float | None]:
        """The figures that are on its first page; findings are those that count."""
        counts = self.summary["counts"]
        named = ("articles", "pairs", "unpaired", "skipped", "words", "suspicions")
        findings = sum(self.summary["findings_by_severity"].values())
        return {
            "score": self.summary["score"],
            "findings": findings,
            **{name: counts[name] for name in named},
        }

    def __repr__(self) -> str:
        said = ", ".join(f"{name} {value:,}" for name, value in self.figures.items() if value is not None)
        return f"<Report {self.path}: {said}>"

    def _repr_html_(self) -> str:
        rows = self.figures
        cells = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows.items())
        return f"<table>{cells}</table><p>{escape(str(self.path / 'index.html'))}</p>"

    def _rows(self, name: str, kind: type[Row]) -> Iterator[Row]:
        csv.field_size_limit(LONGEST_FIELD)  # for the whole process; a heading may be as long as an article
        with (self.path / TABLES[name]).open(encoding="utf-8", newline="") as lines:
            for values in csv.DictReader(lines):
                yield parse_row(kind, values)

    def _records(self, name: str, key: str = "", wanted: str | None = None) -> Iterator[Record]:
        """Yield all records of a file, or by binary search those whose ``key`` is ``wanted``."""
        if wanted is not None:
            yield from map(json.loads, self.lines(name, key, wanted))
            return
        with (self.path / name).open("rb") as lines:
            yield from map(json.loads, lines)

    def lines(self, name: str, key: str, wanted: str) -> list[bytes]:
        """Return the lines of a file whose ``key`` is ``wanted``, as they are."""
        first, count = self._places(name, key).get(wanted, (0, 0))
        with (self.path / name).open("rb") as lines:
            lines.seek(first)
            return [lines.readline() for _ in range(count)]

    def learn(self, name: str, places: Places) -> None:
        """Learn where each key's lines are in a file, from who wrote it, rather than by reading it."""
        self._indexes[name] = places

    def _places(self, name: str, key: str) -> Places:
        """Return where each key's run of lines begins (bytes) and its number of lines; files are sorted."""
        if name not in self._indexes:
            places: Places = {}
            offset = 0
            with (self.path / name).open("rb") as lines:
                for line in lines:
                    value = json.loads(line)[key]
                    first, count = places.get(value, (offset, 0))
                    places[value] = (first, count + 1)
                    offset += len(line)
            self._indexes[name] = places
        return self._indexes[name]

    @cached_property
    def _indexes(self) -> dict[str, Places]:
        return {}
