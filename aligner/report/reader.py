"""A view over a report folder: reads its files as they are asked for, so that no corpus is in memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.keys import is_there
from aligner.model import Finding, InputError, Skipped
from aligner.report.damage import damaged, opened, require_summary, require_types
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


_COUNTS: Mapping[str, str] = {
    "documents": "articles",
    "articles.jsonl": "articles",
    "beads.jsonl": "beads",
    "findings.jsonl": "findings",
}
"""Keys of the summary for the number of records of a table, where they differ from its name."""

Places = dict[str, tuple[int, int]]
"""Offset (bytes) of the first line of a key in a sorted file, and the number of its lines."""


class Report:
    """The report in one folder; raises ``InputError`` where there is none that this version can read."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if not is_there(self.path / "summary.json"):
            raise InputError(f"{self.path}: not a report folder (it has no summary.json)")
        if self.summary.get("schema") != SCHEMA:
            raise InputError(
                f"{self.path}: summary.json is of schema {self.summary.get('schema')!r:.40}, and this "
                f"version reads {SCHEMA}; run `aligner audit` again"
            )
        with opened(self.path / "summary.json"):
            require_summary(self.summary)

    @cached_property
    def summary(self) -> Mapping[str, Any]:
        """Counts, rates, scores and signature: the content of ``summary.json``."""
        with opened(self.path / "summary.json") as file:
            content = json.loads(file.read().decode())
        return content if isinstance(content, dict) else {}

    def require_whole(self) -> None:
        """Raise ``InputError`` for a table that cannot be read to its end, or lacks records."""
        for table in (self.documents(), self.pairs(), self.unpaired(), self.skipped(), self.findings()):
            for _ in table:
                pass

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
        for record in self._records("beads.jsonl", "pair", pair, BeadRow):
            yield read_bead(record)

    def findings(self, path: str | None = None) -> Iterator[Finding]:
        """Return the findings of one article, or of all, in the order of the text."""
        for record in self._records("findings.jsonl", "path", path, Finding):
            yield read_finding(record)

    def article(self, path: str) -> ArticleText:
        """Return text and segments of one article. Raises ``KeyError`` for a path that was not read."""
        for record in self._records("articles.jsonl", "path", path):
            with opened(self.path / "articles.jsonl"):
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
        with opened(self.path / TABLES[name]) as file:
            return pd.read_csv(file, keep_default_na=False)

    @property
    def figures(self) -> dict[str, float | None]:
        """The figures that are on its first page; findings are those that count."""
        counts = self.summary["counts"]
        names = ("articles", "pairs", "unpaired", "skipped", "words", "suspicions")
        findings = sum(self.summary["findings_by_severity"].values())
        return {
            "score": self.summary["score"],
            "findings": findings,
            **{name: counts[name] for name in names},
        }

    def __repr__(self) -> str:
        figures = ", ".join(f"{name} {value:,}" for name, value in self.figures.items() if value is not None)
        return f"<Report {self.path}: {figures}>"

    def _repr_html_(self) -> str:
        rows = self.figures
        cells = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows.items())
        return f"<table>{cells}</table><p>{escape(str(self.path / 'index.html'))}</p>"

    def _rows(self, name: str, kind: type[Row]) -> Iterator[Row]:
        csv.field_size_limit(LONGEST_FIELD)  # for the whole process; a heading may be as long as an article
        read = 0
        with opened(self.path / TABLES[name]) as file:
            lines = io.TextIOWrapper(file, encoding="utf-8", newline="")
            for values in csv.DictReader(lines, strict=True):
                read += 1
                yield parse_row(kind, values)
        self._require_count(name, read)

    def _records(
        self, name: str, key: str = "", value: str | None = None, kind: type | None = None
    ) -> Iterator[Record]:
        """Yield all records of a file, or by binary search those whose ``key`` is ``value``."""
        read = 0
        with opened(self.path / name) as file:
            lines: Iterable[bytes] = file if value is None else self.lines(name, key, value)
            for line in lines:
                read += 1
                record = json.loads(line)
                if kind is not None:
                    require_types(kind, record)
                yield record
        if value is None:
            self._require_count(name, read)

    def _require_count(self, name: str, number: int) -> None:
        """Raise ``InputError`` for a table that holds other than the records counted when it was written."""
        counted = self.summary["counts"].get(_COUNTS.get(name, name), number)
        if counted != number:
            raise damaged(self.path / TABLES.get(name, name), f"it holds {number:,} records of {counted:,}")

    def lines(self, name: str, key: str, value: str) -> list[bytes]:
        """Return the raw lines of a file whose ``key`` is ``value``."""
        first, count = self._places(name, key).get(value, (0, 0))
        with opened(self.path / name) as lines:
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
            with opened(self.path / name) as lines:
                for line in lines:
                    value = json.loads(line)[key]
                    first, count = places.get(value, (offset, 0))
                    places[value] = (first, count + 1)
                    offset += len(line)
            self._require_count(name, sum(count for _, count in places.values()))
            self._indexes[name] = places
        return self._indexes[name]

    @cached_property
    def _indexes(self) -> dict[str, Places]:
        return {}
