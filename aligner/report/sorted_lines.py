"""Lines of JSON written in any order and kept in the order of their keys, whatever their number."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from aligner.report.reader import Places
from aligner.report.records import Record

Key = tuple[str | int, ...]


class SortedLines:
    """A file of lines. Those that come in order cost no memory; once one does not, every key is kept.

    ``key`` gives the place of a record; its first part names the group of lines that it belongs to.
    """

    def __init__(self, spool: Path, key: Callable[[Record], Key]) -> None:
        self._path = spool
        self._key = key
        self._file: BinaryIO = spool.open("w+b")
        self._last: Key = ()
        self._lines: list[tuple[Key, int, int]] | None = None
        self._places: Places = {}

    def add(self, record: Record) -> None:
        """Write a record."""
        key = self._key(record)
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
        # A lone surrogate has no UTF-8 form; backslashreplace spells it as JSON itself would.
        data = line.encode("utf-8", "backslashreplace")
        if self._lines is None and key < self._last:
            self._lines = self._read_back()
        offset = self._file.tell()
        if self._lines is not None:
            self._lines.append((key, offset, len(data)))
        else:
            self._count(key, offset)
        self._last = key
        self._file.write(data)

    def write(self, target: Path) -> Places:
        """Put the file where it belongs, in order; return where each group of lines begins there."""
        if self._lines is None:
            self._file.close()
            self._path.rename(target)
            return self._places
        self._places = {}
        with target.open("wb") as out:
            for key, offset, length in sorted(self._lines):
                self._file.seek(offset)
                self._count(key, out.tell())
                out.write(self._file.read(length))
        self.close()
        return self._places

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _count(self, key: Key, offset: int) -> None:
        group = str(key[0])
        first, number = self._places.get(group, (offset, 0))
        self._places[group] = (first, number + 1)

    def _read_back(self) -> list[tuple[Key, int, int]]:
        """Return the keys of all lines so far."""
        self._file.seek(0)
        lines = []
        offset = 0
        for line in self._file:
            lines.append((self._key(json.loads(line)), offset, len(line)))
            offset += len(line)
        return lines
