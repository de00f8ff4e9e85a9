"""Marks of the folders that are made here, by which the reader knows that they hold no articles."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

REPORT_MARK = ".aligner-report"
REPORT_TEXT = "This folder is a report of aligner: the next run replaces it, and none reads it as articles.\n"
REPORT_TABLES = ("summary.json", "documents.csv", "pairs.csv", "skipped.csv", "beads.jsonl", "findings.jsonl")
"""Files that show a report, one of an older version without the mark as well."""

REPORT_FILES = frozenset(
    (
        *REPORT_TABLES,
        *("unpaired.csv", "articles.jsonl", "findings.csv", "index.html", "findings.html"),
        *("about-this-report.txt", "review.jsonl", "reviewed-pairs.csv", "reviewed-beads.jsonl", REPORT_MARK),
    )
)
"""Files that stand in a report, with those of its review."""
PAGES = ("pairs", "articles")
"""Folders of a report that hold its pages."""
PAGE = re.compile(r"(?:[a-z0-9-]+-)?[0-9a-f]{16}\.html")
"""The name of a page: some words, and a digest."""

CACHE_MARK = "CACHEDIR.TAG"
CACHE_TEXT = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder is a cache of aligner, and may be deleted at any time; see https://bford.info/cachedir/\n"
)
_CACHE_ENDINGS = (".sqlite", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal", ".lock")


def mark_report(folder: Path) -> None:
    """Mark a folder as a report, or a part of one that is being written."""
    (folder / REPORT_MARK).write_text(REPORT_TEXT, encoding="utf-8")


def mark_cache(folder: Path) -> None:
    """Mark a folder as a cache, and keep git from it; one that holds other files stays as it is."""
    with contextlib.suppress(OSError):
        if not (folder / CACHE_MARK).exists() and _is_ours(folder):
            (folder / CACHE_MARK).write_text(CACHE_TEXT, encoding="utf-8")
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _is_ours(folder: Path) -> bool:
    names = [entry.name for entry in folder.iterdir()]
    return all(name == ".gitignore" or name.endswith(_CACHE_ENDINGS) for name in names)


def others_in(folder: str, product: str) -> Iterator[str]:
    """Yield the paths of files in a "report" or "cache" that are no part of it, sorted.

    What is in folders of a cache is a model that was unpacked.
    """
    for place, folders, files in os.walk(folder):
        relative = os.path.relpath(place, folder)
        folders[:] = [] if product == "cache" else sorted(folders)
        for name in sorted(files):
            if product == "cache":
                is_own = name in (CACHE_MARK, ".gitignore") or name.endswith(_CACHE_ENDINGS)
            else:
                is_own = (
                    name in REPORT_FILES
                    if relative == "."
                    else relative in PAGES and bool(PAGE.fullmatch(name))
                )
            if not is_own:
                yield f"{place}/{name}"


def made_here(folder: str | Path) -> str:
    """Return what a folder was created as: "report", "cache", or "" if not by this package."""
    folder = Path(folder)
    try:
        if (folder / "summary.json").is_file() and (
            (folder / REPORT_MARK).is_file() or all((folder / name).is_file() for name in REPORT_TABLES)
        ):
            return "report"
        mark = folder / CACHE_MARK
        if mark.is_file() and mark.read_text(encoding="utf-8", errors="replace") == CACHE_TEXT:
            return "cache"
    except OSError:
        pass
    return ""
