"""Writes the marks of a review to its files, and never over those of another review."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from aligner.model import InputError
from aligner.settings.content import content_of
from aligner.settings.review import Record, Review, beads_lines, marks_file, pairs_table, read_review
from aligner.storage.whole import turn, write_whole


class Saving:
    """Saves a review whenever it is called: its marks in ``file``, pairs and beads beside it.

    To be made before the marks are read. Raises InputError for what is no file, and where somebody has
    changed it since.
    """

    def __init__(self, file: Path) -> None:
        if file.exists() and not file.is_file():
            raise InputError(f"{file}: not a regular file; name another for the marks")
        self._file = file
        self._held = _content(file)

    def __call__(self, review: Review) -> None:
        """Write all marks."""
        with turn(self._file.absolute().parent):
            self._save(review)

    def _save(self, review: Review) -> None:
        if _content(self._file) != self._held:
            raise InputError(
                f"{self._file}: another review, or another program, has changed it; end this review and "
                "start it again"
            )
        for name, lines in (
            (self._file, review.lines()),
            (self._file.with_name("reviewed-pairs.csv"), pairs_table(review.known).splitlines()),
            (self._file.with_name("reviewed-beads.jsonl"), beads_lines(review)),
        ):
            write_whole(name, (f"{line}\n".encode("utf-8", "surrogateescape") for line in lines))
            if name == self._file:
                self._held = _content(self._file)


def add_marks(path: Path, marks: Iterable[Record]) -> None:
    """Put marks into a file, or into that of a report. Raises InputError as ``Saving`` does."""
    file = marks_file(path)
    save, review = Saving(file), read_review(file)
    for mark in marks:
        review = review.with_mark(mark)
    save(review)


def _content(file: Path) -> bytes | None:
    """Return what a file holds, None where there is none, or it cannot be read."""
    try:
        return content_of(file) if file.is_file() else None
    except OSError:
        return None
