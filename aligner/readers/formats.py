"""The table of input formats: one row each, from which everything else that knows formats is derived."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Literal

Holds = Literal["article", "articles", "bitext"]


@dataclass(frozen=True, slots=True)
class Format:
    """One input format.

    ``suffixes`` are the endings of its files, without the dot. ``read`` names what reads it, as
    ``module:function``, which is imported on first use: an ``"article"`` from the bytes of its file
    (``bytes -> Content``), ``"articles"`` from a file or standard input (``(path, stdin) -> Records``), the
    aligned rows of a ``"bitext"`` from a file (``path -> rows``). ``own_lines`` is False where the text is
    taken out of the file, so that its lines are not the file's; ``comments`` is True where an article may
    say in a comment what to ignore in it; ``pictures`` where the file may hold some, and be longer than text.
    """

    name: str
    suffixes: tuple[str, ...]
    holds: Holds
    read: str
    own_lines: bool = True
    comments: bool = False
    pictures: bool = False

    def reader(self) -> Callable[..., Any]:
        """Return the function that reads this format."""
        module, _, name = self.read.partition(":")
        function: Callable[..., Any] = getattr(importlib.import_module(f"aligner.readers.{module}"), name)
        return function


FORMATS: tuple[Format, ...] = (
    Format("txt", ("txt", "text"), "article", "plain:read_text"),
    Format("md", ("md", "markdown"), "article", "plain:read_markdown", comments=True),
    Format("html", ("html", "htm"), "article", "webpage:read_page", own_lines=False, comments=True),
    Format("docx", ("docx", "docm"), "article", "word:read_word", own_lines=False, pictures=True),
    Format("odt", ("odt",), "article", "opendocument:read_opendocument", own_lines=False, pictures=True),
    Format("jsonl", ("jsonl", "ndjson"), "articles", "tables:json_lines", own_lines=False),
    Format("csv", ("csv",), "articles", "tables:comma_separated", own_lines=False),
    Format("tsv", ("tsv",), "articles", "tables:tab_separated", own_lines=False),
    Format("parquet", ("parquet",), "articles", "parquet:parquet", own_lines=False),
    Format("tmx", ("tmx",), "bitext", "bitext:tmx_rows", own_lines=False),
    Format(
        "xliff",
        ("xlf", "xliff", "sdlxliff", "mqxliff", "mxliff"),
        "bitext",
        "xliff:xliff_rows",
        own_lines=False,
    ),
    Format("po", ("po",), "bitext", "gettext:po_rows", own_lines=False),
)
PACKED = ".gz"
"""Ending of a file of any format that is packed."""

BY_NAME: Mapping[str, Format] = {row.name: row for row in FORMATS}
_BY_SUFFIX: Mapping[str, Format] = {suffix: row for row in FORMATS for suffix in row.suffixes}
COMMENT_FORMATS = frozenset(row.name for row in FORMATS if row.comments)
"""Formats in which an article may say what to ignore in it."""


def format_of(path: str) -> Format | None:
    """Return the format that the name of a file tells, ``.gz`` left out; None for a name that tells none."""
    return _BY_SUFFIX.get(suffix_of(path))


def file_format(path: str) -> str:
    """Return the name of the format that a file's name tells; '' for a name that tells none."""
    form = format_of(path)
    return form.name if form else ""


def suffix_of(path: str) -> str:
    """Return the ending of a file's name in lower case, without its dot and ``.gz``; '' for none."""
    _, dot, suffix = PurePath(path).name.lower().removesuffix(PACKED).rpartition(".")
    return suffix if dot else ""


def hook_pattern() -> str:
    """Return the pattern of the names of all files that are read, for the pre-commit hook."""
    suffixes = "|".join(suffix for row in FORMATS for suffix in row.suffixes)
    return rf"(?i)\.({suffixes})(\.gz)?$"
