"""Content of a file that an option names: read once, so that a pipe will do, and up to a limit."""

from __future__ import annotations

from pathlib import Path

from aligner.model import InputError

MAX_BYTES = 256 * 2**20
"""Bytes of a baseline, a list or a table that are read."""


def content_of(path: Path) -> bytes:
    """Return the bytes of a file. Raises OSError, and InputError for one of more than MAX_BYTES."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: longer than {MAX_BYTES // 2**20} MiB; name another file")
    return data


def text_of(path: Path, encoding: str, errors: str = "strict") -> str:
    """Return the text of a file, with plain line ends. Raises UnicodeDecodeError, and as ``content_of``."""
    return content_of(path).decode(encoding, errors).replace("\r\n", "\n").replace("\r", "\n")
