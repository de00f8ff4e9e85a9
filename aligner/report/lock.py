"""One run at a time into one report folder, and what dead runs have left beside it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import stat
from collections.abc import Callable, Iterable
from glob import escape
from itertools import count
from pathlib import Path

from aligner.model import InputError
from aligner.storage.marks import PAGE, PAGES, REPORT_MARK, made_here

JUST_BEGUN = "just begun"


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

        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError as error:  # as below /proc, where nothing can be made
            raise InputError(f"{out}: cannot be the report folder: nothing can be written there") from error
        except IsADirectoryError as error:
            raise self._not_ours() from error
        if not stat.S_ISREG(os.fstat(handle).st_mode):  # a pipe, a device
            os.close(handle)
            raise self._not_ours()
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = _holder_named(os.read(handle, 4096))
            os.close(handle)
            raise InputError(
                f"{out}: another run is writing there ({holder}); wait until it ends, or name another folder"
            ) from error
        if not self._is_still_there(handle):
            os.close(handle)
            return None
        if _is_somebody_elses(os.pread(handle, 4096, 0)):
            os.close(handle)
            raise self._not_ours()
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
        return handle

    def _not_ours(self) -> InputError:
        return InputError(f"{self._path}: is no lock of aligner; rename it, or name another report folder")

    def _is_still_there(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Release the lock."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()
            os.close(self._handle)
            self._handle = None


PART_ENDINGS = ("", "-scratch", "-old")
"""Names of the folders of a run beyond ``.NAME.part-NUMBER``."""


def part_folder(out: Path) -> Path:
    """Return a name beside ``out`` for a report that is being written, which nobody has yet."""
    for number in count(os.getpid()):
        part = out.with_name(f".{out.name}.part-{number}")
        if not any(os.path.lexists(f"{part}{ending}") for ending in PART_ENDINGS) or _is_part(part):
            return part
    raise AssertionError("numbers do not end")


def clear_up(out: Path, own_entries: Iterable[str]) -> None:
    """Take away what runs that died have left beside ``out``; a report that one had put aside comes back.

    Only for who holds the lock: then no other run is at work on any of it. What others have put there, under
    however similar a name, stays.
    """
    for left in sorted(out.parent.glob(f".{escape(out.name)}.part-*")):
        if _is_part(left):
            if left.name.endswith("-old"):
                put_back(left, out, own_entries)
            shutil.rmtree(left, ignore_errors=True)


def _is_part(folder: Path) -> bool:
    """Return whether a folder is a run's own: by its name, and by its mark, unless it is still empty."""
    if (
        folder.is_symlink()
        or not folder.is_dir()
        or not re.search(r"\.part-\d+(?:-scratch|-old)?$", folder.name)
    ):
        return False
    return (folder / REPORT_MARK).is_file() or made_here(folder) == "report" or not any(folder.iterdir())


NEW, OLD = ".aligner-new", ".aligner-old"
"""Folders within a report folder that cannot be replaced as a whole, while its content is."""


def refill(new: Path, out: Path, own_entries: Iterable[str]) -> None:
    """Replace the content of ``out``, which must remain the same folder, by that of ``new``; remove ``new``.

    What takes time is done first; then files are renamed. ``restore`` undoes what a run that dies leaves.
    """
    fresh, old = out / NEW, out / OLD
    try:
        shutil.copytree(new, fresh)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    old.mkdir()
    for entry in [out / name for name in sorted({*own_entries, *PAGES})]:
        if entry.exists():
            entry.rename(old / entry.name)
    for entry in sorted(fresh.iterdir(), key=lambda entry: entry.name == "summary.json"):
        entry.rename(out / entry.name)
    put_back(old, out, own_entries)
    shutil.rmtree(old)
    fresh.rmdir()
    shutil.rmtree(new, ignore_errors=True)


def restore(out: Path, own_entries: Iterable[str]) -> None:
    """Bring back the content that a run died over while it was replaced, unless the new one is whole."""
    fresh, old = out / NEW, out / OLD
    if old.is_dir() and not (out / "summary.json").is_file():
        for entry in sorted(old.iterdir()):
            shutil.rmtree(out / entry.name, ignore_errors=True)
            entry.replace(out / entry.name)
    if old.is_dir():
        put_back(old, out, own_entries)
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)


def put_back(old: Path, out: Path, own_entries: Iterable[str]) -> None:
    """Restore to ``out`` what it lacks of an older report in ``old``: others' files, or everything."""
    if not out.exists():
        old.rename(out)
        return
    own_names = frozenset(own_entries)
    for entry in sorted(old.iterdir()):
        if entry.name in PAGES and entry.is_dir() and not entry.is_symlink():
            _carry_over(entry, out / entry.name, lambda name: PAGE.fullmatch(name) is not None)
    _carry_over(old, out, lambda name: name in own_names or name in PAGES)


def _carry_over(old: Path, new: Path, is_own: Callable[[str], bool]) -> None:
    """Move what others have put into a folder to the one that takes its place."""
    for entry in sorted(old.iterdir()):
        if not is_own(entry.name) and not os.path.lexists(new / entry.name):
            new.mkdir(exist_ok=True)
            entry.rename(new / entry.name)


def _is_somebody_elses(content: bytes) -> bool:
    """Return whether a file with the name of a lock holds anything but a lock's note."""
    return bool(content) and _holder_named(content) == JUST_BEGUN


def _holder_named(note: bytes) -> str:
    try:
        holder = json.loads(note)
        return f"process {int(holder['pid'])} on {holder['host']}"
    except (ValueError, KeyError, TypeError, RecursionError):
        return JUST_BEGUN
