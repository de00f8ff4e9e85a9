"""The place of a finding, for tools that open files: lines only where they are the file's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from aligner.keys import file_of, pair_key
from aligner.model import Finding
from aligner.readers.formats import format_of
from aligner.report.outcome import Checked
from aligner.settings.repository import from_top, repository


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


class Passage(NamedTuple):
    """A passage of an article; ``row`` is that of a container, or its id; line 0 means the whole article."""

    path: str
    row: str | None
    text: str = ""
    start: int = 0
    end: int = 0
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """The view of a code host: paths from its ``root``, and only ``changed`` articles are shown.

    These are by their names in the key of a pair; None stands for all articles.
    """

    root: Path = field(default_factory=Path.cwd)
    changed: Mapping[str, Checked] | None = None

    @classmethod
    def of(cls, changed: Iterable[Checked] | None = None) -> View:
        """Return the view of the repository that we are in, or of where we are."""
        by_name = None if changed is None else {_in_key(article.path): article for article in changed}
        folder = Path.cwd()
        return cls(repository(folder) or folder, by_name)

    def sides(self, finding: Finding) -> tuple[Passage, Passage | None]:
        """Return the passage to show a finding at, and the one that it is compared with.

        What is found in a pair is shown on the side that was changed, for the other one is not looked at:
        at the aligned passage, or at the article as a whole where nothing is aligned.
        """
        passage = Passage(
            finding.path,
            finding.row,
            finding.excerpt,
            finding.start,
            finding.end,
            finding.line,
            finding.column,
        )
        compared = _other_passage(finding)
        if self.changed is None or finding.pair is None or _in_key(finding.path) in self.changed:
            return passage, compared
        counterpart = self.changed.get(_counterpart(finding.pair, finding.path))
        if counterpart is None:
            return passage, compared
        return compared or _whole_article(counterpart), passage

    def place(self, passage: Passage) -> Place:
        """Return where a passage is; what is outside of the root keeps its path."""
        file = file_of(passage)
        input_format = format_of(file)
        shown_path = from_top(file, self.root).removeprefix("./")
        if passage.row is not None or (input_format and not input_format.own_lines) or not passage.line:
            return Place(shown_path, passage.row, None)
        lines = re.split("\r\n|\r|\n", passage.text)
        start = passage.column if len(lines) == 1 else 1
        end = Region(passage.line, passage.column, passage.line + len(lines) - 1, start + len(lines[-1]))
        return Place(shown_path, None, end)


def _other_passage(finding: Finding) -> Passage | None:
    """Return the aligned passage of the other version; None for a finding without one."""
    if finding.other_path is None or finding.other_line is None or finding.other_column is None:
        return None
    return Passage(
        finding.other_path,
        finding.other_row,
        finding.other_excerpt or "",
        finding.other_start or 0,
        finding.other_end or 0,
        finding.other_line,
        finding.other_column,
    )


def _whole_article(article: Checked) -> Passage:
    return Passage(
        article.path, article.path[len(article.file) + 1 :] if article.file != article.path else None
    )


def _in_key(path: str) -> str:
    """Spell a path as the key of a pair does."""
    return pair_key(path, "")[:-1]


def _counterpart(pair: str, path: str) -> str:
    """Return the other article of a pair, as its key spells it."""
    name = _in_key(path)
    return pair.removeprefix(f"{name}|") if pair.startswith(f"{name}|") else pair.removesuffix(f"|{name}")
