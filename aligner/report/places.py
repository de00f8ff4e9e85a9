"""Where a finding is, for tools that open files: lines only where they are the file's own."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from aligner.keys import file_of
from aligner.model import Finding
from aligner.readers.formats import format_of


class Region(NamedTuple):
    """Lines and columns from 1, in characters; ``end_column`` is the one after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """A file and, in it, a row or a region.

    Rows of a container and pages of the web have no region: their lines are those of the text taken
    out of them, and would point at something else in the file.
    """

    file: str
    row: str | None
    region: Region | None

    @property
    def uri(self) -> str:
        """The file as a relative reference."""
        return quote(self.file.encode("utf-8", "surrogateescape"), safe="/")


class _Passage(NamedTuple):
    """A passage of an article; ``row`` is that of a container, or its id."""

    path: str
    row: str | None
    text: str
    line: int
    column: int


def place(finding: Finding) -> Place:
    """Return where a finding is."""
    return _place(_Passage(finding.path, finding.row, finding.excerpt, finding.line, finding.column))


def other_place(finding: Finding) -> Place | None:
    """Return where the aligned passage of the other version is; None for a finding without one."""
    if finding.other_path is None or finding.other_line is None or finding.other_column is None:
        return None
    text = finding.other_excerpt or ""
    return _place(
        _Passage(finding.other_path, finding.other_row, text, finding.other_line, finding.other_column)
    )


def _place(passage: _Passage) -> Place:
    file = file_of(passage)
    found = format_of(file)
    if passage.row is not None or (found and not found.own_lines):
        return Place(_from_here(file), passage.row, None)
    lines = re.split("\r\n|\r|\n", passage.text)
    start = passage.column if len(lines) == 1 else 1
    end = Region(passage.line, passage.column, passage.line + len(lines) - 1, start + len(lines[-1]))
    return Place(_from_here(passage.path), None, end)


def _from_here(path: str) -> str:
    """Return a path as code hosts want it: from the working directory, where it is in it."""
    here = str(Path.cwd())
    if path.startswith(f"{here}{os.sep}"):
        return path[len(here) + 1 :]
    return path.removeprefix("./")
