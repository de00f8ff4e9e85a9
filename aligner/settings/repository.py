"""The git repository that a folder is in, and the files of ours that apply to all of it.

These are looked for from the working directory upwards, and never outside the repository: what lies in a
folder above it belongs to somebody else, who would then decide what fails here.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from aligner.keys import is_there
from aligner.model import InputError

_SUBMODULE = re.compile(r"^[ \t]*path[ \t]*=[ \t]*(.*?)[ \t]*$", re.MULTILINE)
"""The path of a submodule in the file that lists them."""

logger = logging.getLogger(__name__)


def _accept_any(file: Path) -> bool:  # noqa: ARG001
    return True


def repository(folder: Path) -> Path | None:
    """Return the top of the git working tree that a folder is in, as a real path; None outside of any."""
    real = Path(os.path.realpath(folder))
    return next((parent for parent in (real, *real.parents) if _is_top(parent)), None)


def nearest(names: Sequence[str], folder: Path, applies: Callable[[Path], bool] = _accept_any) -> Path | None:
    """Return the nearest file of one of some names: in ``folder``, or above it up to the repository's top.

    Outside of any repository only ``folder`` counts, and in one of another user as well, as for git:
    anybody may make a repository in a folder for temporary files. In one folder the first name wins; a file
    that ``applies`` refuses is passed over. Paths count from where ``folder`` does. Raises InputError for a
    file whose links lead out of the repository.
    """
    top = repository(folder)
    files = (parent / name for parent in _upwards(folder, top) for name in names)
    file = next((file for file in files if _is_file(file) and applies(file)), None)
    if file is None or top is None:
        return file
    if file.parent != folder and not _is_ours(top):
        logger.warning("%s: not used: its repository belongs to another user", file)
        return None
    if not Path(os.path.realpath(file)).is_relative_to(top):
        raise InputError(
            f"{file}: leads out of the repository, to {os.path.realpath(file)}; put a file in its place, or "
            "name the other one (--config, --baseline)"
        )
    return file


def from_top(path: str, top: Path | None) -> str:
    """Return a path as it is seen from the top of a repository; as it is where it leads out of it.

    Links within the path are followed only where its spelling alone leads out; the last part is never, for
    git has links as what they are.
    """
    if top is None:
        return path
    full_path = Path(os.path.normpath(Path.cwd() / path))
    for folder in (full_path.parent, Path(os.path.realpath(Path(path).parent))):
        if folder.is_relative_to(top):
            return str((folder / full_path.name).relative_to(top))
    return path


def placed(name: str, folder: Path) -> str:
    """Return the path of a file that a table in ``folder`` names; the name itself if there is no such file.

    It is looked for from the working directory, from that folder, and from the top of its repository.
    """
    top = repository(folder)
    folders = (folder, *([] if top is None else [top]))
    places = (name, *(str(place / name) for place in folders))
    return next((place for place in places if is_there(Path(place))), name)


def is_submodule(folder: str) -> bool:
    """Return whether a folder is where the settings of its repository have a submodule, fetched or not."""
    real = Path(os.path.realpath(folder))
    top = repository(real.parent)
    if top is None or not _is_file(top / ".gitmodules"):
        return False
    try:
        text = (top / ".gitmodules").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    submodules = (match[1].strip('"') for match in _SUBMODULE.finditer(text))
    return str(real.relative_to(top)) in submodules


def _upwards(folder: Path, top: Path | None) -> Iterator[Path]:
    """Yield a folder and those above it up to ``top``, spelled from where the folder is."""
    yield folder
    if top is None:
        return
    for steps in range(1, len(Path(os.path.realpath(folder)).relative_to(top).parts) + 1):
        yield folder.joinpath(*[os.pardir] * steps)


def _is_top(folder: Path) -> bool:
    """Return whether git would take a folder for the top of a working tree."""
    mark = folder / ".git"
    return _is_file(mark) or os.path.lexists(mark / "HEAD")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # in a folder that may not be looked into
        return False


def _is_ours(top: Path) -> bool:
    """Return whether the user owns a repository; root owns those of who became root by sudo, too."""
    users = {os.geteuid()}
    if os.geteuid() == 0 and (user := os.environ.get("SUDO_UID", "")).isdecimal():
        users.add(int(user))
    try:
        return {top.stat().st_uid, (top / ".git").lstat().st_uid} <= users
    except OSError:
        return False
