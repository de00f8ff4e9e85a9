"""Findings that are known already: a file of them, what it still knows, and what it could forget.

A finding is known again by its article, code and words, not by its place, so that it survives moved
lines, edits elsewhere, and another spelling of the same path.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aligner.gate.suppressions import normal
from aligner.keys import file_of, is_there, stored
from aligner.model import Finding, InputError
from aligner.report.outcome import Known
from aligner.settings.content import text_of

SCHEMA = 2
WITHOUT_ROWS = 1
"""The schema in which the row of a container was a part of the path, after a ``#``."""
LONGEST_EXCERPT = 200
"""Characters of an excerpt that are kept: enough to know it again in its article."""
DEFAULT_NAME = ".aligner-baseline.json"


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of one file, equal ones as often as they were found."""

    folder: Path
    entries: tuple[Known, ...]
    schema: int = SCHEMA
    file: str = ""

    def mark(self, findings: Sequence[Finding]) -> tuple[list[Finding], list[Known]]:
        """Mark the findings that are known; return them all, and the entries that none answers any more."""
        marker = self.marker()
        return marker.mark(findings), marker.left()

    def marker(self) -> Marker:
        """Return what marks findings an article at a time."""
        return Marker(self.folder, Counter(self.entries), self.schema)

    def gone(self, left: Iterable[Known], files: Collection[str], codes: Collection[str]) -> list[Known]:
        """Return the entries that could be taken out: this run looked for them, and they are not there.

        ``left`` are those that no finding answered; ``files`` and ``codes`` are what was checked.
        """
        checked = {os.path.realpath(file) for file in files}
        forgettable = []
        for entry in left:
            file = os.path.realpath(self.folder / entry.path)
            looked_at = file in checked or (
                self.schema == WITHOUT_ROWS and any(file.startswith(f"{path}#") for path in checked)
            )
            if entry.code in codes and (looked_at or not is_there(Path(file))):
                forgettable.append(entry)
        return forgettable


@dataclass(slots=True)
class Marker:
    """The entries of a baseline that no finding has answered yet."""

    folder: Path
    entries: Counter[Known]
    schema: int = SCHEMA

    def mark(self, findings: Sequence[Finding]) -> list[Finding]:
        """Mark those of the findings of some articles that are known; return them all, in their order.

        A finding that does not count uses up an entry as well: it is still there.
        """
        marked = list(findings)
        for index in sorted(range(len(marked)), key=lambda index: not marked[index].counts):
            entry = _entry(marked[index], self.folder)
            if self.schema == WITHOUT_ROWS and entry.row is not None:
                entry = entry._replace(path=f"{entry.path}#{entry.row}", row=None)
            if self.entries[entry]:
                self.entries[entry] -= 1
                marked[index] = replace(marked[index], baselined=True)
        return marked

    def left(self) -> list[Known]:
        """Return the entries that nothing answered."""
        return sorted(self.entries.elements(), key=_order)


def read_baseline(path: str | Path) -> Baseline:
    """Read a baseline; raises InputError for a missing or invalid file."""
    try:
        content = json.loads(text_of(Path(path), "utf-8"))
        schema = content["schema"]
        if type(schema) is not int or schema not in (SCHEMA, WITHOUT_ROWS):
            raise InputError(f"{path}: a baseline of another version of aligner; write it again")
        entries = tuple(map(_read_entry, content["findings"]))
    except OSError as error:
        raise InputError(
            f"{path}: the baseline cannot be read: {error.strerror or error}; --write-baseline makes one"
        ) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputError(f"{path}: not a baseline; --write-baseline makes one") from error
    return Baseline(_folder(path), entries, schema, str(path))


def _read_entry(entry: dict[str, Any]) -> Known:
    """Read one entry; raises ValueError, TypeError or KeyError for one that is damaged."""
    known = Known(entry["path"], entry["code"], entry["excerpt"], entry.get("row"))
    if not all(isinstance(text, str) for text in known[:3]) or not isinstance(known.row, str | None):
        raise TypeError("not a text")
    if "\0" in known.path:
        raise ValueError("no path")
    "".join(text for text in known if text).encode()  # half a character is ours to spell out: ValueError
    return known


def others_in(path: str | Path, checked: Iterable[str], codes: Collection[str]) -> list[Known]:
    """Return the entries of a baseline, if it is there, that a run did not look for: they are to stay.

    ``checked`` are the keys of the articles that were checked, ``codes`` the checks that ran. Entries of no
    file, and all those of a baseline of another version, are dropped.
    """
    try:
        baseline = read_baseline(path)
    except InputError:
        return []
    if baseline.schema != SCHEMA:
        return []
    files = {os.path.realpath(file) for key in checked for file in _files_of(key)}
    return [
        entry
        for entry, file in (
            (known, Path(os.path.realpath(baseline.folder / known.path))) for known in baseline.entries
        )
        if is_there(file) and not (entry.code in codes and str(file) in files)
    ]


def _files_of(key: str) -> Iterator[str]:
    """Yield the files that an article may be from: the key does not say where its row begins."""
    yield key
    for mark in re.finditer("#", key):
        yield key[: mark.start()]


def baseline_text(findings: Iterable[Finding], path: str | Path, retained: Iterable[Known] = ()) -> str:
    """Return the baseline of the findings that count, to be written to ``path``; one entry per line.

    ``retained`` are older entries that it keeps.
    """
    folder = _folder(path)
    from_findings = (_entry(finding, folder) for finding in findings if finding.counts)
    entries = sorted((*from_findings, *retained), key=_order)
    lines = ",\n".join(f"    {json.dumps(_record(entry), ensure_ascii=False)}" for entry in entries)
    body = f"[\n{lines}\n  ]" if lines else "[]"
    text = f'{{\n  "schema": {SCHEMA},\n  "findings": {body}\n}}\n'
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _record(entry: Known) -> dict[str, str]:
    return {name: value for name, value in entry._asdict().items() if value is not None}


def _order(entry: Known) -> tuple[str, str, str, str]:
    return entry.path, entry.row or "", entry.code, entry.excerpt


def _folder(path: str | Path) -> Path:
    return Path(os.path.realpath(Path(path).parent))


def _entry(finding: Finding, folder: Path) -> Known:
    path = Path(os.path.relpath(os.path.realpath(file_of(finding)), folder)).as_posix()
    row = None if finding.row is None else stored(finding.row)
    return Known(stored(path), finding.code, stored(normal(finding.excerpt)[:LONGEST_EXCERPT]), row)
