"""One run at a time into one report folder, and what dead runs have left beside it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
from collections.abc import Iterable
from glob import escape
from pathlib import Path

from aligner.model import InputError


class FolderLock:
    """The right to write a report folder, held by a file beside it.

    The system lets go of it when its process dies, however that happens. Raises InputError where another
    run holds it, saying which.
    """

    def __init__(self, out: Path) -> None:
        self._path = out.with_name(f".{out.name}.lock")
        self._handle: int | None = None
        while self._handle is None:
            self._handle = self._take(out)

    def _take(self, out: Path) -> int | None:
        """Take the lock; None if its last holder has just cleared it away, so that it must be made again."""
        import fcntl

        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = _told(os.read(handle, 4096))
            os.close(handle)
            raise InputError(
                f"{out}: another run is writing there ({holder}); wait until it ends, or name another folder"
            ) from error
        if not self._is_still_there(handle):
            os.close(handle)
            return None
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
        return handle

    def _is_still_there(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let the next run have it."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()
            os.close(self._handle)
            self._handle = None


def clear_up(out: Path, own_entries: Iterable[str]) -> None:
    """Take away what runs that died have left beside ``out``; a report that one had put aside comes back.

    Only for who holds the lock: then no other run is at work on any of it.
    """
    for left in sorted(out.parent.glob(f".{escape(out.name)}.part-*")):
        if left.name.endswith("-old"):
            put_back(left, out, own_entries)
        shutil.rmtree(left, ignore_errors=True)


def put_back(old: Path, out: Path, own_entries: Iterable[str]) -> None:
    """Let ``out`` have what it lacks of an older report in ``old``: others' files, or all of it."""
    if not out.exists():
        old.rename(out)
        return
    own = frozenset(own_entries)
    for entry in old.iterdir():
        if entry.name not in own and not (out / entry.name).exists():
            entry.rename(out / entry.name)


def _told(note: bytes) -> str:
    try:
        holder = json.loads(note)
        return f"process {int(holder['pid'])} on {holder['host']}"
    except (ValueError, KeyError, TypeError):
        return "just begun"
