"""Which files are behind the paths that a person gave, and their bytes, within limits."""

from __future__ import annotations

import codecs
import gzip
import io
import logging
import os
import re
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, BinaryIO, cast

from aligner.model import InputError, Skipped
from aligner.readers.foreign import family, type_of
from aligner.readers.formats import PACKED, file_format
from aligner.settings.repository import from_top, is_submodule, repository
from aligner.storage.marks import made_here, others_in

logger = logging.getLogger(__name__)

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
STDIN = "-"

MAX_ARTICLE_BYTES = 8 * 2**20
"""The longest article, or line of a container, that is read; the longest novels in print are as long."""
MAX_PACKAGE_BYTES = 64 * 2**20
"""The longest file that holds an article among other things, as pictures, or many rows of text."""
MAX_RATIO = 200
"""Unpacked to packed bytes, beyond which a .gz is taken for a trap: prose reaches 5, zeros 1,000."""
_RATIO_APPLIES_FROM = 64 * 2**20
_CHUNK = 2**18


@dataclass(frozen=True, slots=True)
class Other:
    """A file in a folder that is only counted: a picture, code, a hidden file, or one left out on purpose."""

    path: str


def check_paths(paths: Sequence[str]) -> None:
    """Raise ``InputError`` for the first path that does not exist, with what to do about it."""
    for path in paths:
        require_path(path)
        if path != STDIN and not _holds(Path(path).exists):
            raise InputError(f"{path}: {_why_missing(path)}")


def _why_missing(path: str) -> str:
    if _ADDRESS.match(path):
        return "addresses are not read; save the page as a file and give the path of that"
    return f"no such file or folder; check the spelling (paths count from {Path.cwd()})"


def require_path(path: str) -> None:
    """Raise ``InputError`` for what the system can take for no path at all."""
    if "\0" in path:
        raise InputError(f"{path!r}: no path holds a NUL character; check the spelling")


def list_files(paths: Sequence[str], ignore: Sequence[str] = ()) -> list[str]:
    """Return the files behind ``paths``, in the order given, folders walked and sorted, none twice.

    Folders give the files of a known format; a file that is named itself is always kept. ``ignore`` are
    globs on the paths of files in folders, or on the ends of these; a path counts from the top of the git
    repository, too, wherever in it we are.
    """
    return [file for file in walk(paths, ignore) if isinstance(file, str)]


def walk(paths: Sequence[str], ignore: Sequence[str] = ()) -> Iterator[str | Skipped | Other]:
    """Yield what ``list_files`` lists and, in their places, what is not read there.

    ``Skipped`` are folders that cannot be opened and files of a type that is not read, ``Other`` what is
    only counted. Reports and caches of aligner are skipped.
    """
    listed_places: set[Path | str] = set()
    opened: set[tuple[int, int]] = set()
    top = repository(Path()) if ignore else None

    def ignored(path: str) -> bool:
        return is_ignored(path, ignore) or (top is not None and is_ignored(from_top(path, top), ignore))

    for path in paths:
        for entry in (
            _folder(path, opened, ignored) if path != STDIN and _holds(Path(path).is_dir) else [path]
        ):
            place = Path(entry).absolute() if isinstance(entry, str) else entry.path
            if place not in listed_places:
                listed_places.add(place)
                yield entry


def _folder(
    folder: str, opened: set[tuple[int, int]], ignored: Callable[[str], bool]
) -> Iterator[str | Skipped | Other]:
    """Yield the files of a folder and its subfolders, hidden folders left out.

    A folder that links lead to again is not opened again: links may lead in circles, and links to links
    multiply. Folders wait in a list, for they may lie deeper than functions can call each other.
    """
    waiting = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield _file(path, ignored)
        elif product := made_here(path):
            # Another run makes another one: to list or count it would change the report of the same articles.
            if path == folder:
                yield Skipped(path, f"a {product} of aligner, in which no articles are read")
            logger.info("%s: a %s of aligner is not read", path, product)
            yield from _left_in(path, product, ignored)
        else:
            try:
                state = Path(path).stat()
                if (state.st_dev, state.st_ino) not in opened:
                    opened.add((state.st_dev, state.st_ino))
                    entries = _entries(path)
                    if not entries and is_submodule(path) and not ignored(path):
                        yield Skipped(path, NOT_FETCHED, UNOPENED)
                    waiting += reversed(entries)
            except OSError as error:
                reason = f"the folder cannot be opened: {_words(error)}; check its permissions"
                yield Skipped(path, reason, UNOPENED)


def _left_in(folder: str, product: str, ignored: Callable[[str], bool]) -> Iterator[Skipped]:
    """Yield the articles that somebody put into a report or a cache, lest its mark hides them."""
    for path in others_in(folder, product):
        name = path.rpartition("/")[2]
        if file_format(path) and not name.startswith(".") and not ignored(path):
            reason = f'in a {product} of aligner; move it, or name it in "ignore" of [read]'
            yield Skipped(path, reason, type_of(path))


NOT_FETCHED = "a submodule of git that is not checked out; run git submodule update --init"
UNOPENED = "folder"
"""The type of what is skipped because nobody can look into it."""


def _entries(folder: str) -> list[tuple[str, bool]]:
    """Return the folders (True), without hidden ones, and files (False) of a folder, by name."""
    prefix = "" if folder in (".", "./") else folder.rstrip("/") + "/"  # keys keep the path as it was given
    with os.scandir(folder) as listing:
        entries = sorted((entry.name, _holds(entry.is_dir)) for entry in listing)
    return [
        (prefix + name, is_folder) for name, is_folder in entries if not (is_folder and name.startswith("."))
    ]


def _file(path: str, ignored: Callable[[str], bool]) -> str | Skipped | Other:
    """Decide what becomes of a file in a folder."""
    name = path.rpartition("/")[2]
    if name.startswith(".") or ignored(path):
        return Other(path)
    if file_format(path):
        return path
    kind = family(path)
    if kind == "counted":
        return Other(path)
    if kind == "other":
        return Skipped(path, "of a type that is not read", type_of(path), relevant=False)
    reason = 'of a type that is not read; save it as .txt, .md or .html, or name it in "ignore" of [read]'
    return Skipped(path, reason, type_of(path))


def is_ignored(path: str, ignore: Sequence[str]) -> bool:
    """Return whether one of some globs matches a path or the end of it, case-insensitively."""
    folded = path.removeprefix("./").casefold()
    return any(
        fnmatchcase(folded, glob.casefold()) or fnmatchcase(folded, f"*/{glob.casefold()}") for glob in ignore
    )


def _holds(test: Callable[[], bool]) -> bool:
    """Return what a test of a path says; False where the path cannot be looked at."""
    try:
        return test()
    except (OSError, ValueError):  # a link that leads in a circle, no name at all, or where we may not look
        return False


def read_bytes(
    path: str, stdin: BinaryIO | None = None, data: bytes | None = None, limit: int = MAX_ARTICLE_BYTES
) -> bytes:
    """Return all bytes of one article's file, unpacked; ``InputError`` where that cannot be.

    ``data`` is what the file holds, where that is known already; ``limit`` the most bytes that are read.
    """
    pieces: list[bytes] = []
    size = 0
    for piece in chunks(path, stdin) if data is None else _of_data(path, data):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            longest = f"{limit // 2**20} MiB"
            raise InputError(f"longer than {longest}, too long for one article; split it into several files")
    return b"".join(pieces)


def read_lines(path: str, stdin: BinaryIO | None = None) -> Iterator[bytes | None]:
    """Yield the lines of a container, without their ends; None for one longer than an article may be."""
    unfinished, too_long = b"", False
    for piece in _in_utf8(chunks(path, stdin)):
        *lines, tail = piece.split(b"\n")
        for line in lines:
            yield None if too_long else (unfinished + line).removesuffix(b"\r")
            unfinished, too_long = b"", False
        unfinished = b"" if too_long else unfinished + tail
        if len(unfinished) > MAX_ARTICLE_BYTES:
            unfinished, too_long = b"", True
    if unfinished or too_long:
        yield None if too_long else unfinished.removesuffix(b"\r")


def chunks(path: str, stdin: BinaryIO | None = None) -> Iterator[bytes]:
    """Yield the bytes of a file or of standard input in pieces, unpacked where the name ends in ``.gz``.

    Raises InputError for what cannot be opened, read or unpacked.
    """
    if path == STDIN:
        if stdin is None:
            raise InputError("standard input was named, but there is none")
        yield from _pieces(stdin)
        return
    try:
        with open_regular(path) as file:
            packed = path.lower().endswith(PACKED)
            yield from _unpacked(file, os.fstat(file.fileno()).st_size) if packed else _pieces(file)
    except OSError as error:
        raise InputError(
            f"cannot be read: {_words(error)}; check its permissions, or leave it out"
        ) from error


@contextmanager
def open_regular(path: str) -> Iterator[BinaryIO]:
    """Open a file to read it. Raises ``InputError`` for a pipe, a socket or a device, which might never end.

    It is looked at before, for opening some devices does something, and again when open, for it may have
    been replaced; what is replaced by a pipe is not waited for.
    """
    _require_regular(Path(path).stat())
    with open(path, "rb", opener=_open_at_once) as file:  # Path.open takes no opener
        _require_regular(os.fstat(file.fileno()))
        yield file


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _require_regular(state: os.stat_result) -> None:
    if not stat.S_ISREG(state.st_mode):
        raise InputError("not a regular file; give a text file")


def _of_data(path: str, data: bytes) -> Iterator[bytes]:
    file = io.BytesIO(data)
    return _unpacked(file, len(data)) if path.lower().endswith(PACKED) else _pieces(file)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_CHUNK):
        yield piece


def swelling_limit(size: int) -> int:
    """Return the bytes to which a packed file of that size may be unpacked."""
    return max(_RATIO_APPLIES_FROM, MAX_RATIO * size)


def swells(limit: int) -> str:
    """Return the reason for not reading a file that unpacks to more than ``limit`` bytes."""
    return f"swells to more than {limit // 2**20} MiB when unpacked; unpack it by hand to see why"


def _unpacked(file: IO[bytes], size: int) -> Iterator[bytes]:
    limit = swelling_limit(size)
    total = 0
    try:
        for piece in _pieces(cast(IO[bytes], gzip.GzipFile(fileobj=file))):
            total += len(piece)
            if total > limit:
                raise InputError(swells(limit))
            yield piece
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"damaged gzip data ({error}); pack the file again") from error


def _in_utf8(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Recode UTF-16 and UTF-32 with a byte order mark, to tell lines apart; drop that of UTF-8."""
    decoder: codecs.IncrementalDecoder | None = None
    for number, piece in enumerate(pieces):
        if number == 0 and piece.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
            decoder = codecs.getincrementaldecoder("utf-32")("replace")
        elif number == 0 and piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            decoder = codecs.getincrementaldecoder("utf-16")("replace")
        first = piece.removeprefix(codecs.BOM_UTF8) if number == 0 else piece
        yield decoder.decode(first).encode("utf-8", "replace") if decoder else first


def _words(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
