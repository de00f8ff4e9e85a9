"""The place of a report folder, and its atomic replacement of an older one."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection
from pathlib import Path

from aligner.model import InputError
from aligner.report.lock import NEW, OLD, put_back, refill

NOT_TO_BE_RENAMED = frozenset({errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM})
"""Errors of the system for a folder that cannot be replaced, but may be filled."""


def destination(out: Path) -> Path:
    """Return the folder that a report is written to: of a link, which stays, the folder that it leads to.

    Raises InputError for a name that cannot be a folder, and for a place that holds anything but a report.
    """
    if "\0" in str(out):
        raise InputError(f"{str(out)!r}: no path holds a NUL character; name another folder")
    try:
        destination = Path(os.path.realpath(out)) if out.is_symlink() else out.absolute()
        if destination.is_symlink():
            raise InputError(f"{out}: a link that leads in a circle; name another folder")
        _require_report_or_nothing(destination)
        destination.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out}: cannot be the report folder: {error.strerror or error}") from error
    return destination


def _require_report_or_nothing(out: Path) -> None:
    """Refuse to put a report in the place of anything that is not one."""
    if not out.exists():
        return
    if not out.is_dir():
        raise InputError(f"{out}: is a file; name a folder for the report")
    if any(out.iterdir()) and not any((out / name).exists() for name in ("summary.json", OLD, NEW)):
        raise InputError(f"{out}: holds files that are no report; name another folder")


def sync() -> None:
    """Flush everything written to disk, before a rename marks it complete."""
    if hasattr(os, "sync"):
        os.sync()


def replace_folder(new: Path, out: Path, own_entries: Collection[str]) -> None:
    """Put ``new`` in the place of ``out``; of the older report, all but ``own_entries`` is carried over."""
    if not out.exists():
        new.rename(out)
        return
    old = out.with_name(f"{new.name}-old")
    try:
        out.rename(old)
    except OSError as error:  # a mount point, or a folder whose own folder may not be changed
        if error.errno not in NOT_TO_BE_RENAMED:
            raise
        refill(new, out, own_entries)
        return
    new.rename(out)
    put_back(old, out, own_entries)
    shutil.rmtree(old)
