"""A text file that is changed in place: its text, what may not be touched in it, and what becomes of it."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.model import Document, Finding, InputError, Skipped
from aligner.readers.articles import read_data
from aligner.readers.decoding import MARKS
from aligner.readers.formats import file_format
from aligner.readers.sources import read_bytes
from aligner.settings.review import Record
from aligner.storage.whole import rewrite
from aligner.text.masks import masks
from aligner.text.visible import in_log, printable_path

FORMATS = ("txt", "md")
"""Formats whose offsets count in the file itself; what is taken out of others cannot be put back."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_LINE_END = re.compile(r"\r?\n\Z")
_QUOTED = re.compile(r"«[^«»\n]{0,1000}»|“[^“”\n]{0,1000}”|\"[^\"\n]{0,1000}\"")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file and what becomes of it: its text before and after, also as bytes, and the findings fixed.

    ``marks`` are those of a review that asked for it, as they are once the file is written.
    """

    path: str
    before: str
    after: str
    data: bytes
    findings: tuple[Finding, ...]
    original: bytes
    marks: tuple[Record, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The code of each suggestion applied."""
        return (*(finding.code for finding in self.findings), *(mark["code"] for mark in self.marks))

    def __repr__(self) -> str:
        counts = sorted(Counter(self.codes).items())
        return f"<Fixed {self.path}: {', '.join(f'{code} {n}' for code, n in counts)}>"

    def write(self) -> None:
        """Change the file. Raises InputError if it is read-only, or has changed since it was read."""
        rewrite(Path(self.path), self.original, self.data)

    def diff(self, *, printable: bool = False) -> str:
        """Return a unified diff of the text; a ``printable`` one has nothing in it that steers a terminal."""
        old, new = (_LINE.findall(text) for text in (self.before, self.after))
        name = printable_path(self.path) if printable else self.path
        lines = difflib.unified_diff(old, new, name, name)
        complete = [
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
        ]
        return "".join(map(_printable, complete) if printable else complete)


def _printable(line: str) -> str:
    """Spell out what steers a terminal or a build in a line of a diff; its end stays."""
    end = _LINE_END.search(line)
    text = line[: end.start()] if end else line
    return in_log(text) + line[len(text) :]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that can be changed in place, as it was read."""

    document: Document
    data: bytes

    @property
    def encoding(self) -> str:
        """The encoding that it is written back in."""
        return self.document.metadata["encoding"]

    def fixed(self, text: str, findings: Sequence[Finding] = (), marks: Sequence[Record] = ()) -> Fixed:
        """Return what becomes of it with another text."""
        data = _encoded(text, self.encoding, self.data)
        return Fixed(
            self.document.path, self.document.text, text, data, tuple(findings), self.data, tuple(marks)
        )


def read_text_file(path: str) -> TextFile | Skipped:
    """Read a file that is to be changed in place; or return why it cannot be."""
    if file_format(path) not in FORMATS or path.endswith(".gz") or path == "-":
        return Skipped(path, "only .txt and .md files can be fixed in place")
    try:
        data = read_bytes(path)
    except InputError as error:
        return Skipped(path, str(error))
    document = read_data(path, data)
    if isinstance(document, Skipped):
        return document
    encoding = document.metadata["encoding"]
    if _encoded(document.text, encoding, data) != data:
        return Skipped(path, f"it cannot be written back as {encoding} without other changes")
    return TextFile(document, data)


def protected(document: Document) -> list[tuple[int, int]]:
    """Return where code, addresses and quotations are, which are never touched."""
    spans = [(mask.start, mask.end) for mask in masks(document.text, file_format(document.path))]
    return [*spans, *(match.span() for match in _QUOTED.finditer(document.text))]


def encodable(text: str | None, encoding: str) -> str | None:
    """Return a text as the encoding can say it, with wide no-break spaces if need be; None if it cannot."""
    for spelling in () if text is None else (text, text.replace("\u202f", "\xa0")):
        if _can_encode(spelling, encoding):
            return spelling
    return None


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _encoded(text: str, encoding: str, data: bytes) -> bytes:
    """Return a text as its file had it: encoding, byte order mark, line ends."""
    try:
        encoded = text.encode(encoding, "surrogateescape")
    except (UnicodeEncodeError, LookupError):
        return b""
    return next((mark for mark, name in MARKS if name == encoding and data.startswith(mark)), b"") + encoded
