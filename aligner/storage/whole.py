"""Writes a file as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from aligner.model import InputError


def write_whole(out: Path, pieces: Iterable[bytes]) -> None:
    """Write a file as a whole or not at all: one that is there stays until the new one is finished."""
    try:
        target = Path(os.path.realpath(out))  # a link stays a link
        if target.is_symlink():
            raise InputError(f"{out}: a link that leads in a circle; name another file")
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_file():  # a pipe, a terminal
            with target.open("wb") as file:
                file.writelines(pieces)
            return
        handle, name = tempfile.mkstemp(prefix=".aligner-", suffix=".part", dir=target.parent)
        try:
            os.close(handle)
            with Path(name).open("wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{out}: cannot be written: {error.strerror or error}") from error
    except ValueError as error:
        raise InputError(f"{str(out)!r}: cannot be written: no name for a file") from error


def _umask() -> int:
    """Return the bits that the system takes from the rights of new files; asking for them sets them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
