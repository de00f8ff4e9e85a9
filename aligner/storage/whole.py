"""Writes a file as a whole or not at all, and changes one that is there as an editor does."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from aligner.model import InputError

TURN_SECONDS = 10.0
"""How long to wait for another run that writes into the same folder; each takes some milliseconds."""


@contextlib.contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Let one run of this machine at a time look at a file of a folder and replace it.

    Raises InputError where another program keeps the folder locked. Where it cannot be locked, as on some
    file systems, nothing is waited for.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            deadline = time.monotonic() + TURN_SECONDS
            while not _try_lock(handle):
                if time.monotonic() > deadline:
                    raise InputError(f"{folder}: locked by another program; wait until it ends")
                time.sleep(0.01)
        yield


def _try_lock(handle: int) -> bool:
    """Lock what is open; return whether nobody else holds it."""
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_whole(out: Path, pieces: Iterable[bytes]) -> None:
    """Write a file as a whole or not at all: an older one stays until the new one is complete.

    Raises InputError for a place that cannot be written to.
    """
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


def rewrite(path: Path, before: bytes, after: bytes) -> None:
    """Change what a file holds, as an editor does: links of either kind, rights and owner stay.

    Raises InputError, and changes nothing, for a file that is read-only, or that holds anything but
    ``before`` by now: somebody else has changed it.
    """
    target = Path(os.path.realpath(path))
    try:
        with turn(target.parent):
            _rewrite(path, target, before, after)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error


def _rewrite(path: Path, target: Path, before: bytes, after: bytes) -> None:
    content = target.read_bytes() if target.is_file() else b""
    if content == after:  # another name of a file that was changed
        return
    if content != before:
        raise InputError(f"{path}: it has changed since it was read; run the command again")
    info = target.stat()
    if not (info.st_mode & 0o222 and os.access(target, os.W_OK)):
        raise InputError(f"{path}: cannot be written: it is read-only; make it writable, or leave it out")
    if _is_replaceable(target, info):
        write_whole(target, [after])
    else:
        _overwrite(target, before, after)


def _is_replaceable(target: Path, info: os.stat_result) -> bool:
    """Return whether another file under the name of this one has all that this one has beside its content."""
    attributes = getattr(os, "listxattr", lambda _: ())  # Linux
    return (
        info.st_nlink == 1
        and (info.st_uid, info.st_gid) == (os.geteuid(), os.getegid())
        and os.access(target.parent, os.W_OK)
        and not attributes(target)
    )


def _overwrite(target: Path, before: bytes, after: bytes) -> None:
    """Write into a file itself; if that fails half-way, what it held is put back into the room it had."""
    with target.open("r+b", buffering=0) as file:
        try:
            _pour(file, after)
        except BaseException:
            with contextlib.suppress(OSError):
                _pour(file, before)
            raise


def _pour(file: BinaryIO, data: bytes) -> None:
    file.seek(0)
    remaining = memoryview(data)
    while remaining:
        remaining = remaining[file.write(remaining) :]
    file.truncate()
    os.fsync(file.fileno())


def _umask() -> int:
    """Return the bits that the system takes from the rights of new files; asking for them sets them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
