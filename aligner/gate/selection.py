"""Which articles a check looks at: those changed since a git revision, or those of a list of files."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aligner.keys import file_of, is_there
from aligner.model import InputError, Skipped
from aligner.readers.sources import UNOPENED, Other

NAMES_SHOWN = 10
"""Names in a message that lists some."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPED = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13, b'"': 34, b"\\": 92}


@dataclass(frozen=True, slots=True)
class Selection:
    """The files to look at, and the folders of which every file is one, as real paths.

    ``since`` is the git revision that they were compared with, None for a list of files. ``unpaired`` says
    that articles without counterpart are selected as well, because an article was deleted.
    """

    files: frozenset[str]
    folders: frozenset[str] = frozenset()
    since: str | None = None
    unpaired: bool = False

    @property
    def name(self) -> str:
        """The revision, or "files" for a list."""
        return self.since or "files"

    def holds(self, file: str) -> bool:
        """Return whether a file is selected."""
        real = os.path.realpath(file)
        if real in self.files:
            return True
        return bool(self.folders) and any(folder in self.folders for folder in parents(real))

    def concerns(self, entry: str | Skipped | Other) -> bool:
        """Return whether a file of the corpus is selected, or may be; an unreadable folder may hold one."""
        if isinstance(entry, Skipped):
            return entry.type == UNOPENED or self.holds(file_of(entry))
        return isinstance(entry, str) and (self.unpaired or self.holds(entry))


def parents(real: str) -> Iterator[str]:
    """Yield the folders that a real path is in, and itself, from within."""
    yield real
    yield from map(str, Path(real).parents)


def listed(data: bytes) -> Selection:
    r"""Select the files named in a list, one per line or each ended by a zero byte.

    A folder means all that it holds. Names may be quoted as git does (``"\303\251.txt"``), and lines may
    end as on any system. Raises ``InputError`` for a name that does not exist.
    """
    files: set[str] = set()
    folders: set[str] = set()
    missing: list[str] = []
    for name in _names(data):
        readings = map(Path, map(os.fsdecode, _readings(name)))
        existing = next((path for path in readings if is_there(path)), None)
        if existing is None:
            missing.append(os.fsdecode(name))
        else:
            (folders if existing.is_dir() else files).add(os.path.realpath(existing))
    if missing:
        ellipsis = f", … (+{len(missing) - NAMES_SHOWN})" if len(missing) > NAMES_SHOWN else ""
        raise InputError(
            f"--files-from: no such file or folder: {', '.join(map(repr, missing[:NAMES_SHOWN]))}{ellipsis}; "
            f"names count from {Path.cwd()}; leave out what is deleted (git diff --diff-filter=d)"
        )
    return Selection(frozenset(files), frozenset(folders))


def _names(data: bytes) -> Iterable[bytes]:
    """Split a list into its names; blank ones are skipped."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            data = _as_utf8(data, encoding)
            break
    ends = b"\0" if b"\0" in data else b"\n"
    return [name for name in data.split(ends) if name.strip()]


def _as_utf8(data: bytes, encoding: str) -> bytes:
    if encoding == "utf-8":
        return data.removeprefix(codecs.BOM_UTF8)
    try:
        return os.fsencode(data.decode(encoding))
    except UnicodeError as error:
        raise InputError(f"--files-from: the list is broken {encoding.upper()}; save it as UTF-8") from error


def _readings(name: bytes) -> Iterator[bytes]:
    """Yield what a line may mean: a name as it is, then without its line's end, unquoted, trimmed."""
    yield name
    line = name.removesuffix(b"\r")
    for text in (line, line.strip()):
        yield text
        if len(text) > 1 and text.startswith(b'"') and text.endswith(b'"'):
            yield _ESCAPE.sub(_unescaped, text[1:-1])


def _unescaped(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    value = int(code, 8) if len(code) == 3 else _ESCAPED.get(code)
    return escape[0] if value is None else bytes([value & 255])
